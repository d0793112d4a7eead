package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes the contents of files: cuts them into blocks, which are compressed in parallel and written in order. Blocks of zeros are left out. What is
 * left of a file behind its last whole block shares a block with that of others.
 */
final class SquashfsContent implements AutoCloseable {

    /** Bytes of a block before compression. */
    static final int BLOCK = 128 << 10;

    private final OutputFile file;
    private final SquashfsCompressor compressor;
    private final InOrder<Ready> tasks;
    private final List<Fragments> fragments = new ArrayList<>();

    /** Where the next block is written. */
    private long end;

    private byte[] block = new byte[BLOCK];
    private int filled;

    private byte[] tails = new byte[BLOCK];
    private int tailsFilled;

    /** A block of tails that is in the file, and its size as {@link SquashfsBlock#size}. */
    record Fragments(long position, int size) {}

    /** A compressed block, and what is to be done with its position. */
    private record Ready(SquashfsBlock block, LongConsumer placed) {}

    /** @param start where the first block is written */
    SquashfsContent(OutputFile file, long start, SquashfsCompressor compressor, int threads) {
        this.file = file;
        this.end = start;
        this.compressor = compressor;
        this.tasks = new InOrder<>("squashfs-compress", threads, 4 * threads, this::write);
    }

    /** The next bytes of the file, all that remain in the buffer. */
    void data(SquashfsFile of, ByteBuffer bytes) throws InterruptedException {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), BLOCK - filled);
            bytes.get(block, filled, count);
            filled(of, count);
        }
    }

    /** The next bytes of the file are zeros. */
    void zeros(SquashfsFile of, long length) throws InterruptedException {
        long left = length;
        while (left > 0) {
            if (filled == 0 && left >= BLOCK) {
                of.addHole((int) (left / BLOCK), left / BLOCK * BLOCK);
                left %= BLOCK;
            } else {
                int count = (int) Math.min(left, BLOCK - filled);
                Arrays.fill(block, filled, filled + count, (byte) 0);
                filled(of, count);
                left -= count;
            }
        }
    }

    private void filled(SquashfsFile of, int count) throws InterruptedException {
        filled += count;
        if (filled < BLOCK) {
            return;
        }
        filled = 0;
        if (SquashfsBlock.isZero(block, BLOCK)) {
            of.addHole(1, BLOCK);
            return;
        }
        int place = of.addBlock();
        byte[] whole = block;
        block = new byte[BLOCK];
        tasks.submit(() -> {
            SquashfsBlock compressed = compressor.compress(whole, BLOCK);
            return new Ready(compressed, position -> of.setBlock(place, position, compressed.size()));
        });
    }

    /** The file ends. */
    void end(SquashfsFile of) throws InterruptedException {
        int length = filled;
        filled = 0;
        if (length == 0) {
            return;
        }
        if (SquashfsBlock.isZero(block, length)) {
            of.addHole(1, length);
            return;
        }
        if (length > BLOCK - tailsFilled) {
            endTails();
        }
        System.arraycopy(block, 0, tails, tailsFilled, length);
        of.setTail(fragments.size(), tailsFilled);
        tailsFilled += length;
    }

    private void endTails() throws InterruptedException {
        int length = tailsFilled;
        byte[] whole = tails;
        int index = fragments.size();
        fragments.add(new Fragments(0, 0));
        tails = new byte[BLOCK];
        tailsFilled = 0;
        tasks.submit(() -> {
            SquashfsBlock compressed = compressor.compress(whole, length);
            return new Ready(compressed, position -> fragments.set(index, new Fragments(position, compressed.size())));
        });
    }

    private void write(Ready ready) {
        file.write(end, ready.block().buffer());
        ready.placed().accept(end);
        end += ready.block().length();
    }

    /** Writes all that is left. Gives where the last block ends. */
    long finish() throws InterruptedException {
        if (tailsFilled > 0) {
            endTails();
        }
        tasks.drain();
        return end;
    }

    /** The blocks of tails, in order, when all are written. */
    List<Fragments> fragments() {
        return fragments;
    }

    @Override
    public void close() {
        tasks.close();
    }
}
