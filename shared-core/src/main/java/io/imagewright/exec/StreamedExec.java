package io.imagewright.exec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Runs a program whose output is wanted while it runs: both streams in one pipe, so that they come in the order in which they were written. */
final class StreamedExec {

    private static final int PIECES = 64;
    private static final int PIECE = 8192;
    private static final byte[] END = new byte[0];

    /** How often the program's end is looked for while it says nothing. */
    private static final long POLL_MILLIS = 100;

    /** How long a process that the program left behind may hold its output open. */
    private static final long LEFTOVER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Command command;
    private final OutputLines lines;
    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);

    StreamedExec(Command command, OutputLines lines) {
        this.command = command;
        this.lines = lines;
    }

    /** Runs it, and gives its exit code. */
    int run() {
        try (ChildProcess child = ChildProcess.startMerged(command)) {
            Thread pump = new Thread(() -> pump(child.process().getInputStream()), command.program() + " output");
            pump.setDaemon(true);
            pump.start();
            try {
                return follow(child);
            } finally {
                pump.interrupt(); // it may wait for room for what nobody takes any more
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ImageException.of(
                    Kind.CANCELLED, "Stopped while " + command.program() + " ran", "the build was cancelled", "", e);
        }
    }

    private int follow(ChildProcess child) throws InterruptedException {
        Process process = child.process();
        long deadline = System.nanoTime() + command.limits().time().toNanos();
        long ended = 0;
        while (true) {
            byte[] piece = pieces.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (piece == END) {
                break;
            }
            if (piece != null) {
                lines.append(piece, 0, piece.length);
            }
            long now = System.nanoTime();
            if (!process.isAlive()) {
                ended = ended == 0 ? now : ended;
                if (now - ended > LEFTOVER_NANOS) {
                    child.stop(); // its end is that of the pipe
                }
            } else if (now > deadline) {
                lines.end();
                throw ProcessExec.outOfTime(command.program(), command.limits().time(), "time");
            }
        }
        if (!process.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            throw ProcessExec.outOfTime(command.program(), command.limits().time(), "time");
        }
        lines.end();
        return process.exitValue();
    }

    private void pump(InputStream in) {
        byte[] buffer = new byte[PIECE];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                pieces.put(Arrays.copyOf(buffer, n));
            }
        } catch (IOException killed) {
            // what came before is what there is
        } catch (InterruptedException abandoned) {
            return;
        }
        try {
            pieces.put(END);
        } catch (InterruptedException abandoned) {
            Thread.currentThread().interrupt();
        }
    }
}
