package io.imagewright.target.directory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.target.Publication.Outcome;
import io.imagewright.target.PublishFile;
import io.imagewright.target.PublishImage;
import io.imagewright.target.Publisher;
import io.imagewright.target.PublisherContract;
import org.junit.Before;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class DirectoryPublisherTest extends PublisherContract {

    private Path root;

    @Before
    public void chooseRoot() throws IOException {
        root = folder.newFolder().toPath().resolve("store");
    }

    @Override
    protected Publisher publisher(int keep) {
        return new DirectoryPublisher(root, keep);
    }

    @Override
    protected Publisher killedAt(int change, int keep) {
        AtomicInteger left = new AtomicInteger(change);
        return new DirectoryPublisher(root, keep, new StoreFiles(() -> {
            if (left.getAndDecrement() <= 0) {
                throw new Killed();
            }
        }));
    }

    @Override
    protected void damage(String name, String version, String file) throws IOException {
        Path damaged = root.resolve(name).resolve(version).resolve(file);
        try (RandomAccessFile bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
            // an empty file has no byte to change
            bytes.write('!');
        }
    }

    @Override
    protected void assertClean(String when) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            assertEquals(
                    when,
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("."))
                            .filter(file ->
                                    !file.endsWith(StoreLock.FILE_NAME) && !file.endsWith(PublicationFile.FILE_NAME))
                            .toList());
        }
    }

    @Test
    public void theLayoutIsOneDirectoryForEachVersion() throws IOException {
        publish(publisher(ALL), image("1.0", "first"));
        publish(publisher(ALL), image("1.1", "second"));
        Path latest = root.resolve("web/latest");
        assertEquals(Path.of("1.1"), Files.readSymbolicLink(latest));
        assertTrue(Files.isRegularFile(root.resolve("web/1.0/web.raw")));
        assertTrue(Files.isRegularFile(latest.resolve("web.json")));
    }

    @Test
    public void holesStayHolesAndTheSourceIsNeverShared() throws IOException {
        PublishImage image = image("1.0", "first");
        publish(publisher(ALL), image);
        Path fetched = fetch(publisher(ALL), null);
        for (Path raw : List.of(root.resolve("web/1.0/web.raw"), fetched.resolve("web.raw"))) {
            assertEquals(4 << 20, Files.size(raw));
            assertEquals("a file of its own", 1, Files.getAttribute(raw, "unix:nlink"));
            assertTrue("has holes", allocated(raw) < 1 << 20);
        }
    }

    /** Bytes, by du(1). */
    private static long allocated(Path file) throws IOException {
        Process du = new ProcessBuilder("du", "-B1", file.toString()).start();
        return Long.parseLong(
                new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split("\t")[0]);
    }

    @Test
    public void whatOthersPutThereIsNotTouched() throws IOException {
        Path name = Files.createDirectories(root.resolve("web"));
        Path theirs = Files.createDirectory(name.resolve("2.0"));
        Files.writeString(theirs.resolve("notes"), "theirs");
        Path hidden = Files.createDirectory(name.resolve(".git"));
        ImageException refused =
                assertThrows(ImageException.class, () -> publisher(1).publish(image("2.0", "x"), true, step()));
        assertTrue(refused.getMessage(), refused.getMessage().contains(theirs.toString()));
        for (String version : List.of("1.0", "1.1", "1.2")) {
            publish(publisher(1), image(version, version));
        }
        assertEquals("theirs", Files.readString(theirs.resolve("notes")));
        assertTrue(Files.isDirectory(hidden));
        assertEquals(List.of("1.2"), publisher(1).versions("web"));
        assertThrows(ImageException.class, () -> fetch(publisher(ALL), "2.0"));
    }

    @Test
    public void leftoversOfAKilledRunAreSetRightByTheNext() throws IOException {
        publish(publisher(ALL), image("1.0", "first"));
        Path name = root.resolve("web");
        Files.move(name.resolve("1.0"), name.resolve(".replaced-1.0"));
        Files.writeString(Files.createDirectory(name.resolve(".version-killed")).resolve("web.raw"), "half");
        Files.createSymbolicLink(name.resolve(".latest-killed"), Path.of("1.1"));
        Files.createDirectory(name.resolve(".theirs"));
        publish(publisher(ALL), image("1.1", "second"));
        assertEquals(List.of("1.1", "1.0"), publisher(ALL).versions("web"));
        Files.delete(name.resolve(".theirs"));
        assertClean("after a killed run");
    }

    @Test
    public void whatLatestNamesIsNeverRemoved() throws IOException {
        for (String version : List.of("1", "2", "3")) {
            publish(publisher(ALL), image(version, version));
        }
        Files.delete(root.resolve("web/latest"));
        Files.createSymbolicLink(root.resolve("web/latest"), Path.of("1"));
        assertEquals(List.of("2"), publisher(1).prune("web"));
        assertEquals(List.of("3", "1"), publisher(1).versions("web"));
    }

    @Test
    public void somethingElseThatIsCalledLatestStays() throws IOException {
        Path theirs = Files.createDirectories(root.resolve("web/latest"));
        assertThrows(ImageException.class, () -> publish(publisher(ALL), image("1.0", "first")));
        assertTrue(Files.isDirectory(theirs, LinkOption.NOFOLLOW_LINKS));
        assertFalse(Files.exists(root.resolve("web/1.0")));
    }

    /** Links at each level of a store that somebody else can write to; none leads out. */
    @Test
    public void linksOutOfTheStoreAreNotFollowed() throws IOException {
        Path outside = folder.newFolder().toPath();
        PublishImage image = image("1.0", "first");
        publish(publisher(ALL), image);
        Path moved = outside.resolve("1.0");
        Files.move(root.resolve("web/1.0"), moved);
        Files.createSymbolicLink(root.resolve("web/1.0"), moved);
        assertEquals("a version", List.of(), publisher(1).versions("web"));
        assertThrows(ImageException.class, () -> fetch(publisher(ALL), null));
        assertThrows(ImageException.class, () -> publisher(1).publish(image("1.0", "x"), true, step()));
        publish(publisher(1), image("1.1", "second"));
        assertTrue("a version", Files.exists(moved.resolve("web.raw")));

        Path raw = root.resolve("web/1.1/web.raw");
        Files.move(raw, outside.resolve("raw"));
        Files.createSymbolicLink(raw, outside.resolve("raw"));
        ImageException file = assertThrows(ImageException.class, () -> fetch(publisher(ALL), "1.1"));
        assertTrue(file.getMessage(), file.getMessage().contains("web.raw"));

        Files.createSymbolicLink(root.resolve("db"), outside);
        PublishImage db = new PublishImage("db", "1", image.files());
        assertThrows("an image", ImageException.class, () -> publish(publisher(ALL), db));
        assertThrows("an image", ImageException.class, () -> publisher(ALL).prune("db"));
        assertFalse(Files.exists(outside.resolve("1")));

        Files.delete(root.resolve("web/latest"));
        Files.createSymbolicLink(root.resolve("web/latest"), moved);
        assertThrows("the latest", ImageException.class, () -> fetch(publisher(ALL), null));

        Path target = Files.writeString(outside.resolve("lock"), "");
        Files.delete(root.resolve("web/.lock"));
        Files.createSymbolicLink(root.resolve("web/.lock"), target);
        assertThrows("the lock", IOException.class, () -> publish(publisher(ALL), image("1.2", "third")));
    }

    /** A record that names files elsewhere, or another version, is none. */
    @Test
    public void hostileRecordsAreRefused() throws IOException {
        publish(publisher(ALL), image("1.0", "first"));
        Path file = root.resolve("web/1.0").resolve(PublicationFile.FILE_NAME);
        String record = Files.readString(file);
        Path secret = Files.writeString(root.resolve("secret"), "secret");
        for (String hostile : List.of(
                record.replace("web.json", "../../secret"),
                record.replace("web.json", secret.toString()),
                record.replace("web.json", "web.raw"),
                record.replace("\"1.0\"", "\"1.1\""),
                record.replace("image-publication/v1", "image-publication/v9"),
                record.replaceFirst("\"size\": [0-9]+", "\"size\": -1"),
                record.replaceFirst("\"sha256\": \"..", "\"sha256\": \"zz"),
                record.replace("\"files\"", "\"other\""),
                "null",
                "[]",
                "[".repeat(100_000),
                "")) {
            assertFalse(hostile.equals(record));
            Files.writeString(file, hostile);
            assertEquals(List.of(), publisher(ALL).versions("web"));
            assertThrows(ImageException.class, () -> fetch(publisher(ALL), "1.0"));
            assertEquals(List.of(), publisher(1).prune("web"));
        }
        Files.writeString(file, record);
        assertEquals(List.of("1.0"), publisher(ALL).versions("web"));
    }

    @Test
    public void aMissingFileIsSeenAndReplaced() throws IOException {
        PublishImage image = image("1.0", "first");
        publish(publisher(ALL), image);
        Files.delete(root.resolve("web/1.0/web.qcow2"));
        ImageException refused = assertThrows(ImageException.class, () -> publish(publisher(ALL), image));
        assertTrue(refused.getMessage(), refused.getMessage().contains("web.qcow2"));
        assertEquals(
                Outcome.REPLACED, publisher(ALL).publish(image, true, step()).outcome());
        assertWhole(image, fetch(publisher(ALL), null));
    }

    @Test
    public void sourcesStayAsTheyAre() throws IOException {
        PublishImage image = image("1.0", "first");
        for (PublishFile file : image.files()) {
            assertTrue(file.path().toFile().setReadOnly());
        }
        publish(publisher(ALL), image);
        damage("web", "1.0", "web.raw");
        Publisher other = new DirectoryPublisher(folder.newFolder().toPath(), ALL);
        assertEquals(
                "sources are whole", Outcome.PUBLISHED, publish(other, image).outcome());
    }

    /** Two programs that publish at the same time: one waits for the other. */
    @Test
    public void oneWriterAtATime() throws Exception {
        Files.createDirectories(root.resolve("web"));
        StoreLock held = StoreLock.take(root.resolve("web"), () -> {});
        PublishImage image = image("1.0", "first");
        Thread second = new Thread(() -> {
            try {
                publish(publisher(ALL), image);
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        });
        second.start();
        second.join(600);
        assertTrue(second.isAlive());
        assertEquals(List.of(), publisher(ALL).versions("web"));
        held.close();
        second.join(20_000);
        assertEquals(List.of("1.0"), publisher(ALL).versions("web"));
    }
}
