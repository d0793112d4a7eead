package io.imagewright.guest.libguestfs;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Two sparse files that are drives of the appliance: one brings scripts and content in, the other results out. So any bytes, of any
 * length, cross in one call, where a call of libguestfs itself takes text of at most 4 MiB.
 */
final class Mailbox {

    /** Bytes of each drive; what is not used costs nothing. */
    static final long SIZE = 64L << 30;

    static final String IN = "mailin";
    static final String OUT = "mailout";

    /** Where content begins in the drive that brings it in; the script is before. */
    static final long CONTENT = 256L << 20;

    private final Path in;
    private final Path out;
    private long contentEnd = CONTENT;

    /** Where the next program's output goes in the drive that brings results out: behind all of them, in space that was never written. */
    private long streamStart = SIZE / 2;

    private Mailbox(Path in, Path out) {
        this.in = in;
        this.out = out;
    }

    static Mailbox create(Path directory) throws IOException {
        Mailbox mailbox = new Mailbox(directory.resolve("mail-in.img"), directory.resolve("mail-out.img"));
        for (Path file : new Path[] {mailbox.in, mailbox.out}) {
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1), SIZE - 1);
            }
        }
        return mailbox;
    }

    Path in() {
        return in;
    }

    Path out() {
        return out;
    }

    /** Puts content in and gives the byte of the drive where it begins. */
    long put(byte[] content) throws IOException {
        long at = contentEnd;
        write(at, content);
        contentEnd = at + content.length;
        return at;
    }

    /**
     * Puts a file's content in and gives the byte of the drive where it begins.
     *
     * @throws IOException when the file does not have exactly that many bytes
     */
    long put(Path file, long size) throws IOException {
        long at = contentEnd;
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(in, StandardOpenOption.WRITE)) {
            to.position(at);
            long done = 0;
            long step = 1;
            while (step > 0 && done < size) {
                step = from.transferTo(done, size - done, to);
                done += step;
            }
            if (done != size || from.size() != size) {
                throw new IOException(file + " has changed: it had " + size + " bytes");
            }
        }
        contentEnd = at + size;
        return at;
    }

    /** Puts the script in. */
    void putScript(byte[] script) throws IOException {
        if (script.length > CONTENT) {
            throw new IOException("a script of " + script.length + " bytes");
        }
        write(0, script);
    }

    private void write(long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(in, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                at += channel.write(rest, at);
            }
        }
    }

    /** Whether content was put in since it was cleared. */
    boolean hasContent() {
        return contentEnd > CONTENT;
    }

    /** Forgets the content that was put in. */
    void clear() {
        contentEnd = CONTENT;
    }

    /** A place for what a program prints while it runs. */
    ApplianceOutput stream() {
        long start = streamStart;
        streamStart += ApplianceOutput.MOST;
        return new ApplianceOutput(out, start);
    }

    /** What came out, from its beginning; the reader knows its end. */
    InputStream result() throws IOException {
        return new BufferedInputStream(new FileInputStream(out.toFile()), 1 << 16);
    }

    void delete() throws IOException {
        Files.deleteIfExists(in);
        Files.deleteIfExists(out);
    }
}
