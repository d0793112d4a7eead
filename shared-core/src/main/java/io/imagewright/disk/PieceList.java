package io.imagewright.disk;

import java.util.ArrayList;
import java.util.List;

/** Pieces in order of offset. One that goes on where the one before it ends, there and in its file, becomes one with it. Not thread-safe. */
public final class PieceList {

    private final List<Piece> pieces = new ArrayList<>();

    /** Puts a piece behind the others. */
    public void add(Piece next) {
        int last = pieces.size() - 1;
        Piece before = last < 0 ? null : pieces.get(last);
        if (before != null
                && before.file().equals(next.file())
                && before.offset() + before.length() == next.offset()
                && before.fileOffset() + before.length() == next.fileOffset()) {
            pieces.set(
                    last,
                    new Piece(before.offset(), before.length() + next.length(), before.file(), before.fileOffset()));
        } else {
            pieces.add(next);
        }
    }

    /** Those so far. */
    public List<Piece> list() {
        return List.copyOf(pieces);
    }
}
