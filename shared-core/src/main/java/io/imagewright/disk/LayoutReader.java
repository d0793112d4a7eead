package io.imagewright.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * Reads a composed disk as if it were one file: the pieces where there are some, zeros elsewhere. Each file is opened once. The files must
 * not change meanwhile.
 */
public final class LayoutReader implements DiskReader {

    private static final byte[] ZEROS = new byte[64 << 10];

    private final DiskLayout layout;
    private final Map<Path, SparseFile> files = new HashMap<>();
    private @Nullable List<Extent> data;

    /** Opens all files of the layout for reading. */
    public LayoutReader(DiskLayout layout) throws IOException {
        this.layout = layout;
        try {
            for (Piece piece : layout.pieces()) {
                if (!files.containsKey(piece.file())) {
                    files.put(piece.file(), SparseFile.openRead(piece.file()));
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public long size() {
        return layout.size();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        long end = offset + target.remaining();
        if (offset < 0 || end > size()) {
            throw new EOFException("the disk ends at byte " + size() + ", before byte " + end);
        }
        long position = offset;
        for (int i = firstEndingBehind(layout.pieces(), offset, Piece::offset, Piece::length);
                i < layout.pieces().size() && position < end;
                i++) {
            Piece piece = layout.pieces().get(i);
            position += zeros(target, Math.min(piece.offset(), end) - position);
            long wanted = Math.min(piece.offset() + piece.length(), end) - position;
            if (wanted > 0) {
                position += read(piece, position - piece.offset(), wanted, target);
            }
        }
        zeros(target, end - position);
    }

    private long read(Piece piece, long skip, long wanted, ByteBuffer target) throws IOException {
        SparseFile file = file(piece);
        long from = piece.fileOffset() + skip;
        long there = Math.max(0, Math.min(wanted, file.size() - from));
        int limit = target.limit();
        file.read(from, target.limit(target.position() + (int) there));
        target.limit(limit);
        zeros(target, wanted - there);
        return wanted;
    }

    /**
     * The first run of bytes at or behind {@code from} that is not known to be zero, as long as it goes; it begins at {@code
     * from} when that lies inside. Empty when only zeros follow.
     */
    public Optional<Extent> nextData(long from) throws IOException {
        List<Extent> all = data == null ? collectData() : data;
        data = all;
        int index = firstEndingBehind(all, from, Extent::offset, Extent::length);
        if (index == all.size()) {
            return Optional.empty();
        }
        Extent extent = all.get(index);
        long start = Math.max(from, extent.offset());
        return Optional.of(new Extent(start, extent.end() - start));
    }

    private List<Extent> collectData() throws IOException {
        List<Extent> all = new ArrayList<>();
        for (Piece piece : layout.pieces()) {
            long shift = piece.offset() - piece.fileOffset();
            for (Extent extent : file(piece).dataExtents(piece.fileOffset(), piece.length())) {
                add(all, new Extent(extent.offset() + shift, extent.length()));
            }
        }
        return all;
    }

    private static void add(List<Extent> all, Extent extent) {
        int last = all.size() - 1;
        if (last >= 0 && all.get(last).end() == extent.offset()) {
            Extent before = all.get(last);
            all.set(last, new Extent(before.offset(), before.length() + extent.length()));
        } else {
            all.add(extent);
        }
    }

    private SparseFile file(Piece piece) {
        SparseFile file = files.get(piece.file());
        if (file == null) {
            throw new IllegalStateException("the reader is closed");
        }
        return file;
    }

    /** Index of the first of the sorted runs that ends behind the offset. */
    private static <T> int firstEndingBehind(
            List<T> runs, long offset, ToLongFunction<T> start, ToLongFunction<T> length) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            T run = runs.get(middle);
            if (start.applyAsLong(run) + length.applyAsLong(run) <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long zeros(ByteBuffer target, long count) {
        long left = Math.max(0, count);
        while (left > 0) {
            int step = (int) Math.min(left, ZEROS.length);
            target.put(ZEROS, 0, step);
            left -= step;
        }
        return Math.max(0, count);
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (SparseFile file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        files.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
