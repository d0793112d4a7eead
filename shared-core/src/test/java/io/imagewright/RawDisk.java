package io.imagewright;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Looks into a raw disk with the programs of util-linux and e2fsprogs, none of this project's code between. */
final class RawDisk {

    private static final Pattern PAIRS = Pattern.compile("NR=\"(.*)\" START=\"(.*)\" SECTORS=\"(.*)\" TYPE=\"(.*)\""
            + " UUID=\"(.*)\" FLAGS=\"(.*)\" NAME=\"(.*)\"");

    private static final int UNIT = 512;

    private final Path file;
    private final int sectorSize;

    RawDisk(Path file, int sectorSize) {
        this.file = file;
        this.sectorSize = sectorSize;
    }

    /** The raw disk that an output holds; {@code scratch} is made for a qcow2. */
    static RawDisk of(ImageBuildResult.Output output, int sectorSize, Path scratch) {
        if (!output.format().equals("qcow2")) {
            return new RawDisk(output.file(), sectorSize);
        }
        GuestDisk.run(
                "qemu-img", "convert", "-f", "qcow2", "-O", "raw", output.file().toString(), scratch.toString());
        return new RawDisk(scratch, sectorSize);
    }

    /** A partition as partx sees it, which counts sectors of 512 bytes on any disk. */
    record Part(int number, long start, long sectors, String type, String uuid, String flags, String name) {

        /** Without what shrinking changes. */
        Part withoutLength() {
            return new Part(number, start, 0, type, uuid, flags, name);
        }
    }

    /** All partitions by number, an extended one among them. */
    Map<Integer, Part> parts() {
        String lines = GuestDisk.run(
                "partx",
                "--pairs",
                "-S",
                Integer.toString(sectorSize),
                "-o",
                "NR,START,SECTORS,TYPE,UUID,FLAGS,NAME",
                file.toString());
        Map<Integer, Part> parts = new TreeMap<>();
        lines.lines().map(PAIRS::matcher).forEach(pairs -> {
            assertTrue(lines, pairs.matches());
            Part part = new Part(
                    Integer.parseInt(pairs.group(1)),
                    Long.parseLong(pairs.group(2)),
                    Long.parseLong(pairs.group(3)),
                    pairs.group(4),
                    pairs.group(5),
                    pairs.group(6),
                    pairs.group(7));
            parts.put(part.number(), part);
        });
        return parts;
    }

    private Part part(int number) {
        Part part = parts().get(number);
        if (part == null) {
            throw new AssertionError("no partition " + number + " among " + parts());
        }
        return part;
    }

    long offset(int number) {
        return part(number).start() * UNIT;
    }

    /** Content of a file of a partition's ext file system; empty for an empty or a missing one. */
    String cat(int number, String path) {
        return GuestDisk.run("debugfs", "-R", "cat " + path, file + "?offset=" + offset(number));
    }

    /** Names in a directory of a partition's ext file system, {@code .} and {@code ..} too. */
    List<String> list(int number, String path) {
        return GuestDisk.run("debugfs", "-R", "ls -p " + path, file + "?offset=" + offset(number))
                .lines()
                .filter(line -> line.startsWith("/"))
                .map(line -> line.split("/")[5])
                .toList();
    }

    /** Requires that e2fsck finds nothing in a partition and that the file system ends with it. */
    void requireClean(int number, Path scratch) throws IOException {
        long length = part(number).sectors() * UNIT;
        try (SparseFile from = SparseFile.openRead(file);
                SparseFile to = SparseFile.create(scratch, length)) {
            SparseCopy.copy(from, from.dataExtents(offset(number), length), to, -offset(number), done -> {});
        }
        GuestDisk.run("e2fsck", "-fn", scratch.toString());
        assertEquals(
                "partition " + number + " is as long as its file system",
                length,
                Long.parseLong(GuestDisk.shell(
                                "dumpe2fs -h \"$1\" 2>/dev/null"
                                        + " | awk '/^Block count:/ {n=$3} /^Block size:/ {s=$3} END {printf \"%d\", n*s}'",
                                scratch)
                        .strip()));
    }

    long size() throws IOException {
        return java.nio.file.Files.size(file);
    }

    Path file() {
        return file;
    }

    byte[] bytes(long offset, int length) throws IOException {
        try (SparseFile open = SparseFile.openRead(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            open.read(offset, buffer);
            return Arrays.copyOf(buffer.array(), length);
        }
    }
}
