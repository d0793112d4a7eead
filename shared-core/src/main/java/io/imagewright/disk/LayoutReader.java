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

    /** A file, and how long it is. */
    private record Opened(SparseFile file, long size) {}

    private final DiskLayout layout;
    private final Map<Path, Opened> files = new HashMap<>();
    private @Nullable List<Extent> data;

    /** Opens all files of the layout for reading. */
    public LayoutReader(DiskLayout layout) throws IOException {
        this.layout = layout;
        try {
            for (Piece piece : layout.pieces()) {
                if (!files.containsKey(piece.file())) {
                    SparseFile file = SparseFile.openRead(piece.file());
                    files.put(piece.file(), new Opened(file, file.size()));
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
        Opened opened = file(piece.file());
        long from = piece.fileOffset() + skip;
        long there = Math.max(0, Math.min(wanted, opened.size() - from));
        int limit = target.limit();
        opened.file().read(from, target.limit(target.position() + (int) there));
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
        Map<Path, List<Extent>> found = new HashMap<>();
        for (Map.Entry<Path, Extent> used : used().entrySet()) {
            Extent extent = used.getValue();
            found.put(used.getKey(), file(used.getKey()).file().dataExtents(extent.offset(), extent.length()));
        }
        List<Extent> all = new ArrayList<>();
        for (Piece piece : layout.pieces()) {
            List<Extent> data = found.getOrDefault(piece.file(), List.of());
            long shift = piece.offset() - piece.fileOffset();
            long end = piece.fileOffset() + piece.length();
            for (int i = firstEndingBehind(data, piece.fileOffset(), Extent::offset, Extent::length);
                    i < data.size() && data.get(i).offset() < end;
                    i++) {
                long start = Math.max(piece.fileOffset(), data.get(i).offset());
                add(all, new Extent(start + shift, Math.min(end, data.get(i).end()) - start));
            }
        }
        return all;
    }

    /** The range of each file that holds its pieces: asking for all its data at once is quicker than for each of a hundred thousand. */
    private Map<Path, Extent> used() {
        Map<Path, Extent> used = new HashMap<>();
        for (Piece piece : layout.pieces()) {
            long end = piece.fileOffset() + piece.length();
            used.merge(piece.file(), new Extent(piece.fileOffset(), piece.length()), (before, next) -> {
                long start = Math.min(before.offset(), next.offset());
                return new Extent(start, Math.max(before.end(), end) - start);
            });
        }
        return used;
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

    private Opened file(Path path) {
        Opened file = files.get(path);
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
        for (Opened opened : files.values()) {
            try {
                opened.file().close();
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
