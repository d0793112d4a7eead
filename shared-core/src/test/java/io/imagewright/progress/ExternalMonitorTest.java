package io.imagewright.progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.Failure;
import io.imagewright.progress.ProgressEvent.Info;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ExternalMonitorTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final FakeTime time = new FakeTime();
    private final List<String> warnings = new ArrayList<>();

    private String script(String body) throws IOException {
        Path file = folder.getRoot().toPath().resolve("monitor");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private ExternalMonitor start(String program) {
        return ExternalMonitor.start(program, "web", warnings::add, time, time);
    }

    private Path file(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    @Test
    public void sendsTheMessagesOfSnfImage() throws Exception {
        try (ExternalMonitor monitor = start(script("echo \"$#:$1\" > " + file("args") + "; cat > " + file("got")))) {
            Example.play(monitor, time);
        }
        assertEquals("1:web\n", Files.readString(file("args")));
        assertEquals(
                String.join(
                        "\n",
                        "{'type':'image-helper','timestamp':1795255200.250,'subtype':'task-start','task':'inspect'}",
                        "{'type':'image-info','timestamp':1795255200.650,'messages':['Debian GNU/Linux 12 found']}",
                        "{'type':'image-helper','timestamp':1795255200.650,'subtype':'task-end','task':'inspect'}",
                        "{'type':'image-helper','timestamp':1795255200.650,'subtype':'warning',"
                                + "'messages':[' cleanup-mail skipped: not enabled']}",
                        "{'type':'image-helper','timestamp':1795255200.650,'subtype':'task-start','task':'write'}",
                        "{'type':'image-info','timestamp':1795255203.650,'messages':['Starting image copy...']}",
                        "{'type':'image-copy-progress','timestamp':1795255203.650,'position':402653184,"
                                + "'total':1073741824,'progress':37.50}",
                        "{'type':'image-copy-progress','timestamp':1795255206.650,'position':805306368,"
                                + "'total':1073741824,'progress':75.00}",
                        "{'type':'image-helper','timestamp':1795255209.650,'subtype':'warning',"
                                + "'messages':[' No swap partition defined']}",
                        "{'type':'image-copy-progress','timestamp':1795255209.650,'position':1073741824,"
                                + "'total':1073741824,'progress':100.00}",
                        "{'type':'image-info','timestamp':1795255209.650,'messages':['Image copy finished.']}",
                        "{'type':'image-helper','timestamp':1795255209.650,'subtype':'task-end','task':'write'}",
                        "{'type':'image-helper','timestamp':1795255209.650,'subtype':'task-start','task':'publish'}",
                        "{'type':'image-helper','timestamp':1795255209.650,'subtype':'error',"
                                + "'messages':['Cannot write web.qcow2: no space left. Free some space.']}",
                        "{'type':'image-error','timestamp':1795255209.650,"
                                + "'messages':['Cannot write web.qcow2: no space left. Free some space.']}",
                        ""),
                Files.readString(file("got")).replace('"', '\''));
        assertEquals(List.of(), warnings);
    }

    @Test
    public void everyLineIsAnObjectOfItsOwn_howeverLongOrWildTheText() throws Exception {
        try (ExternalMonitor monitor = start(script("cat > " + file("got")))) {
            monitor.on(new Info("a\nb\"\u0000\u2028" + "\ud83d\ude00".repeat(5000)));
            monitor.on(new CopyProgress("x", 1, 0));
            time.pass(3);
            monitor.on(new CopyProgress("x", 1, 0));
            monitor.on(new Failure("f"));
        }
        List<String> lines = Files.readAllLines(file("got"));
        assertEquals(4, lines.size());
        JsonNode info = new ObjectMapper().readTree(lines.get(0));
        String text = info.path("messages").path(0).asText();
        assertTrue(text.startsWith("a\nb\"\u0000\u2028\ud83d\ude00"));
        assertTrue(text.length() + "", text.length() <= MonitorCodec.MAX_TEXT && text.endsWith("\ude00..."));
        assertTrue(lines.get(2), lines.get(2).endsWith("\"position\":1,\"total\":0,\"progress\":0.0}"));
    }

    @Test
    public void aMonitorThatStopsReadingIsReportedOnce() throws Exception {
        ExternalMonitor monitor = start(script("head -n 1 > " + file("got")));
        for (int i = 0; i < 500 && warnings.isEmpty(); i++) {
            monitor.on(new Info("line " + i));
            Thread.sleep(10);
        }
        monitor.on(new Info("more"));
        monitor.close();
        assertEquals(
                List.of("progress monitor has died (" + file("monitor") + "); the build goes on without it"), warnings);
        assertEquals(1, Files.readAllLines(file("got")).size());
    }

    @Test
    public void aMonitorThatFailsAtTheEndIsReported() throws Exception {
        start(script("cat > /dev/null; exit 3")).close();
        assertEquals(1, warnings.size());
    }

    @Test
    public void aMonitorThatHangsNeitherBlocksNorOutlivesTheBuild() throws Exception {
        ExternalMonitor monitor = start(script("echo $$ > " + file("pid") + "; exec sleep 1000"));
        while (!Files.exists(file("pid")) || Files.size(file("pid")) == 0) {
            Thread.sleep(10);
        }
        long start = System.nanoTime();
        for (int i = 0; i < 5000; i++) {
            monitor.on(new Info("x".repeat(1000)));
        }
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 5);
        monitor.close();
        assertEquals(
                List.of("progress monitor does not read, messages are lost (" + file("monitor")
                        + "); the build goes on without it"),
                warnings);
        assertFalse(Files.exists(Path.of("/proc", Files.readString(file("pid")).strip())));
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("progress monitor") && thread.isAlive()));
    }

    @Test
    public void aMissingMonitorIsAnErrorBeforeAnyWork() {
        ImageException e = assertThrows(ImageException.class, () -> start("imagewright-no-such-monitor"));
        assertEquals(Kind.ENVIRONMENT, e.kind());
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .startsWith("Cannot start the progress monitor imagewright-no-such-monitor: Cannot run"
                                + " imagewright-no-such-monitor: the program is not installed."));
        assertTrue(
                e.getMessage(),
                e.getMessage().endsWith(" Give a program's name or path, without arguments (progress.monitor)."));
    }
}
