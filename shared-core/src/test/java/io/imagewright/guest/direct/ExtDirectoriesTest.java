package io.imagewright.guest.direct;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.guest.GuestPath;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ExtDirectoriesTest {

    private static final int FILES = 3000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path fileSystem(String... options) throws IOException {
        Path content = folder.newFolder().toPath();
        Path many = Files.createDirectories(content.resolve("many"));
        for (int i = 0; i < FILES; i++) {
            Files.createFile(many.resolve("a file with quite a long name, number " + i));
        }
        Files.createFile(Files.createDirectories(content.resolve("few")).resolve("..."));
        Path file = folder.getRoot().toPath().resolve("fs" + options.length + String.join("", options));
        return ExtFixture.ext4(file, "200M", content, options);
    }

    private static ExtFileSystem open(Path file) {
        return ExtFileSystem.open(file, 0, "partition 1", false, ExtFixture.NOW);
    }

    private static List<String> names(List<ExtDirectories.Name> entries) {
        return entries.stream()
                .map(entry -> new String(entry.name().toArray(), StandardCharsets.UTF_8) + " " + entry.inode())
                .collect(Collectors.toList());
    }

    /** By our reading as by libext2fs. */
    private static void assertListed(Path file, int expected) {
        try (ExtFileSystem fs = open(file)) {
            ExtDirectories directories = fs.directories();
            for (String directory : List.of("many", "few")) {
                int inode = directories
                        .lookup(ExtFileSystem.ROOT, directory.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow();
                List<String> names = names(directories.entries(inode));
                assertEquals(file.toString(), names(directories.iterated(inode)), names);
                assertEquals(directory.equals("many") ? expected : 1, names.size());
            }
        }
    }

    @Test
    public void listsDirectoriesOfAllForms() throws IOException {
        assertListed(fileSystem(), FILES);
        assertListed(fileSystem("-b", "1024"), FILES);
        assertListed(fileSystem("-O", "^dir_index,^metadata_csum"), FILES);
        assertListed(fileSystem("-O", "^filetype"), FILES);
        assertListed(fileSystem("-O", "inline_data"), FILES);
        assertListed(fileSystem("-b", "65536"), FILES);
    }

    @Test
    public void leavesOutWhatIsDeleted_andWhatBelongsToAnIndex() throws IOException {
        Path file = fileSystem("-b", "1024");
        ExtFixture.run("e2fsck", "-fyD", file.toString()); // makes the index
        assertTrue(ExtFixture.run("debugfs", "-R", "htree_dump /many", file.toString())
                .contains("Root node dump"));
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < FILES; i += 3) {
            commands.add("rm \"/many/a file with quite a long name, number " + i + "\"");
        }
        Path script = folder.newFile().toPath();
        Files.write(script, commands);
        ExtFixture.run("debugfs", "-w", "-f", script.toString(), file.toString());
        assertListed(file, FILES - FILES / 3);
    }

    @Test
    public void damagedBlocksAreNotRead() {
        assertTrue(DirectoryBlock.read(block(1024, 12, "x"), name -> {}));
        for (int length : new int[] {0, 6, 1026, 2048}) {
            assertFalse("" + length, DirectoryBlock.read(block(length, 12, "x"), name -> {}));
        }
        assertFalse(DirectoryBlock.read(block(12, 12, "longer than its entry"), name -> {}));
        assertFalse(DirectoryBlock.read(new byte[1024], name -> {}));
        // what is left in the last bytes is no entry
        List<ExtDirectories.Name> names = new ArrayList<>();
        byte[] nearTheEnd = block(1016, 0, "");
        nearTheEnd[1016] = 7;
        nearTheEnd[1020] = 8;
        assertTrue(DirectoryBlock.read(nearTheEnd, names::add));
        assertEquals(List.of(), names);
    }

    private static byte[] block(int length, int inode, String name) {
        ByteBuffer block = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(inode).putShort((short) length).put((byte) name.length()).put((byte) 1);
        return block.put(name.getBytes(StandardCharsets.UTF_8)).array();
    }

    /** Writes a byte to the block of the directory {@code few}, and lists it. */
    private ImageException listedWith(int value, int at, String... options) throws IOException {
        Path file = fileSystem(options);
        String block =
                ExtFixture.run("debugfs", "-R", "bmap /few 0", file.toString()).strip();
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(Long.parseLong(block) * 4096 + at);
            raw.write(value);
        }
        try (ExtTree tree = new ExtTree(Map.of(GuestPath.ROOT, open(file)))) {
            return assertThrows(ImageException.class, () -> tree.children(GuestPath.of("/few")));
        }
    }

    @Test
    public void aDamagedDirectoryIsAnError() throws IOException {
        ImageException failure = listedWith(3, 4, "-O", "^metadata_csum", "-b", "4096");
        assertTrue(failure.getMessage(), failure.getMessage().contains("read directory "));
    }

    /** Sound to look at: another letter in the name. */
    @Test
    public void aDirectoryWithAWrongChecksumIsAnError() throws IOException {
        ImageException failure = listedWith('x', 24 + 8, "-O", "metadata_csum", "-b", "4096");
        assertTrue(failure.getMessage(), failure.getMessage().contains("read directory "));
    }

    /** As those that a guest encrypts have. */
    @Test
    public void aNameThatNoFileCanHave_isSaid() throws IOException {
        ImageException failure = listedWith('/', 24 + 8, "-O", "^metadata_csum", "-b", "4096");
        assertEquals(ImageException.Kind.SOURCE, failure.kind());
        assertTrue(failure.getMessage(), failure.getMessage().contains("the directory /few"));
    }
}
