package io.imagewright.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import io.imagewright.error.ImageException;

/**
 * A running program that is given its standard input piece by piece; what it prints there is dropped, its diagnostics are kept (bounded). It ends
 * with the thread that started it. Used by that thread.
 */
public final class FedProgram implements AutoCloseable {

    /** Pieces on their way. */
    private static final int QUEUE = 8;

    private static final int COPY = 64 << 10;
    private static final int STDERR_BOUND = 64 << 10;
    private static final long LEFTOVER_MILLIS = 500;

    private final Command command;
    private final ChildProcess child;
    private final BoundedOutput stderr;
    private final BlockingQueue<Piece> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread pump;
    private volatile boolean refused;

    /** Bytes for the program, or, without any, their end. */
    private record Piece(ByteBuffer bytes, Runnable done) {}

    private FedProgram(Command command, ChildProcess child) {
        this.command = command;
        this.child = child;
        this.stderr = new BoundedOutput(
                child.process().getErrorStream(), command.program() + " stderr", STDERR_BOUND, STDERR_BOUND);
        this.pump = new Thread(this::pump, "feed-" + command.program());
        pump.setDaemon(true);
        pump.start();
    }

    /**
     * Starts the program.
     *
     * @param command the time of its limits is the longest that the program may take for one piece, and for what it does after the last one
     * @throws ImageException ENVIRONMENT when it is missing or cannot be started
     */
    public static FedProgram start(Command command) {
        return new FedProgram(
                command,
                ChildProcess.start(command, Redirect.PIPE, Redirect.to(ChildProcess.NULL_DEVICE), Redirect.PIPE));
    }

    /**
     * Gives it what remains in the buffer.
     *
     * @param done run once, in some thread, when the buffer is not needed any more
     * @return false when the program has ended its input, which only {@link #finish} explains; nothing more reaches it
     * @throws ImageException ENVIRONMENT when the program hangs
     */
    public boolean feed(ByteBuffer bytes, Runnable done) throws InterruptedException {
        if (refused || !bytes.hasRemaining()) {
            done.run();
            return !refused;
        }
        put(new Piece(bytes.duplicate(), done));
        return !refused;
    }

    private void put(Piece piece) throws InterruptedException {
        boolean taken = false;
        try {
            taken = queue.offer(piece, command.limits().time().toMillis(), TimeUnit.MILLISECONDS);
            if (!taken) {
                throw ProcessExec.outOfTime(command.program(), command.limits().time(), "time");
            }
        } finally {
            if (!taken) {
                piece.done().run();
            }
        }
    }

    /**
     * Ends its input and waits for its end.
     *
     * @throws ImageException ENVIRONMENT when it ran out of its limits
     */
    public ExecResult finish() throws InterruptedException {
        put(new Piece(ByteBuffer.allocate(0), () -> {}));
        if (!child.process().waitFor(command.limits().time().toMillis(), TimeUnit.MILLISECONDS)) {
            throw ProcessExec.outOfTime(command.program(), command.limits().time(), "time");
        }
        if (!stderr.await(LEFTOVER_MILLIS)) {
            child.stop();
            stderr.await(LEFTOVER_MILLIS);
        }
        return new ExecResult(child.process().exitValue(), "", stderr.text());
    }

    /** Pieces are taken to the end even when the program wants none, so that nobody waits for a buffer. */
    private void pump() {
        byte[] copy = new byte[COPY];
        try (OutputStream stdin = child.process().getOutputStream()) {
            for (Piece piece = queue.take(); piece.bytes().hasRemaining(); piece = queue.take()) {
                try {
                    write(piece.bytes(), copy, stdin);
                } finally {
                    piece.done().run();
                }
            }
        } catch (IOException | InterruptedException e) {
            refused = true;
        }
    }

    private void write(ByteBuffer bytes, byte[] copy, OutputStream stdin) {
        try {
            while (bytes.hasRemaining() && !refused) {
                int count = Math.min(bytes.remaining(), copy.length);
                bytes.get(copy, 0, count);
                stdin.write(copy, 0, count);
            }
        } catch (IOException e) {
            refused = true;
        }
    }

    /** Kills what is left of the program. */
    @Override
    public void close() {
        child.close();
        pump.interrupt();
        boolean interrupted = false;
        while (pump.isAlive()) {
            try {
                pump.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        for (Piece left = queue.poll(); left != null; left = queue.poll()) {
            left.done().run();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
