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
        return inProcess(description, outputDirectory).toBuilder()
                .worker(new ImageBuildRequest.WorkerSettings(false, classPath()))
                .build();
    }

    /** The same in this JVM, which is quicker. */
    public static ImageBuildRequest inProcess(ImageDescription description, Path outputDirectory) {
        return ImageBuildRequest.builder(description, ImageBuildRequest.WorkerSettings.IN_PROCESS)
                .baseDirectory(outputDirectory)
                .outputDirectory(outputDirectory)
                .timestamp(TIMESTAMP)
                .force(true)
                .build();
    }

    /** The description of {@link #of(Path, Path, String...)}. */
    public static ImageDescription description(Path media, String... formats) {
        return ImageDescription.builder("guest", media.toString())
                .shrink(new ImageDescription.Shrink(8 << 20, false))
                .formats(Arrays.stream(formats).map(ImageDescription.Format::of).toList())
                .checksums(List.of("sha256", "md5"))
                .build();
    }

    /** The description with this operation. */
    public static ImageDescription with(ImageDescription description, String operation) {
        return description.toBuilder()
                .sysprep(new ImageDescription.Sysprep(List.of(operation), List.of(), Map.of()))
                .build();
    }

    /** The description with these parameters of sysprep. */
    public static ImageDescription with(ImageDescription description, Map<String, String> params) {
        return description.toBuilder()
                .sysprep(new ImageDescription.Sysprep(
                        description.sysprep().enable(), description.sysprep().disable(), params))
                .build();
    }

    /** The description, but without this operation. */
    public static ImageDescription without(ImageDescription description, String operation) {
        return description.toBuilder()
                .sysprep(new ImageDescription.Sysprep(List.of(), List.of(operation), Map.of()))
                .build();
    }

    /** The description, but for this engine. */
    public static ImageDescription with(ImageDescription description, ImageDescription.EngineChoice engine) {
        return description.toBuilder().engine(engine).build();
    }

    /** What this test runs with. */
    public static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}
