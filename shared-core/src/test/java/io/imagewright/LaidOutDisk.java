package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.disk.SparseFile;

/** A raw disk with any table and any file systems, made by the real programs and without root. Places and sizes are in MiB. */
final class LaidOutDisk {

    private static final long MIB = 1 << 20;

    private final Path file;

    /** A disk of zeros. */
    LaidOutDisk(Path file, long size) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        SparseFile.create(file, size * MIB).close();
    }

    /** The file that it is. */
    Path file() {
        return file;
    }

    /** Makes the table, by lines of an sfdisk script. */
    LaidOutDisk table(int sectorSize, String... lines) throws IOException {
        Path script = file.resolveSibling(file.getFileName() + ".table");
        Files.writeString(script, String.join("\n", lines) + "\n");
        // fdisk runs sfdisk's scripts too, and it alone takes a sector size
        String output =
                GuestDisk.shell("printf 'I\\n%s\\nw\\n' \"$3\" | fdisk -b $2 \"$1\" 2>&1", file, sectorSize, script);
        if (!output.contains("Script successfully applied") || !output.contains("has been altered")) {
            throw new AssertionError(output);
        }
        Files.delete(script);
        return this;
    }

    /** Makes an ext4 file system with the files of a tree, all of them root's. */
    LaidOutDisk ext4(long at, long size, Path tree, String... options) {
        List<String> make = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4"));
        make.addAll(List.of(options));
        make.addAll(List.of("-E", "root_owner=0:0,offset=" + at * MIB, "-d", tree.toString(), file.toString()));
        make.add(size * 1024 + "k");
        GuestDisk.run(make.toArray(String[]::new));
        return this;
    }

    /** Makes a FAT file system that holds a file {@code EFI.TXT}. */
    LaidOutDisk fat(long at, long size, int sectorSize) throws IOException {
        Path alone = file.resolveSibling("fat.img");
        Path content = file.resolveSibling("EFI.TXT");
        SparseFile.create(alone, size * MIB).close();
        GuestDisk.run("mkfs.vfat", "-S", Integer.toString(sectorSize), "-n", "EFI", alone.toString());
        Files.writeString(content, "loader\n");
        GuestDisk.run("mcopy", "-i", alone.toString(), content.toString(), "::/EFI.TXT");
        put(at, Files.readAllBytes(alone));
        Files.delete(alone);
        Files.delete(content);
        return this;
    }

    /** Makes swap. */
    LaidOutDisk swap(long at, long size) throws IOException {
        Path alone = file.resolveSibling("swap.img");
        SparseFile.create(alone, size * MIB).close();
        GuestDisk.run("mkswap", "-q", alone.toString());
        put(at, Files.readAllBytes(alone));
        Files.delete(alone);
        return this;
    }

    /** Writes bytes. */
    LaidOutDisk put(long at, byte[] bytes) throws IOException {
        GuestDisk.put(file, at * MIB, bytes);
        return this;
    }

    /** Runs debugfs commands on the file system at this byte of a file, one session for all of them. */
    static String debugfs(Path disk, long offset, String... commands) throws IOException {
        Path script = Files.createTempFile("debugfs", ".txt");
        Files.writeString(script, String.join("\n", commands) + "\n", StandardCharsets.ISO_8859_1);
        try {
            return GuestDisk.run("debugfs", "-w", "-f", script.toString(), disk + "?offset=" + offset);
        } finally {
            Files.delete(script);
        }
    }
}
