package io.imagewright;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.spec.ImageDescription.EngineChoice;

import static org.junit.Assert.assertTrue;

/**
 * A build in a JVM of its own, which can be killed, starved and put elsewhere. Its processes carry a mark in their environment, so that
 * those are found that lost their parent.
 */
public final class BuildInChild implements AutoCloseable {

    private static final String MARK = "IMAGEWRIGHT_TEST_MARK";
    private static final long PATIENCE_SECONDS = 300;

    private final String mark = UUID.randomUUID().toString();
    private final Path folder;
    private final Path log;
    // whoever started this test in the background may have had the signals ignored
    private final List<String> launcher = new ArrayList<>(List.of("env", "--default-signal=INT,TERM"));
    private final List<String> options = new ArrayList<>();
    private final List<String> arguments;
    private String classPath = System.getProperty("java.class.path");
    private String path = System.getenv("PATH");
    private Process process;

    /**
     * A build to be.
     *
     * @param folder a directory for what the build does not know
     */
    BuildInChild(Path folder, Path media, Path out, Path tmp, String... formats) {
        this.folder = folder;
        this.log = folder.resolve("child-" + mark + ".log");
        this.arguments = new ArrayList<>(List.of(media.toString(), out.toString(), tmp.toString()));
        arguments.addAll(List.of(formats));
    }

    /** Started by this program, which ends by replacing itself with what its further arguments say. */
    BuildInChild by(List<String> program) {
        launcher.addAll(program);
        return this;
    }

    /** With a class path of copies, which cannot reach the original. */
    BuildInChild classPath(String copies) {
        classPath = copies;
        return this;
    }

    /** Waits for ever at the beginning of this step. */
    BuildInChild pauseAt(String step) {
        options.addAll(List.of("-Dpause=" + step, "-Dpause.file=" + paused()));
        return this;
    }

    /** Fills the file system of this file at the beginning of this step. */
    BuildInChild fillAt(String step, Path file) {
        options.addAll(List.of("-Dfill=" + step, "-Dfill.file=" + file));
        return this;
    }

    /** Lets the shell do something whenever this program is about to start, in the worker. */
    BuildInChild before(String program, String line) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("before-" + program));
        Path script = directory.resolve(program);
        Files.writeString(
                script, "#!/bin/sh\n" + line + "\nPATH=${PATH#*:}:/usr/sbin:/sbin\nexec " + program + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        path = directory + ":" + path;
        return this;
    }

    /** Waits for ever in the worker, in the middle of the first e2fsck. */
    BuildInChild pauseInWorker() throws IOException {
        return before("e2fsck", "echo paused > " + paused() + "; exec sleep 600");
    }

    private Path paused() {
        return folder.resolve("paused-" + mark);
    }

    /** With this engine instead of the one that fits. */
    BuildInChild engine(EngineChoice engine) {
        options.add("-Dengine=" + engine);
        return this;
    }

    /** With this script on a mount of the guest. */
    BuildInChild script(Path script) {
        options.add("-Dscript=" + script);
        return this;
    }

    BuildInChild start() throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, BuildInChild.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(Map.of(MARK, mark, "PATH", path));
        process = builder.start();
        return this;
    }

    /** The build's own JVM: launchers replace themselves. */
    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends a signal to the build's JVM, and to nobody else. */
    void signal(String name) {
        GuestDisk.shell("kill -s \"$1\" \"$2\"", name, process.pid());
    }

    void awaitStep(String step) {
        await("step " + step, () -> output().contains("step " + step + "\n"));
    }

    /** Waits until the build has come to where it waits. */
    void awaitPause() {
        await("the pause", () -> Files.exists(paused()));
    }

    /** Waits while the build lives. */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue("waiting for " + what + ": " + output(), process.isAlive() && System.nanoTime() < end);
            sleep(1);
        }
    }

    int awaitEnd() throws InterruptedException {
        assertTrue("does not end: " + output(), process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return process.exitValue();
    }

    /** All that it printed. */
    String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The living processes of the build with their command lines. */
    Map<ProcessHandle, String> processes() {
        Map<ProcessHandle, String> found = new java.util.HashMap<>();
        ProcessHandle.allProcesses().forEach(handle -> {
            Path proc = Path.of("/proc", Long.toString(handle.pid()));
            try {
                if (Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1)
                        .contains(mark)) {
                    found.put(
                            handle,
                            Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                                    .replace('\0', ' '));
                }
            } catch (IOException othersOrGone) {
                // not ours
            }
        });
        return found;
    }

    /** Requires that all processes of the build end by themselves soon. */
    void assertNoProcessLeft() {
        assertNoProcessLeft(5);
    }

    void assertNoProcessLeft(int seconds) {
        for (int i = 0; i < seconds * 20 && !processes().isEmpty(); i++) {
            sleep(50);
        }
        assertTrue("left: " + processes().values(), processes().isEmpty());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends whatever a failed test left. */
    @Override
    public void close() {
        processes().keySet().forEach(ProcessHandle::destroyForcibly);
    }

    /** The build: media, output directory, work directory, formats. Prints its steps, its failure, and what is left then. */
    public static void main(String[] args) {
        Path out = Path.of(args[1]);
        ImageBuildRequest plain = Requests.of(
                Path.of(args[0]), out, List.of(args).subList(3, args.length).toArray(String[]::new));
        ImageBuildRequest request = plain.toBuilder()
                .description(Requests.with(
                        Requests.with(plain.description(), EngineChoice.valueOf(System.getProperty("engine", "AUTO"))),
                        System.getProperty("script") == null
                                ? Map.of()
                                : Map.of("script", System.getProperty("script"))))
                .outputDirectory(out)
                .workDirectory(Path.of(args[2]))
                .build();
        try {
            ImageBuild.run(request, BuildInChild::hear);
            System.out.println("built");
        } catch (ImageException failure) {
            System.out.println(failure.kind() + " " + failure.getMessage());
            System.out.println("left in out " + names(args[1]) + " in tmp " + names(args[2]));
            System.exit(1);
        }
    }

    private static List<String> names(String directory) {
        return List.of(Objects.requireNonNull(new File(directory).list()));
    }

    private static void hear(ProgressEvent event) {
        if (event instanceof ProgressEvent.StepStarted started) {
            System.out.println("step " + started.step());
            if (started.step().equals(System.getProperty("fill"))) {
                fill(new File(System.getProperty("fill.file")));
            }
            if (started.step().equals(System.getProperty("pause"))) {
                try {
                    Files.createFile(Path.of(System.getProperty("pause.file")));
                    Thread.sleep(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                } catch (InterruptedException cancelled) {
                    Thread.currentThread().interrupt();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private static void fill(File file) {
        try (java.io.FileOutputStream stream = new java.io.FileOutputStream(file)) {
            while (true) {
                stream.write(new byte[4096]);
            }
        } catch (IOException full) {
            System.out.println("filled");
        }
    }
}
