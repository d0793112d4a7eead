package io.imagewright;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.spec.ImageDescription;

/** Requests for tests: the guest job in a forked worker with this JVM's class path. */
public final class Requests {

    /** Seconds since the epoch; no time of today. */
    public static final long TIMESTAMP = 1_700_000_000L;

    private Requests() {}

    /** An image {@code guest} of version 1 with every default, in these formats. */
    public static ImageBuildRequest of(Path media, Path outputDirectory, String... formats) {
        return of(description(media, formats), outputDirectory);
    }

    /** A request for this description. */
    public static ImageBuildRequest of(ImageDescription description, Path outputDirectory) {
        return new ImageBuildRequest(
                description,
                "1",
                outputDirectory,
                outputDirectory,
                null,
                TIMESTAMP,
                new ImageBuildRequest.WorkerSettings(false, classPath()),
                "");
    }

    /** The same in this JVM, which is quicker. */
    public static ImageBuildRequest inProcess(ImageDescription description, Path outputDirectory) {
        return new ImageBuildRequest(
                description,
                "1",
                outputDirectory,
                outputDirectory,
                null,
                TIMESTAMP,
                new ImageBuildRequest.WorkerSettings(true, List.of()),
                "");
    }

    /** The description of {@link #of(Path, Path, String...)}. */
    public static ImageDescription description(Path media, String... formats) {
        return new ImageDescription(
                "guest",
                new ImageDescription.Source(media.toString(), null),
                ImageDescription.EngineChoice.AUTO,
                new ImageDescription.Sysprep(List.of(), List.of(), Map.of()),
                new ImageDescription.Shrink(8 << 20, 0L),
                null,
                false,
                Map.of(),
                Arrays.stream(formats)
                        .map(format -> new ImageDescription.Format(format, Map.of(), null, null))
                        .toList(),
                List.of("sha256", "md5"));
    }

    /** The description with this operation. */
    public static ImageDescription with(ImageDescription description, String operation) {
        return new ImageDescription(
                description.name(),
                description.source(),
                description.engine(),
                new ImageDescription.Sysprep(List.of(operation), List.of(), Map.of()),
                description.shrink(),
                description.size(),
                description.repair(),
                description.properties(),
                description.formats(),
                description.checksums());
    }

    /** The description with these parameters of sysprep. */
    public static ImageDescription with(ImageDescription description, Map<String, String> params) {
        return new ImageDescription(
                description.name(),
                description.source(),
                description.engine(),
                new ImageDescription.Sysprep(
                        description.sysprep().enable(), description.sysprep().disable(), params),
                description.shrink(),
                description.size(),
                description.repair(),
                description.properties(),
                description.formats(),
                description.checksums());
    }

    /** The description, but without this operation. */
    public static ImageDescription without(ImageDescription description, String operation) {
        return new ImageDescription(
                description.name(),
                description.source(),
                description.engine(),
                new ImageDescription.Sysprep(List.of(), List.of(operation), Map.of()),
                description.shrink(),
                description.size(),
                description.repair(),
                description.properties(),
                description.formats(),
                description.checksums());
    }

    /** The description, but for this engine. */
    public static ImageDescription with(ImageDescription description, ImageDescription.EngineChoice engine) {
        return new ImageDescription(
                description.name(),
                description.source(),
                engine,
                description.sysprep(),
                description.customise(),
                description.shrink(),
                description.size(),
                description.repair(),
                description.allowUnsupported(),
                description.properties(),
                description.formats(),
                description.checksums());
    }

    /** What this test runs with. */
    public static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}
