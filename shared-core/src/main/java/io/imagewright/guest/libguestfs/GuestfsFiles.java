package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;

/**
 * Where this machine keeps libguestfs for Java.
 *
 * @param jar the classes, named with their version, for example {@code libguestfs-1.48.6.jar}
 * @param library the native half, {@code libguestfs_jni.so}
 */
public record GuestfsFiles(Path jar, Path library) {

    /** Environment variables that name the files where they are in no usual place. */
    static final String JAR_VARIABLE = "IMAGEWRIGHT_GUESTFS_JAR";

    static final String LIBRARY_VARIABLE = "IMAGEWRIGHT_GUESTFS_JNI";

    private static final String LIBRARY = "libguestfs_jni.so";
    private static final Pattern JAR = Pattern.compile("libguestfs-(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})\\.jar");

    /** Of Debian, Ubuntu, Fedora and openSUSE. */
    private static final List<Path> JARS = List.of(Path.of("/usr/share/java"), Path.of("/usr/local/share/java"));

    private static final List<Path> LIBRARIES = Stream.of(
                    "/usr/lib/x86_64-linux-gnu/jni",
                    "/usr/lib/aarch64-linux-gnu/jni",
                    "/usr/lib/jni",
                    "/usr/lib64",
                    "/usr/lib64/jni",
                    "/usr/lib",
                    "/usr/local/lib")
            .map(Path::of)
            .toList();

    /**
     * Looks where the variables say, then in the usual places; of several versions the highest is taken.
     *
     * @throws ImageException ENVIRONMENT naming what is missing and the package that has it
     */
    public static GuestfsFiles find(Map<String, String> environment) {
        return find(environment, JARS, LIBRARIES);
    }

    /** Of the jar that {@link #find} takes, for example {@code 1.48.6}; empty when there is none. */
    public static Optional<String> installedVersion(Map<String, String> environment) {
        try {
            Matcher name = JAR.matcher(find(environment).jar().getFileName().toString());
            return Optional.of(name.matches() ? name.group(1) + "." + name.group(2) + "." + name.group(3) : "unknown");
        } catch (ImageException notInstalled) {
            return Optional.empty();
        }
    }

    static GuestfsFiles find(Map<String, String> environment, List<Path> jars, List<Path> libraries) {
        Path jar = named(environment.get(JAR_VARIABLE), JAR_VARIABLE)
                .or(() -> jars.stream()
                        .flatMap(place -> jarsIn(place).stream())
                        .max(Comparator.comparing(GuestfsFiles::version)))
                .orElseThrow(() -> missing(
                        "its Java classes (libguestfs-<version>.jar) are not in " + joined(jars), JAR_VARIABLE));
        Path library = named(environment.get(LIBRARY_VARIABLE), LIBRARY_VARIABLE)
                .or(() -> libraries.stream()
                        .map(place -> place.resolve(LIBRARY))
                        .filter(Files::isRegularFile)
                        .findFirst())
                .orElseThrow(() -> missing(
                        "its native library (" + LIBRARY + ") is not in " + joined(libraries), LIBRARY_VARIABLE));
        return new GuestfsFiles(jar, library);
    }

    private static Optional<Path> named(@Nullable String value, String variable) {
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(value);
        if (!Files.isRegularFile(file)) {
            throw missing(value + ", which " + variable + " names, is no file", variable);
        }
        return Optional.of(file);
    }

    private static List<Path> jarsIn(Path directory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "libguestfs-*.jar")) {
            files.forEach(file -> {
                if (JAR.matcher(file.getFileName().toString()).matches()) {
                    found.add(file);
                }
            });
        } catch (IOException notThere) {
            return List.of();
        }
        return found;
    }

    /** Of the name, as one number. */
    private static Long version(Path jar) {
        Matcher version = JAR.matcher(jar.getFileName().toString());
        if (!version.matches()) {
            return 0L;
        }
        long number = 0;
        for (int i = 1; i <= 3; i++) {
            number = number * 100_000 + Long.parseLong(version.group(i));
        }
        return number;
    }

    private static String joined(List<Path> places) {
        return String.join(", ", places.stream().map(Path::toString).toList());
    }

    private static ImageException missing(String reason, String variable) {
        return ImageException.of(
                ImageException.Kind.ENVIRONMENT,
                "Cannot use the engine libguestfs",
                reason,
                "Install the package libguestfs-java (Debian, Ubuntu, Fedora), or name the file with " + variable
                        + ".");
    }
}
