package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** What qcow2 promises with each compression. */
public abstract class Qcow2OutputContract extends OutputWriterContract {

    abstract String compression();

    /** Lines of what qemu-img prints. */
    String[] expectedInfo() {
        return new String[] {"compat: 1.1", "cluster_size: 65536"};
    }

    @Override
    String format() {
        return "qcow2";
    }

    @Override
    Map<String, String> options() {
        return Map.of("compression", compression());
    }

    @Override
    String qemuFormat() {
        return "qcow2";
    }

    @Override
    void check(Path file) throws Exception {
        String found = Tools.run(folder.getRoot().toPath(), "qemu-img", "check", "-f", "qcow2", file.toString());
        assertTrue(found, found.contains("No errors were found on the image."));
    }

    @Test
    public void readsBackIdentical_100GiBWithDataHereAndThere() throws Exception {
        TestDisk disk = disk(100 * 1024 * MIB);
        for (long offset = 0; offset < 100 * 1024 * MIB; offset += 7 * 1024 * MIB) {
            disk.text(offset + 12345, 100_000).random(offset + 3 * MIB, 70_000);
        }
        roundTrip(disk);
    }

    @Test
    public void countsWholeSectors_whenTheDiskEndsInsideOne() throws Exception {
        TestDisk disk = disk(1000).text(0, 1000);
        WrittenOutput written = write(disk, "out", 2);
        assertEquals(1024, written.virtualSize());
        check(written.path());
        Path back = folder.getRoot().toPath().resolve("back");
        Tools.run(
                folder.getRoot().toPath(),
                "qemu-img",
                "convert",
                "-O",
                "raw",
                written.path().toString(),
                back.toString());
        assertEquals(-1, Files.mismatch(paddedTo1024(disk.file()), back));
    }

    @Test
    public void recordsTheCompressionTypeForQemu() throws Exception {
        WrittenOutput written = roundTrip(disk(MIB).text(0, 100_000));
        String info = Tools.run(
                folder.getRoot().toPath(), "qemu-img", "info", written.path().toString());
        assertTrue(info, info.contains("compression type: " + (compression().equals("zstd") ? "zstd" : "zlib")));
        assertTrue(info, info.contains("refcount bits: 16"));
        List<String> lines = info.lines().map(String::strip).toList();
        assertTrue(info, lines.containsAll(List.of(expectedInfo())));
        assertEquals(Files.size(written.path()), written.storedSize());
    }

    private Path paddedTo1024(Path file) throws Exception {
        return Files.write(folder.newFile().toPath(), java.util.Arrays.copyOf(Files.readAllBytes(file), 1024));
    }
}
