package io.imagewright.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.imagewright.FinishedImage;
import io.imagewright.api.ImageBuildResult;

/** What a program is passed of a finished image: where its files are, and its manifest. */
final class BuiltImage {

    private BuiltImage() {}

    static Map<String, Object> document(ImageBuildResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        Path manifest = result.manifest().toAbsolutePath();
        document.put("upToDate", result.isUpToDate());
        document.put("directory", Objects.requireNonNull(manifest.getParent()).toString());
        document.put("files", files(result));
        FinishedImage image = FinishedImage.open(manifest);
        document.put("manifest", image.document());
        image.record().ifPresent(record -> document.put("build", record));
        return document;
    }

    /** All that the build left, names without the directory: images first, each with what lies beside it, the manifest last. */
    private static List<String> files(ImageBuildResult result) {
        List<Path> files = new ArrayList<>();
        for (ImageBuildResult.Output output : result.outputs()) {
            files.add(output.file());
            output.sidecars().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(sidecar -> files.add(sidecar.getValue()));
        }
        if (result.sbom() != null) {
            files.add(result.sbom());
        }
        files.add(result.manifest());
        List<String> names = new ArrayList<>();
        for (Path file : files) {
            names.add(String.valueOf(file.getFileName()));
            Path signature = result.signatures().get(file);
            if (signature != null) {
                names.add(String.valueOf(signature.getFileName()));
            }
        }
        return names;
    }
}
