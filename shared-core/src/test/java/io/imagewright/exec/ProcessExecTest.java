package io.imagewright.exec;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ProcessExecTest {

    private static final Limits MINUTE = Limits.ofTime(Duration.ofMinutes(1));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final ProcessExec exec = new ProcessExec();

    private static Command shell(Limits limits, String script) {
        return new Command(List.of("sh", "-c", script), Map.of(), limits);
    }

    private ExecResult run(String... argv) {
        return exec.run(new Command(Arrays.asList(argv), Map.of(), MINUTE));
    }

    @Test
    public void givesExitCodeAndBothStreams_withoutJudging() {
        ExecResult result = exec.run(shell(MINUTE, "echo out; echo err >&2; exit 3"));
        assertEquals(3, result.exitCode());
        assertEquals("out\n", result.stdout());
        assertEquals("err\n", result.stderr());
    }

    @Test
    public void passesArgumentsAsTheyAre_asNoShellIsThere() {
        assertEquals(
                "$HOME|a b|;|--|",
                run("printf", "%s|", "$HOME", "a b", ";", "--").stdout());
    }

    @Test
    public void speaksEnglish_andTakesEnvironmentOnTop() {
        Command command = new Command(List.of("sh", "-c", "echo $LC_ALL $IW_TEST"), Map.of("IW_TEST", "x"), MINUTE);
        assertEquals("C x\n", exec.run(command).stdout());
    }

    @Test
    public void readsNothingFromStdin_soNothingCanAsk() {
        assertEquals("", run("cat").stdout());
        assertEquals(1, exec.run(shell(MINUTE, "tty >/dev/null")).exitCode());
    }

    @Test
    public void findsProgramsInSbin_whichOrdinaryUsersLackInPath() {
        assertTrue(run("mke2fs", "-V").stderr().startsWith("mke2fs"));
    }

    @Test
    public void namesThePackage_whenAProgramIsMissing() {
        ImageException e = assertThrows(ImageException.class, () -> run("imagewright-no-such-program"));
        assertEquals(Kind.ENVIRONMENT, e.kind());
        assertEquals(
                "Cannot run imagewright-no-such-program: the program is not installed. Install it (Debian and Ubuntu:"
                        + " apt-get install imagewright-no-such-program) or add its directory to PATH.",
                e.getMessage());
    }

    @Test
    public void distinguishesAPathThatIsNotExecutable_fromAMissingOne() throws IOException {
        Path file = folder.newFile("tool").toPath();
        assertTrue(assertThrows(ImageException.class, () -> run(file.toString()))
                .getMessage()
                .contains("the file is not executable"));
        Files.delete(file);
        assertTrue(assertThrows(ImageException.class, () -> run(file.toString()))
                .getMessage()
                .contains("there is no such file"));
    }

    @Test
    public void keepsTheFirstOfLongOutput_andBothEndsOfLongDiagnostics() {
        ExecResult result = new ProcessExec(1000)
                .run(shell(
                        MINUTE,
                        "yes 0123456 | head -c 5000000; { echo BEGIN; yes x | head -c 5000000; echo END; } >&2"));
        assertEquals(1000, result.stdout().length());
        assertTrue(result.stderr().startsWith("BEGIN\n"));
        assertTrue(result.stderr().endsWith("x\nEND\n"));
        assertTrue(result.stderr().length() < (1 << 20) + (64 << 10) + 100);
        assertTrue(result.stderr().contains("bytes left out]"));
    }

    @Test
    public void killsGrandchildrenToo_whenTimeIsOut() throws Exception {
        Path pids = folder.getRoot().toPath().resolve("pids");
        String script = "trap '' TERM; (trap '' TERM; echo $$ >" + pids + "; exec sleep 1000) & echo $! >>" + pids
                + "; sleep 1000";
        ImageException e = assertThrows(
                ImageException.class, () -> exec.run(shell(Limits.ofTime(Duration.ofMillis(500)), script)));
        assertEquals(Kind.ENVIRONMENT, e.kind());
        assertTrue(e.getMessage(), e.getMessage().startsWith("sh was stopped: it did not finish within 0 seconds"));
        assertAllDead(pids);
    }

    @Test
    public void killsOrphansToo_whichHoldTheOutputOpen() throws Exception {
        Path pids = folder.getRoot().toPath().resolve("pids");
        long start = System.nanoTime();
        ExecResult result = exec.run(shell(MINUTE, "sh -c 'sleep 1000 & echo $! >" + pids + "'; echo done"));
        assertEquals("done\n", result.stdout());
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 30);
        assertAllDead(pids);
    }

    @Test
    public void killsTheTree_whenInterrupted() throws Exception {
        Path pids = folder.getRoot().toPath().resolve("pids");
        AtomicReference<Object> outcome = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                outcome.set(exec.run(shell(MINUTE, "sleep 1000 & echo $$ $! | tr ' ' '\\n' >" + pids + "; wait")));
            } catch (ImageException e) {
                outcome.set(e.kind() + " " + Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        while (!Files.exists(pids) || Files.readAllLines(pids).size() < 2) {
            Thread.sleep(10);
        }
        thread.interrupt();
        thread.join(20_000);
        assertEquals("CANCELLED true", outcome.get());
        assertAllDead(pids);
    }

    @Test
    public void killsTheTree_whenTheJvmEnds() throws Exception {
        Path pids = folder.getRoot().toPath().resolve("pids");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sleeper.class.getName(),
                        pids.toString())
                .inheritIO()
                .start();
        for (int i = 0;
                i < 3000 && (!Files.exists(pids) || Files.readAllLines(pids).isEmpty());
                i++) {
            Thread.sleep(10);
        }
        jvm.destroy();
        jvm.waitFor();
        assertAllDead(pids);
    }

    /** Runs a program for ever. */
    static final class Sleeper {
        public static void main(String[] args) {
            new ProcessExec().run(shell(MINUTE, "echo $$ >" + args[0] + "; exec sleep 1000"));
        }
    }

    @Test
    public void memoryLimitStopsAHog() {
        // tail keeps the last line in memory; /dev/zero has one line without an end
        Limits limits = new Limits(Duration.ofMinutes(1), Duration.ZERO, 200L << 20);
        ExecResult result = exec.run(new Command(List.of("tail", "/dev/zero"), Map.of(), limits));
        assertEquals(1, result.exitCode());
        assertTrue(result.stderr(), result.stderr().endsWith("tail: memory exhausted\n"));
    }

    @Test
    public void processorLimitStopsALoop() {
        Limits limits = new Limits(Duration.ofMinutes(1), Duration.ofSeconds(1), 0);
        ImageException e = assertThrows(ImageException.class, () -> exec.run(shell(limits, "while :; do :; done")));
        assertTrue(e.getMessage(), e.getMessage().contains("within 1 seconds of processor time"));
    }

    @Test
    public void leaksNoThreadAndNoFile() throws Exception {
        run("true");
        long files = openFiles();
        for (int i = 0; i < 50; i++) {
            run("echo", "x");
            assertThrows(ImageException.class, () -> run("imagewright-no-such-program"));
        }
        assertTrue(files + " before, " + openFiles() + " after", openFiles() <= files + 2);
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("echo std")));
    }

    private static long openFiles() {
        return Optional.ofNullable(new File("/proc/self/fd").list()).orElseThrow().length;
    }

    private static void assertAllDead(Path pids) throws IOException {
        List<String> lines = Files.readAllLines(pids);
        assertFalse(lines.isEmpty());
        for (String pid : lines) {
            Path stat = Path.of("/proc", pid, "stat");
            assertTrue(
                    pid + " lives",
                    !Files.exists(stat) || Files.readString(stat).contains(") Z "));
        }
    }

    @Test
    public void explainsDeathBySignal() {
        assertEquals(137, exec.run(shell(MINUTE, "kill -9 $$")).exitCode());
        assertEquals("killed by SIGKILL (often: the machine ran out of memory)", ExitStatus.describe(137));
        assertEquals("exit code 2", ExitStatus.describe(2));
        assertEquals("killed by signal 40", ExitStatus.describe(168));
        assertFalse(ExitStatus.bySignal(255));
    }

    @Test
    public void streamed_linesComeWhileItRuns_ofBothStreamsInOrder() throws IOException {
        Path seen = folder.getRoot().toPath().resolve("seen");
        java.util.List<String> lines = new java.util.ArrayList<>();
        OutputLines output = new OutputLines(line -> {
            lines.add(line);
            if (line.equals("two")) {
                Flag.raise(seen);
            }
        });
        String script = "echo one; echo two >&2; while [ ! -e " + seen + " ]; do sleep 0.05; done; echo three; exit 4";
        assertEquals(4, exec.stream(shell(MINUTE, script), output));
        assertEquals(List.of("one", "two", "three"), lines);
    }

    @Test
    public void streamed_whoLeavesAProcessBehind_isNotWaitedFor_andWhoTakesTooLongIsStopped() {
        java.util.List<String> lines = new java.util.ArrayList<>();
        assertEquals(0, exec.stream(shell(MINUTE, "sleep 600 & echo done"), new OutputLines(lines::add)));
        assertEquals(List.of("done"), lines);
        Limits second = Limits.ofTime(Duration.ofSeconds(1));
        ImageException late = assertThrows(
                ImageException.class,
                () -> exec.stream(shell(second, "echo begun; sleep 600"), new OutputLines(lines::add)));
        assertEquals(List.of("done", "begun"), lines);
        assertTrue(late.getMessage(), late.getMessage().contains("within 1 seconds"));
    }

    /** A file by which one side shows the other that it heard. */
    private static final class Flag {
        static void raise(Path file) {
            try {
                Files.createFile(file);
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        }
    }
}
