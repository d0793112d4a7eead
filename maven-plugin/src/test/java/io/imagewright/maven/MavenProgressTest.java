package io.imagewright.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.progress.ProgressEvent;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class MavenProgressTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final StringBuilder log = new StringBuilder();

    private MavenProgress open(String monitor) {
        return MavenProgress.open(
                "web",
                new SystemStreamLog() {
                    @Override
                    public void info(CharSequence line) {
                        log.append(line).append('\n');
                    }

                    @Override
                    public void debug(CharSequence line) {
                        log.append("debug ").append(line).append('\n');
                    }
                },
                ConsoleStyle.PLAIN,
                monitor);
    }

    @Test
    public void logsLines_whenNobodyMonitors() {
        try (MavenProgress progress = open(null)) {
            progress.on(new ProgressEvent.Info("Hello."));
        }
        assertEquals("Hello.\n", log.toString());
    }

    @Test
    public void programsAreForTheDebugLogAlone() throws IOException {
        Path heard = folder.getRoot().toPath().resolve("heard");
        Path monitor = folder.newFile("monitor").toPath();
        Files.writeString(monitor, "#!/bin/sh\nexec cat > '" + heard + "'\n");
        assertTrue(monitor.toFile().setExecutable(true));
        try (MavenProgress progress = open(monitor.toString())) {
            progress.on(new ProgressEvent.ProgramEnded("e2fsck -fn 'a\u001bb'", 4, Duration.ofMillis(120)));
        }
        assertEquals("debug e2fsck -fn 'a?b' (exit code 4, 120 ms)\n", log.toString());
        assertEquals("", Files.readString(heard));
    }

    @Test
    public void monitorHearsOfAFailureOnce() throws IOException {
        Path heard = folder.getRoot().toPath().resolve("heard");
        Path monitor = folder.newFile("monitor").toPath();
        Files.writeString(monitor, "#!/bin/sh\nexec cat > '" + heard + "'\n");
        assertTrue(monitor.toFile().setExecutable(true));
        ImageException failure = ImageException.of(Kind.SOURCE, "Cannot read disk", "it is empty", "");
        try (MavenProgress progress = open(monitor.toString())) {
            assertThrows(
                    ImageException.class,
                    () -> progress.reportingFailure(() -> {
                        throw failure;
                    }));
            assertThrows(
                    ImageException.class,
                    () -> progress.reportingFailure(() -> {
                        throw failure;
                    }));
        }
        List<String> lines = Files.readAllLines(heard);
        assertEquals(
                lines.toString(),
                1,
                lines.stream().filter(line -> line.contains("it is empty")).count());
        assertFalse(log.toString(), log.toString().contains("it is empty"));
    }

    @Test
    public void monitorThatIsNoProgramIsRefused() {
        assertEquals(
                Kind.ENVIRONMENT,
                assertThrows(ImageException.class, () -> open("/no/such/monitor"))
                        .kind());
    }
}
