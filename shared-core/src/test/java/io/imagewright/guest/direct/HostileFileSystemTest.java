package io.imagewright.guest.direct;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** File systems made to keep their reader busy for ever. */
public class HostileFileSystemTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final ExtTools engine = new ExtTools(ExtFixture.EXEC, ExtFixture.NOW);
    private Path content;

    @Before
    public void makeContent() throws IOException {
        content = folder.newFolder("content").toPath();
        Files.createDirectories(content.resolve("a/b"));
    }

    private Path fileSystem(String... debugfs) throws IOException {
        Path file = ExtFixture.ext4(folder.getRoot().toPath().resolve("fs"), "64M", content, "-O", "^metadata_csum");
        for (String command : debugfs) {
            ExtFixture.run("debugfs", "-w", "-R", command, file.toString());
        }
        return file;
    }

    @Test(timeout = 20_000)
    public void journalOfAnImpossibleLength_isReadToTheEndOfTheFileSystem() throws IOException {
        Path file = fileSystem("set_inode_field <8> size 0x7ffffffffffff000");
        assertFalse(engine.usedExtents(ExtFixture.volume(file)).orElseThrow().isEmpty());
    }

    @Test(timeout = 20_000)
    public void directoryLinkedTwiceIntoItself_isRefused() throws IOException {
        Path file = fileSystem("ln /a /a/b/x", "ln /a /a/b/y");
        try (Guest guest = engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), false)) {
            ImageException failure = assertThrows(ImageException.class, () -> guest.walk(GuestPath.ROOT));
            assertEquals(ImageException.Kind.SOURCE, failure.kind());
            assertTrue(failure.getMessage(), failure.getMessage().contains("/a/b/x has another name"));
        }
    }

    @Test
    public void moreBlocksThanAreServed_isSaid() throws IOException {
        Path file = fileSystem();
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(1024 + 4);
            raw.writeInt(Integer.reverseBytes((1 << 30) + 1));
        }
        ImageException failure = assertThrows(ImageException.class, () -> engine.usedExtents(ExtFixture.volume(file)));
        assertEquals(ImageException.Kind.UNSUPPORTED, failure.kind());
        assertTrue(
                failure.getMessage(),
                failure.getMessage().contains("it has 1073741825 blocks; up to 1073741824 are served"));
    }
}
