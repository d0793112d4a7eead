package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.imagewright.exec.OutputLines;

/**
 * What commands in the appliance print while they run: they write it to a part of a drive that was never written, and the appliance flushes it there
 * every second. What this machine reads of it goes as far as the first byte that is still zero. Not thread-safe.
 */
final class ApplianceOutput {

    /** Bytes kept; what a program prints beyond them is lost. */
    static final long MOST = 64L << 20;

    static final long POLL_MILLIS = 250;

    private static final int PIECE = 64 << 10;

    /** Bytes that are written at a time, and how many such pieces there are: each may be as short as a line. */
    private static final int BLOCK = 4096;

    private final Path drive;
    private final long start;
    private long position;

    /** @param start byte of the drive */
    ApplianceOutput(Path drive, long start) {
        this.drive = drive;
        this.start = start;
    }

    /** A script that runs the commands so, and prints their exit code. */
    BashScript script(BashScript commands) {
        return new BashScript()
                .line("flush() { while sleep 1; do blockdev --flushbufs $out; done; }")
                .line("flush > /dev/null 2>&1 < /dev/null & flusher=$!")
                .line("code=0")
                .line("{")
                .append(commands)
                .line("} 2>&1 | { dd of=$out bs=" + BLOCK + " count=" + MOST / BLOCK + " oflag=seek_bytes seek=" + start
                        + " conv=notrunc status=none; cat > /dev/null; } || code=$?")
                .line("kill $flusher")
                .line("blockdev --flushbufs $out")
                .line("sync")
                .line("echo $code");
    }

    /** Passes on what came since the last time. */
    void poll(OutputLines output) throws IOException {
        try (FileChannel channel = FileChannel.open(drive, StandardOpenOption.READ)) {
            int length = PIECE;
            while (length == PIECE && position < MOST) {
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, MOST - position));
                channel.read(piece, start + position);
                length = 0;
                while (length < piece.position() && piece.get(length) != 0) {
                    length++;
                }
                output.append(piece.array(), 0, length);
                position += length;
            }
        }
    }

    /** Passes on the rest; a program that printed zeros is understood as far as they. */
    void end(OutputLines output) throws IOException {
        poll(output);
        output.end();
    }
}
