package io.imagewright.guest.direct;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ExtToolsTest {

    private static final String MARKER = "STALE-MARKER-7d1f";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final ExtTools engine = new ExtTools(ExtFixture.EXEC, ExtFixture.NOW);
    private Path content;

    @Before
    public void makeContent() throws IOException {
        content = folder.newFolder("content").toPath();
        Files.createDirectories(content.resolve("etc"));
        Files.writeString(content.resolve("etc/fstab"), "UUID=1 / ext4 defaults 0 1\n");
        byte[] noise = new byte[3 << 20];
        new Random(5).nextBytes(noise);
        Files.write(content.resolve("noise"), noise);
        Files.createDirectories(content.resolve("many"));
        for (int i = 0; i < 500; i++) {
            Files.writeString(content.resolve("many/" + MARKER + "-" + i), MARKER);
        }
    }

    @Test
    public void shrink_leavesLittleFreeAndCleanAndKeepsContent() throws IOException {
        Path file = ExtFixture.ext4(folder.getRoot().toPath().resolve("fs"), "2G", content);
        byte[] before = Files.readAllBytes(content.resolve("noise"));

        engine.settle(file, "partition 1", false);
        long size = engine.shrink(
                file, "partition 1", 8 << 20, folder.getRoot().toPath().resolve("scratch"));
        engine.finish(file, "partition 1");

        assertEquals(size, Files.size(file));
        Superblock after = Superblock.read(file, 0, "partition 1");
        assertTrue("journal is back", after.hasJournal());
        long free = after.freeBlocks() * after.blockSize();
        assertTrue("free " + free, free >= 8 << 20 && free < (8 << 20) + size / 20);
        ExtFixture.run("e2fsck", "-fn", file.toString());
        try (Guest guest = engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), false)) {
            GuestPath noise = GuestPath.of("/noise");
            assertArrayEquals(
                    before, guest.read(List.of(noise), 4 << 20).get(noise).toArray());
        }
    }

    @Test
    public void finish_leavesNothingOfRemovedFilesTheirNamesLinksAndAttributes() throws IOException {
        Path file = ExtFixture.ext4(folder.getRoot().toPath().resolve("fs"), "256M", content);
        engine.settle(file, "partition 1", false);
        try (Guest guest = engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), true)) {
            GuestPath link = GuestPath.of("/many/link");
            GuestPath file2 = GuestPath.of("/attributed");
            guest.apply(List.of(
                    new Change.SymbolicLink(link, MARKER),
                    Change.Write.of(file2, Bytes.of("x")),
                    new Change.SetXattr(file2, "user.secret", Bytes.of(MARKER))));
        }
        assertTrue("the marker is there before", holdsMarker(file));

        try (Guest guest = engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), true)) {
            guest.apply(List.of(
                    new Change.DeleteTree(GuestPath.of("/many")), new Change.Delete(GuestPath.of("/attributed"))));
        }
        engine.rewriteDirectories(file, "partition 1");
        engine.finish(file, "partition 1");

        assertTrue("the marker is gone", !holdsMarker(file));
    }

    @Test
    public void usedExtents_areASmallPartOfAMostlyEmptyFileSystem() throws IOException {
        Path file = ExtFixture.ext4(folder.getRoot().toPath().resolve("fs"), "1G", content);
        long used = engine.usedExtents(ExtFixture.volume(file)).orElseThrow().stream()
                .mapToLong(extent -> extent.length())
                .sum();
        assertTrue("used " + used, used > 3 << 20 && used < 16 << 20);
    }

    @Test
    public void prepare_refusesErrorsWithTheFindings_andRepairsWhenAsked() throws IOException {
        Path file = ExtFixture.ext4(folder.getRoot().toPath().resolve("fs"), "64M", content);
        ExtFixture.run("debugfs", "-w", "-R", "clri /etc", file.toString());
        ImageException refused =
                assertThrows(ImageException.class, () -> engine.settle(file, "partition 1 (ext4)", false));
        assertTrue(refused.getMessage(), refused.getMessage().contains("e2fsck found: "));
        assertTrue(refused.getMessage(), refused.getMessage().contains("repair: true"));
        engine.settle(file, "partition 1 (ext4)", true);
    }

    @Test
    public void corruptSuperblockAndUnknownFeatures_areClearErrors() throws IOException {
        Path file = ExtFixture.ext4(folder.getRoot().toPath().resolve("fs"), "64M", content);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(1024 + 96);
            int incompat = Integer.reverseBytes(raw.readInt());
            raw.seek(1024 + 96);
            raw.writeInt(Integer.reverseBytes(incompat | 0x40000000));
        }
        ImageException unknown = assertThrows(ImageException.class, () -> engine.usedExtents(ExtFixture.volume(file)));
        assertTrue(unknown.getMessage(), unknown.getMessage().contains("a feature that is not known"));
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(1024 + 56);
            raw.writeShort(0);
        }
        ImageException noMagic = assertThrows(ImageException.class, () -> engine.usedExtents(ExtFixture.volume(file)));
        assertTrue(noMagic.getMessage(), noMagic.getMessage().contains("magic number"));
    }

    @Test
    public void sameInput_givesTheSameBytes() throws IOException {
        Path one = ExtFixture.ext4(folder.getRoot().toPath().resolve("one"), "512M", content);
        Path two = folder.getRoot().toPath().resolve("two");
        Files.copy(one, two);
        for (Path file : List.of(one, two)) {
            engine.settle(file, "partition 1", false);
            try (Guest guest = engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), true)) {
                guest.apply(List.of(
                        new Change.DeleteTree(GuestPath.of("/many")),
                        Change.Write.of(GuestPath.of("/etc/new"), Bytes.of("new\n")),
                        new Change.MakeDirectory(GuestPath.of("/etc/dir"), 0755, 0, 0)));
            }
            engine.shrink(
                    file, "partition 1", 1 << 20, folder.getRoot().toPath().resolve("scratch"));
            engine.finish(file, "partition 1");
        }
        assertEquals(-1, Files.mismatch(one, two));
    }

    @Test
    public void setUuid_leavesNoTraceOfTheOldOne_andAllElseAsItWas() throws IOException {
        String old = "0a3407de-014b-458b-b5c1-848e92a327a3";
        String wanted = "6ba7b810-9dad-51d1-80b4-00c04fd430c8";
        List<List<String>> kinds = List.of(
                List.of("-J", "size=5"), // another than mke2fs would choose
                List.of("-O", "^has_journal"),
                List.of("-O", "^metadata_csum"),
                List.of("-O", "^metadata_csum,uninit_bg"),
                List.of("-O", "metadata_csum_seed"));
        for (List<String> kind : kinds) {
            List<String> options = new java.util.ArrayList<>(List.of("-U", old));
            options.addAll(kind);
            Path one = ExtFixture.ext4(
                    folder.newFolder().toPath().resolve("one"), "96M", content, options.toArray(String[]::new));
            Superblock before = Superblock.read(one, 0, "partition 1");
            String seed = ExtFixture.run("dumpe2fs", "-h", one.toString())
                    .lines()
                    .filter(line -> line.startsWith("Directory Hash Seed"))
                    .findFirst()
                    .orElseThrow();
            // mounted after the time that the build pins
            ExtFixture.run("debugfs", "-w", "-R", "set_super_value mtime @1700000000", one.toString());
            if (before.hasJournal()) {
                // as the kernel makes it, which sums it up
                Path script = one.resolveSibling("script");
                Files.writeString(script, "journal_open -c -v 3\njournal_write -b 20000 /dev/null\njournal_close\n");
                ExtFixture.run("debugfs", "-w", "-f", script.toString(), one.toString());
                assertTrue(ExtFixture.run("debugfs", "-R", "logdump -S", one.toString())
                        .contains("journal_checksum"));
            }
            Path two = one.resolveSibling("two");
            Files.copy(one, two);
            for (Path file : List.of(one, two)) {
                engine.settle(file, "partition 1", false);
                engine.rewriteDirectories(file, "partition 1");
                engine.setUuid(file, "partition 1", wanted);
                engine.finish(file, "partition 1");
            }
            assertEquals(kind.toString(), -1, Files.mismatch(one, two));
            String header = ExtFixture.run("dumpe2fs", "-h", one.toString());
            assertTrue(header, header.contains("Filesystem UUID:          " + wanted));
            assertTrue(header, header.contains(seed));
            Superblock after = Superblock.read(one, 0, "partition 1");
            assertEquals(kind.toString(), before.compat(), after.compat());
            String bytes = new String(Files.readAllBytes(one), java.nio.charset.StandardCharsets.ISO_8859_1);
            String raw = new String(
                    java.util.HexFormat.of().parseHex(old.replace("-", "")),
                    java.nio.charset.StandardCharsets.ISO_8859_1);
            assertEquals(kind + " still has the old one", -1, bytes.indexOf(raw));
            try (Guest guest = engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(one)), false)) {
                GuestPath noise = GuestPath.of("/noise");
                assertArrayEquals(
                        Files.readAllBytes(content.resolve("noise")),
                        guest.read(List.of(noise), 4 << 20).get(noise).toArray());
                assertEquals(500, guest.list(GuestPath.of("/many")).size());
            }
        }
    }

    @Test
    public void setUuid_isRefusedWhereFilesAreEncryptedByIt() throws IOException {
        Path file =
                ExtFixture.ext4(folder.getRoot().toPath().resolve("fs"), "32M", content, "-O", "encrypt,stable_inodes");
        ImageException refused = assertThrows(
                ImageException.class,
                () -> engine.setUuid(file, "partition 1", "6ba7b810-9dad-51d1-80b4-00c04fd430c8"));
        assertTrue(refused.getMessage(), refused.getMessage().contains("stable_inodes"));
        assertTrue(refused.getMessage(), refused.getMessage().contains("fs-uuids"));
    }

    private static boolean holdsMarker(Path file) {
        return ExtFixture.attempt("grep", "-qaF", MARKER, file.toString()).exitCode() == 0;
    }
}
