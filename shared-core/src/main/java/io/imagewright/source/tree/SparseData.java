package io.imagewright.source.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.disk.Piece;
import io.imagewright.disk.TarBlock;

/**
 * The map of a file with holes in a tar, in each form that GNU tar writes. Source: GNU tar's manual, "Storing Sparse Files".
 */
final class SparseData {

    private static final int MOST_RUNS = 1_000_000;

    private record Run(long offset, long length) {}

    private final List<Run> runs = new ArrayList<>();
    private long end;
    private long stored;

    private SparseData() {}

    /** Of the old form: four runs in the header, 21 in each block behind it. */
    static SparseData old(byte[] header, TarBlocks blocks) throws IOException {
        SparseData map = new SparseData();
        map.addOld(header, 386, 4);
        byte[] block = header;
        int more = 482;
        while (block[more] != 0) {
            block = blocks.next();
            map.addOld(block, 0, 21);
            more = 504;
        }
        return map;
    }

    private void addOld(byte[] block, int at, int count) throws TreeFault {
        for (int i = 0; i < count && block[at + 24 * i] != 0; i++) {
            add(TarBlocks.number(block, at + 24 * i, 12), TarBlocks.number(block, at + 24 * i + 12, 12));
        }
    }

    /** Of the forms 0.0 and 0.1: numbers with commas. */
    static SparseData text(String map) throws TreeFault {
        SparseData data = new SparseData();
        String[] numbers = map.split(",", -1);
        for (int i = 0; i + 1 < numbers.length; i += 2) {
            data.add(number(numbers[i]), number(numbers[i + 1]));
        }
        return data;
    }

    /** Of the form 1.0: lines in blocks in front of the data. */
    static SparseData inFront(TarBlocks blocks) throws IOException {
        SparseData data = new SparseData();
        Lines lines = new Lines(blocks);
        long count = lines.next();
        if (count > MOST_RUNS) {
            throw tooMany();
        }
        for (long i = 0; i < count; i++) {
            data.add(lines.next(), lines.next());
        }
        return data;
    }

    private static final class Lines {

        private final TarBlocks blocks;
        private byte[] block = new byte[0];
        private int at;

        Lines(TarBlocks blocks) {
            this.blocks = blocks;
        }

        long next() throws IOException {
            StringBuilder text = new StringBuilder();
            while (true) {
                if (at == block.length) {
                    block = blocks.next();
                    at = 0;
                }
                char c = (char) (block[at++] & 0xff);
                if (c == '\n') {
                    return number(text.toString());
                }
                text.append(c);
                if (text.length() > TarBlock.SIZE) {
                    throw new TreeFault("the map of a file with holes is damaged");
                }
            }
        }
    }

    private static long number(String text) throws TreeFault {
        if (!text.matches("\\d{1,18}")) {
            throw new TreeFault("the map of a file with holes is damaged");
        }
        return Long.parseLong(text);
    }

    private void add(long offset, long length) throws TreeFault {
        if (offset < end || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new TreeFault("the map of a file with holes is in disorder");
        }
        if (runs.size() >= MOST_RUNS) {
            throw tooMany();
        }
        end = offset + length;
        stored += length;
        if (length > 0) {
            runs.add(new Run(offset, length));
        }
    }

    private static TreeFault tooMany() {
        return new TreeFault("a file in it has more than " + MOST_RUNS + " holes");
    }

    /** Where the data lies, the first byte of it being at this offset of the file. */
    List<Piece> pieces(Path file, long fileOffset, long size, long available) throws TreeFault {
        if (end > size || stored > available) {
            throw new TreeFault("the map of a file with holes goes beyond its end");
        }
        List<Piece> pieces = new ArrayList<>();
        long at = fileOffset;
        for (Run run : runs) {
            pieces.add(new Piece(run.offset(), run.length(), file, at));
            at += run.length();
        }
        return pieces;
    }
}
