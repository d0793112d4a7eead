package io.imagewright.format;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;

import static org.junit.Assert.assertArrayEquals;

/** {@code vhd} of a fixed size: as qemu-img writes it, but for its id and its time. */
public class VhdFixedOutputTest extends OutputWriterContract {

    @Override
    String format() {
        return "vhd";
    }

    @Override
    String qemuFormat() {
        return "vpc";
    }

    @Override
    Map<String, String> options() {
        return Map.of("subformat", "fixed");
    }

    @Override
    void check(Path file) throws Exception {
        Path raw = folder.newFile().toPath();
        Path theirs = folder.getRoot().toPath().resolve("theirs.vhd");
        try (SeekableByteChannel channel = Files.newByteChannel(raw, StandardOpenOption.WRITE)) {
            channel.position(Files.size(file) - VhdOutputFooter.SIZE - 1).write(ByteBuffer.allocate(1));
        }
        Tools.run(
                folder.getRoot().toPath(),
                "qemu-img",
                "convert",
                "-f",
                "raw",
                "-O",
                "vpc",
                "-o",
                "subformat=fixed,force_size=on",
                raw.toString(),
                theirs.toString());
        UUID id = UUID.nameUUIDFromBytes(new byte[1]);
        assertArrayEquals(VhdOutputFooter.pinned(footer(theirs), id), VhdOutputFooter.pinned(footer(file), id));
        assertArrayEquals(
                "the sum is right",
                footer(file),
                VhdOutputFooter.pinned(footer(file), ConvertedFormat.id(String.valueOf(file.getFileName()))));
    }

    private static byte[] footer(Path file) throws Exception {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer footer = ByteBuffer.allocate(VhdOutputFooter.SIZE);
            channel.position(Files.size(file) - VhdOutputFooter.SIZE).read(footer);
            return footer.array();
        }
    }
}
