package io.imagewright.jenkins;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import hudson.AbortException;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** The connection to the agent ends while the program runs there. */
public class LostAgentTest {

    private static final Duration GRACE = Duration.ofMillis(400);

    /** What remoting throws when a web socket or a socket is closed. */
    private static List<Exception> losses() {
        return List.of(
                new ChannelClosedException("Channel \"agent-1\": the channel is closing down", null),
                new ClosedChannelException(),
                new IOException("Backing channel 'agent-1' is disconnected.", new ClosedChannelException()),
                new IOException(new RequestAbortedException(new EOFException())),
                new RequestAbortedException(new ChannelClosedException("closed", null)));
    }

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final AtomicBoolean terminating = new AtomicBoolean();

    /** Runs a command whose agent goes away after its first line of progress. */
    private Object lose(boolean canResume, Exception loss) throws IOException, InterruptedException {
        AgentProcess process = (argv, output, errors) -> {
            output.write("{\"type\":\"image-info\",\"messages\":[\"at work\"]}\n".getBytes(StandardCharsets.UTF_8));
            if (loss instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (loss instanceof InterruptedException aborted) {
                throw aborted;
            }
            throw (IOException) loss;
        };
        ProgressLog log =
                new ProgressLog(new PrintStream(shown, true, StandardCharsets.UTF_8), line -> line, System::nanoTime);
        return new AgentConnection("linux-1", canResume, terminating::get, GRACE)
                .during(() -> AgentCommand.run(process, List.of("java"), log));
    }

    @Test
    public void whileTheControllerStays_theStepFails_andNamesTheAgent() {
        for (Exception loss : losses()) {
            AbortException failure = assertThrows(AbortException.class, () -> lose(true, loss));
            assertTrue(
                    failure.getMessage(),
                    failure.getMessage().startsWith("The connection to the agent linux-1 was lost while Imagewright"));
            assertFalse(failure.getMessage(), failure.getMessage().contains("Exception"));
            assertSame(loss, failure.getCause());
        }
        assertEquals(
                "at work",
                shown.toString(StandardCharsets.UTF_8).lines().findFirst().orElse(""));
    }

    @Test
    public void whatIsNoLossOfTheAgentPassesAtOnce() {
        IOException full = new IOException("No space left on device");
        assertSame(full, assertThrows(IOException.class, () -> lose(true, full)));
        AbortException failed = new AbortException("Cannot read disk.raw");
        assertSame(failed, assertThrows(AbortException.class, () -> lose(true, failed)));
        assertThrows(InterruptedException.class, () -> lose(true, new InterruptedException()));
    }

    /** The connection is closed before the controller reports that it terminates. */
    @Test
    public void whileTheControllerTerminates_theStepOfAPipelineNeverEnds() throws Exception {
        for (Exception loss : losses()) {
            terminating.set(false);
            staysOpen(loss, GRACE.toMillis() / 4);
        }
        staysOpen(new InterruptedException(), 0);
    }

    private void staysOpen(Exception loss, long terminatesAfterMillis) throws InterruptedException {
        terminating.set(terminatesAfterMillis == 0);
        AtomicReference<Object> end = new AtomicReference<>();
        Thread step = new Thread(() -> {
            try {
                end.set(lose(true, loss));
            } catch (Throwable thrown) {
                end.set(thrown);
            }
        });
        step.setDaemon(true);
        step.start();
        Thread.sleep(terminatesAfterMillis);
        terminating.set(true);
        // as the shutdown does
        step.interrupt();
        step.join(2 * GRACE.toMillis());
        assertTrue(loss + ": " + end.get(), step.isAlive() && end.get() == null);
        terminating.set(false);
        step.join();
    }

    /** It cannot be resumed; it ends with the controller. */
    @Test
    public void aFreestyleBuildFails() {
        terminating.set(true);
        assertThrows(AbortException.class, () -> lose(false, new ClosedChannelException()));
    }
}
