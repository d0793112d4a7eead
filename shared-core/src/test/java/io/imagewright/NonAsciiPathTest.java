package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** A build in a place whose name is not ASCII: source, class path, work and output directory. */
public class NonAsciiPathTest {

    private static final String NAME = "j\u00fcrgen \u00fc";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void builds_inTheUsersLocale() throws Exception {
        assertEquals("built\n", build("LC_ALL", "C.UTF-8"));
    }

    @Test
    public void builds_whenTheLocaleComesFromElsewhere() throws Exception {
        assertEquals("built\n", build("LANG", "C.UTF-8"));
    }

    /** In a JVM of its own, as this one may have been started with another locale. */
    private String build(String variable, String locale) throws Exception {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
        Path log = folder.newFile("log").toPath();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NonAsciiPathTest.class.getName(),
                        folder.getRoot().toString(),
                        disk.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put(variable, locale);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }

    /** Builds. */
    public static void main(String[] args) throws IOException {
        Path place = Files.createDirectory(Path.of(args[0], NAME));
        Path disk = Files.move(Path.of(args[1]), place.resolve("disk " + NAME + ".raw"));
        List<Path> classPath = new ArrayList<>();
        for (Path entry : Requests.classPath()) {
            classPath.add(Files.createSymbolicLink(place.resolve(classPath.size() + "-" + entry.getFileName()), entry));
        }
        ImageBuildRequest plain = Requests.of(disk, place.resolve("out"), "raw", "qcow2");
        ImageBuildResult result = ImageBuild.run(
                plain.toBuilder()
                        .workDirectory(Files.createDirectory(place.resolve("tmp")))
                        .worker(new ImageBuildRequest.WorkerSettings(false, classPath))
                        .defaultClassifier("")
                        .build(),
                ProgressListener.NONE);
        System.out.println(Files.exists(result.outputs().get(0).file()) ? "built" : "not built");
    }
}
