package io.imagewright.compress;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.SingleXZInputStream;

/** How a medium may be compressed. Each file is a sequence of parts that are complete in themselves. */
public enum Compression {
    /** RFC 1952; a part is a member. */
    GZIP("gz", "gzip") {
        @Override
        boolean begins(byte[] head) {
            return starts(head, 0x1f, 0x8b, 8);
        }

        @Override
        InputStream part(InputStream in) throws IOException {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(false)
                    .get();
        }
    },
    /** The .xz file format 1.2; a part is a stream. */
    XZ("xz", "xz") {
        @Override
        boolean begins(byte[] head) {
            return starts(head, 0xfd, '7', 'z', 'X', 'Z', 0);
        }

        @Override
        InputStream part(InputStream in) throws IOException {
            return new SingleXZInputStream(in, XZ_MEMORY);
        }
    },
    /** RFC 8878; a part is all frames that follow each other. */
    ZSTD("zst", "zstd") {
        @Override
        boolean begins(byte[] head) {
            return ZstdFrames.begins(head);
        }

        @Override
        InputStream part(InputStream in) throws IOException {
            return new ZstdFrames(in);
        }
    },
    /** A part is a stream. */
    BZIP2("bz2", "bzip2") {
        @Override
        boolean begins(byte[] head) {
            return starts(head, 'B', 'Z', 'h')
                    && (Arrays.mismatch(head, 4, 10, BLOCK, 0, 6) < 0 || Arrays.mismatch(head, 4, 10, END, 0, 6) < 0);
        }

        @Override
        InputStream part(InputStream in) throws IOException {
            return new BZip2CompressorInputStream(in, false);
        }
    };

    /** Bytes that {@link #begins} looks at. */
    public static final int HEAD = 16;

    /** KiB; the highest level of xz needs 65 MiB. */
    private static final int XZ_MEMORY = 256 << 10;

    /** Pi, which begins a block of bzip2, and its square root, which ends a stream. */
    private static final byte[] BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};

    private static final byte[] END = {0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};

    private final String extension;
    private final String program;

    Compression(String extension, String program) {
        this.extension = extension;
        this.program = program;
    }

    /** Of file names, and of format words behind a dot. */
    public String extension() {
        return extension;
    }

    /** What packs and unpacks it. */
    public String program() {
        return program;
    }

    /** Whether a part begins with these {@link #HEAD} bytes. */
    abstract boolean begins(byte[] head);

    /**
     * What is in the part that begins here, to its end. The stream is then behind the part.
     *
     * @param in supports marks
     */
    abstract InputStream part(InputStream in) throws IOException;

    /** What begins with these {@link #HEAD} bytes; empty when it is none of these. */
    public static Optional<Compression> of(byte[] head) {
        return Arrays.stream(values())
                .filter(compression -> compression.begins(head))
                .findFirst();
    }

    /**
     * What is in all parts of a file, one behind the other. Damage raises an {@link IOException}.
     *
     * @param packed closed with the result
     */
    public InputStream unpack(InputStream packed) throws IOException {
        return new Parts(this, packed);
    }

    private static boolean starts(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (head[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
