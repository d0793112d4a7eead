package io.imagewright.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A process with all that it started, found by parentage and by session (a process whose parent died belongs to nobody's tree). */
final class ProcessTree {

    private static final Duration POLL = Duration.ofMillis(10);

    private static final Duration COLLECTION = Duration.ofSeconds(2);

    private ProcessTree() {}

    /**
     * Asks all to end (SIGTERM), and forces those that are still there after the grace (SIGKILL). Works on while interrupted and leaves
     * the interrupt flag as it was.
     */
    static void kill(Process leader, Duration grace) {
        Set<ProcessHandle> members = members(leader);
        members.forEach(ProcessHandle::destroy);
        boolean interrupted = !members.isEmpty() && waitForEnd(leader, grace);
        // again from the start: what was forked between our look and the signal
        for (Set<ProcessHandle> left = members(leader); !left.isEmpty(); left = members(leader)) {
            left.forEach(ProcessHandle::destroyForcibly);
            interrupted |= waitForEnd(leader, POLL);
        }
        // a thread of the JDK collects the dead leader a moment later; until then it would still be listed
        interrupted |= waitWhile(leader::isAlive, COLLECTION);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean waitForEnd(Process leader, Duration limit) {
        return waitWhile(() -> !members(leader).isEmpty(), limit);
    }

    /** Gives whether somebody interrupted the thread meanwhile. */
    private static boolean waitWhile(BooleanSupplier condition, Duration limit) {
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        while (condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                interrupted = true; // sleep cleared the flag, so the next turn waits again
            }
        }
        return interrupted;
    }

    /** The living members of the tree. */
    private static Set<ProcessHandle> members(Process leader) {
        Set<ProcessHandle> members = new LinkedHashSet<>();
        if (leader.isAlive()) {
            members.add(leader.toHandle());
            leader.descendants().forEach(members::add);
        }
        String session = Long.toString(leader.pid());
        members.addAll(ProcessHandle.allProcesses()
                .filter(handle -> session.equals(session(handle.pid())))
                .collect(Collectors.toSet()));
        members.removeIf(handle -> !handle.isAlive() || isZombie(handle.pid()));
        return members;
    }

    private static String session(long pid) {
        return statField(pid, 3);
    }

    /** A dead process whose parent does not collect it: nobody can kill it any more. */
    private static boolean isZombie(long pid) {
        return "Z".equals(statField(pid, 0));
    }

    /** Field of {@code /proc/<pid>/stat} counted from the state, see proc(5): state, parent, group, session. Empty when it is gone. */
    private static String statField(long pid, int index) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // the second field is the name in parentheses and may hold blanks and parentheses
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", index + 2);
            return fields[index];
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }
}
