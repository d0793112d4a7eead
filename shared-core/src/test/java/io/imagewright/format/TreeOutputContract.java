package io.imagewright.format;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.disk.DiskLayout;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What every format promises that holds the files of a guest. */
public abstract class TreeOutputContract extends OutputContract {

    /** Compares what was written with the tar that it was made of. */
    abstract void compare(Path written, Path expected) throws Exception;

    @Test
    public void holdsEverything() throws Exception {
        TestTree tree = full();
        WrittenOutput written = write(tree.layout(), "out", 2, "md5", "sha1", "sha256", "sha512");
        assertEquals(tree.layout().size(), written.virtualSize());
        assertTrue("stored " + written.storedSize(), written.storedSize() < 2 * MIB);
        givesTheDigestsOfTheRealTools(written);
        Path expected = tree.whole(path("expected.tar"));
        assertReadsAsMeant(expected);
        compare(written.path(), expected);
    }

    /** The test's own tar is what it should be: else all that compare with it prove nothing. */
    private void assertReadsAsMeant(Path tar) throws Exception {
        String listing = run(
                        "env",
                        "TZ=UTC",
                        "tar",
                        "--numeric-owner",
                        "--full-time",
                        "--xattrs",
                        "--xattrs-include=*",
                        "-tvvvf",
                        tar.toString())
                .replaceAll(" +", " ");
        for (String line : List.of(
                "-rwxr-xr-x* 0/0 4 2023-11-14 22:13:20 bin/ping",
                " x: 20 security.capability",
                "-rwsr-xr-x 0/0 5 2023-11-14 22:13:20 bin/su\n",
                "hrwsr-xr-x 0/0 0 2023-11-14 22:13:20 bin/sudo link to bin/su",
                "prw------- 0/0 0 2023-11-14 22:13:20 dev/initctl",
                "crw-rw-rw- 0/0 1,3 2023-11-14 22:13:20 dev/null",
                "-rw-r--r-- 3000000/0 3 2023-11-14 22:13:20 long/ddd",
                "names/link\\351 -> caf\\351",
                "-rw-r--r-- 0/0 9663676416 2023-11-14 22:13:20 sparse")) {
            assertTrue(line + " in\n" + listing, listing.contains(line));
        }
    }

    @Test
    public void holdsNothing_whenThereIsNothing() throws Exception {
        TestTree tree = tree().directory("./");
        WrittenOutput written = write(tree.layout(), "out", 2);
        compare(written.path(), tree.whole(path("expected.tar")));
        passesItsOwnCheck(written);
    }

    @Test
    public void givesTheSameBytes_onAnyNumberOfProcessorsAndAtAnyTime() throws Exception {
        TestTree tree = full().random("random", (int) (9 * MIB));
        for (int i = 0; i < 40; i++) {
            tree.file("text" + i, 0644, "some text ".repeat(5000 * i).getBytes(), java.util.Map.of());
        }
        Path first = write(tree.layout(), "out", 1).path();
        Path expected = Files.move(first, path("expected"));
        for (int threads : List.of(2, 5)) {
            Thread.sleep(1100);
            assertEquals(
                    -1,
                    Files.mismatch(
                            expected, write(tree.layout(), "out", threads).path()));
        }
    }

    @Test
    public void reportsAnError_whenTheHeadersAreCut() throws Exception {
        TestTree tree = full();
        for (long length : List.of(0L, 512L, Files.size(tree.headers()) / 2, Files.size(tree.headers()) - 1024)) {
            Path whole = path("whole");
            Files.copy(tree.headers(), whole);
            try (RandomAccessFile file = new RandomAccessFile(tree.headers().toFile(), "rw")) {
                file.setLength(length);
            }
            refused(tree.layout());
            Files.move(whole, tree.headers(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    public void reportsAnError_whenAHeaderIsChanged() throws Exception {
        TestTree tree = full();
        try (RandomAccessFile file = new RandomAccessFile(tree.headers().toFile(), "rw")) {
            file.seek(512 + 124);
            file.write('7');
        }
        refused(tree.layout());
    }

    @Test
    public void reportsAnError_whenAFileIsGone() throws Exception {
        TestTree tree = full();
        Files.delete(tree.contents());
        refused(tree.layout());
    }

    private void refused(DiskLayout layout) {
        ImageException error = assertThrows(ImageException.class, () -> write(layout, "out", 2, "md5"));
        assertEquals(error.getMessage(), Kind.ENVIRONMENT, error.kind());
        assertTrue(error.getMessage(), error.getMessage().contains("working copy"));
        assertFalse(Files.exists(target("out").path()));
    }

    @Override
    final DiskLayout random(int length) throws Exception {
        return tree().random("random", length).layout();
    }

    final TestTree tree() throws Exception {
        return new TestTree(folder.newFile().toPath(), folder.newFile().toPath());
    }

    final TestTree full() throws Exception {
        return TestTree.full(folder.newFile().toPath(), folder.newFile().toPath());
    }

    final Path path(String name) {
        return folder.getRoot().toPath().resolve(name);
    }
}
