package io.imagewright.jenkins;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import hudson.AbortException;
import hudson.model.AbstractBuild;
import hudson.model.Computer;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a step that loses its agent. A controller that is stopped closes the connections of its agents before it suspends pipelines and
 * before it reports that it terminates: a step that ended then would be recorded as failed, and the build could not be resumed. So a lost
 * connection is first observed for a while: when the controller terminates, the step never ends; else it fails, and names the agent.
 */
final class AgentConnection {

    /** How long a controller may take from closing connections to reporting that it terminates. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int LONGEST_CHAIN = 20;

    private final String agent;
    private final boolean canResume;
    private final Controller controller;
    private final Duration grace;

    /**
     * A connection that is observed.
     *
     * @param agent name for messages
     * @param canResume whether Jenkins resumes the build after a restart, as it does with pipelines
     */
    AgentConnection(String agent, boolean canResume, Controller controller, Duration grace) {
        this.agent = agent;
        this.canResume = canResume;
        this.controller = controller;
        this.grace = grace;
    }

    static AgentConnection of(BuildContext context) {
        @Nullable Computer computer = context.workspace().toComputer();
        String name = computer == null ? "" : FormTexts.trimmed(computer.getDisplayName());
        return new AgentConnection(
                name.isEmpty() ? context.environment().getOrDefault("NODE_NAME", "of the build") : name,
                !(context.run() instanceof AbstractBuild),
                Controller.JENKINS,
                GRACE);
    }

    /** Something that needs the agent. */
    interface Work<T> {

        /** Does it. */
        T run() throws IOException, InterruptedException;
    }

    /**
     * Does the work.
     *
     * @throws AbortException when the agent is lost and the controller stays
     */
    <T> T during(Work<T> work) throws IOException, InterruptedException {
        try {
            return work.run();
        } catch (InterruptedException aborted) {
            stayIfTerminating();
            throw aborted;
        } catch (IOException | RuntimeException failure) {
            if (!isLost(failure)) {
                throw failure;
            }
            awaitTermination();
            stayIfTerminating();
            AbortException lost = new AbortException("The connection to the agent " + agent
                    + " was lost while Imagewright worked there (" + reason(failure)
                    + "). No image was finished. Check the log of the agent, and build again.");
            lost.initCause(failure);
            throw lost;
        }
    }

    /** Whether this says that there is no connection to the agent any more. */
    static boolean isLost(Throwable failure) {
        return chain(failure).stream()
                .anyMatch(each -> each instanceof ChannelClosedException
                        || each instanceof RequestAbortedException
                        || each instanceof ClosedChannelException);
    }

    /** The deepest message, as those above repeat it. */
    private static String reason(Throwable failure) {
        String reason = "the channel is closed";
        for (Throwable each : chain(failure)) {
            String message = each.getMessage();
            boolean isOfCause =
                    each.getCause() != null && String.valueOf(each.getCause()).equals(message);
            if (message != null && !message.isBlank() && !isOfCause) {
                reason = message.lines().findFirst().orElse(reason).strip();
            }
        }
        return reason.replaceAll("\\.$", "");
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (@Nullable Throwable each = failure; each != null && chain.size() < LONGEST_CHAIN; each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private void awaitTermination() throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        while (!controller.isTerminating() && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
            } catch (InterruptedException aborted) {
                stayIfTerminating();
                throw aborted;
            }
        }
    }

    /** The thread ends with the JVM. Jenkins ends the step when it resumes the build. */
    private void stayIfTerminating() {
        while (canResume && controller.isTerminating()) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException shutdown) {
                // which must not end the step either
            }
        }
    }
}
