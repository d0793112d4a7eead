package io.imagewright.build;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.format.PlannedOutput;
import io.imagewright.signature.GpgSigner;

/** The names that files beside an image can have, whatever the description asks for. */
final class BesideImage {

    private BesideImage() {}

    /** In this directory. */
    static List<Path> of(Path directory, PlannedOutput output) {
        return Stream.concat(
                        Stream.of(DigestAlgorithm.values()).map(DigestAlgorithm::sidecarExtension),
                        Stream.of("meta", "variant", GpgSigner.EXTENSION))
                .map(extension -> directory.resolve(output.fileName() + "." + extension))
                .toList();
    }
}
