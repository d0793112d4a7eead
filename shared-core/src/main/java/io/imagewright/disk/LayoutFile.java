package io.imagewright.disk;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps a layout of very many pieces in a file, from one process of a build to the next. */
public final class LayoutFile {

    private static final int MAGIC = 0x4c61796f;

    private LayoutFile() {}

    /** Writes it to a file that is not there yet. */
    public static void write(DiskLayout layout, Path file) throws IOException {
        Map<Path, Integer> files = new LinkedHashMap<>();
        layout.pieces().forEach(piece -> files.putIfAbsent(piece.file(), files.size()));
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)))) {
            out.writeInt(MAGIC);
            out.writeLong(layout.size());
            out.writeInt(files.size());
            for (Path holder : files.keySet()) {
                out.writeUTF(holder.toString());
            }
            out.writeInt(layout.pieces().size());
            for (Piece piece : layout.pieces()) {
                out.writeLong(piece.offset());
                out.writeLong(piece.length());
                out.writeInt(files.getOrDefault(piece.file(), 0));
                out.writeLong(piece.fileOffset());
            }
        }
    }

    /** Reads it back. */
    public static DiskLayout read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IOException(file + " is no layout");
            }
            long size = in.readLong();
            List<Path> files = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                files.add(Path.of(in.readUTF()));
            }
            List<Piece> pieces = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                pieces.add(new Piece(in.readLong(), in.readLong(), files.get(in.readInt()), in.readLong()));
            }
            return new DiskLayout(size, pieces);
        } catch (EOFException cut) {
            throw new IOException(file + " ends early", cut);
        }
    }
}
