package io.imagewright.sysprep.windows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.imagewright.error.FileFailure;

/**
 * A driver of VirtIO on this machine.
 *
 * @param name for example {@code viostor}
 * @param inf that describes it; its other files lie beside it
 * @param version as the INF file writes it: a date and four numbers
 * @param catalog that signs it; empty when the INF file names none
 */
record VirtioDriver(String name, Path inf, InfTarget target, String version, String catalog) {

    private static final int MOST_FILES = 20_000;
    private static final int DEPTH = 12;
    private static final Set<String> PARTS = Set.of("inf", "cat", "sys", "dll", "exe");

    /** All below a directory, in the order of their paths, one for each system that an INF file is for. */
    static List<VirtioDriver> below(Path directory) {
        List<VirtioDriver> drivers = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            files.limit(MOST_FILES)
                    .filter(file -> ending(file).equals("inf") && Files.isRegularFile(file))
                    .sorted()
                    .forEach(inf -> drivers.addAll(of(inf)));
        } catch (IOException | UncheckedIOException failure) {
            throw HostFiles.unusable(directory, FileFailure.reason(failure));
        }
        return drivers;
    }

    private static List<VirtioDriver> of(Path file) {
        InfFile inf = InfFile.parse(HostFiles.read(file));
        return inf.models().stream()
                .flatMap(model -> VirtioDevice.driver(model.hardwareId()).stream()
                        .map(name -> new VirtioDriver(
                                name, file, model.target(), inf.version("DriverVer"), inf.version("CatalogFile"))))
                .distinct()
                .toList();
    }

    /** Its files, by name. */
    List<Path> files() {
        try (Stream<Path> beside = Files.list(directory())) {
            return beside.filter(file -> PARTS.contains(ending(file)) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw HostFiles.unusable(directory(), FileFailure.reason(failure));
        }
    }

    /** One of its files by name, in any case. */
    Optional<Path> file(String wanted) {
        return files().stream()
                .filter(file -> file.getFileName().toString().equalsIgnoreCase(wanted))
                .findFirst();
    }

    /** Names of the directories above it, lower-case: virtio-win distinguishes systems of one version by them. */
    List<String> places() {
        List<String> places = new ArrayList<>();
        directory().forEach(part -> places.add(part.toString().toLowerCase(Locale.ROOT)));
        return places;
    }

    private Path directory() {
        return Optional.ofNullable(inf.toAbsolutePath().getParent()).orElse(inf);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
