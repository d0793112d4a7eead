package io.imagewright.target;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.FileDigest;
import io.imagewright.error.ImageException;
import io.imagewright.progress.Steps;
import io.imagewright.target.Publication.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What every store does. One store for each test; all publishers of a test work on it. */
public abstract class PublisherContract {

    /** Keeps all versions. */
    protected static final int ALL = Integer.MAX_VALUE;

    private static final String NAME = "web";

    /** In memory where there is such a place, as hundreds of syncs take long on a disk that others use. */
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder(memory());

    private static @Nullable File memory() {
        File memory = new File("/dev/shm");
        return memory.isDirectory() && memory.canWrite() ? memory : null;
    }

    /** @param keep versions of an image that stay */
    protected abstract Publisher publisher(int keep) throws IOException;

    /**
     * One that ends as a killed program does: at this change of the store, and with nothing done after it.
     *
     * @param change from 0
     */
    protected abstract Publisher killedAt(int change, int keep) throws IOException;

    /** Changes bytes of this file in the store, but not their number, where that is possible. */
    protected abstract void damage(String name, String version, String file) throws IOException;

    /** Ends a {@link #killedAt publisher}. */
    protected static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        /** At the point where it is thrown. */
        public Killed() {}
    }

    @Test
    public void aVersionIsFetchedAsItWasPublished() throws IOException {
        PublishImage image = image("1.0", "first");
        Publication done = publish(publisher(ALL), image);
        assertEquals(Outcome.PUBLISHED, done.outcome());
        assertEquals(image.files().stream().map(PublishFile::name).toList(), done.files());
        assertEquals(image.size(), done.bytes());
        assertWhole(image, fetch(publisher(ALL), "1.0"));
        assertWhole(image, fetch(publisher(ALL), null));
        assertEquals(List.of("1.0"), publisher(ALL).versions(NAME));
    }

    @Test
    public void aPlanIsWhatIsDoneAndChangesNothing() throws IOException {
        PublishImage first = image("1.0", "first");
        Publication planned = publisher(1).plan(first, false);
        assertEquals(List.of(), publisher(1).versions(NAME));
        assertEquals(planned, publish(publisher(1), first));
        PublishImage second = image("1.1", "second");
        Publication next = publisher(1).plan(second, false);
        assertEquals(List.of("1.0"), next.pruned());
        assertEquals(List.of("1.0"), publisher(1).versions(NAME));
        assertEquals(next, publish(publisher(1), second));
        assertEquals(List.of("1.1"), publisher(1).versions(NAME));
    }

    @Test
    public void theSameTwiceSendsNothing() throws IOException {
        PublishImage image = image("1.0", "first");
        publish(publisher(ALL), image);
        Publication again = publish(publisher(ALL), image);
        assertEquals(new Publication(Outcome.UNCHANGED, List.of(), 0, List.of()), again);
        assertEquals(again, publisher(ALL).plan(image, true));
        assertWhole(image, fetch(publisher(ALL), null));
    }

    @Test
    public void otherContentOfAVersionIsRefusedUnlessForced() throws IOException {
        PublishImage first = image("1.0", "first");
        PublishImage other = image("1.0", "other");
        publish(publisher(ALL), first);
        ImageException refused = assertThrows(ImageException.class, () -> publish(publisher(ALL), other));
        assertTrue(
                refused.getMessage(),
                refused.getMessage().contains("web 1.0")
                        && refused.next().toString().contains("force"));
        assertThrows(ImageException.class, () -> publisher(ALL).plan(other, false));
        assertWhole(first, fetch(publisher(ALL), "1.0"));
        assertEquals(Outcome.REPLACED, publisher(ALL).plan(other, true).outcome());
        assertEquals(
                Outcome.REPLACED, publisher(ALL).publish(other, true, step()).outcome());
        assertWhole(other, fetch(publisher(ALL), "1.0"));
        assertEquals(List.of("1.0"), publisher(ALL).versions(NAME));
    }

    @Test
    public void latestIsWhatWasPublishedLast() throws IOException {
        PublishImage nine = image("1.9", "nine");
        PublishImage ten = image("1.10", "ten");
        PublishImage patch = image("1.8.1", "patch");
        for (PublishImage image : List.of(nine, ten, patch)) {
            publish(publisher(ALL), image);
            assertWhole(image, fetch(publisher(ALL), null));
        }
        assertEquals(List.of("1.8.1", "1.10", "1.9"), publisher(ALL).versions(NAME));
        publish(publisher(ALL), nine);
        assertWhole("an old version that is there already stays old", patch, fetch(publisher(ALL), null));
    }

    @Test
    public void onlyTheNewestVersionsStay() throws IOException {
        for (String version : List.of("3", "1", "2", "4")) {
            publish(publisher(ALL), image(version, version));
        }
        assertEquals(List.of(), publisher(4).prunable(NAME));
        assertEquals(List.of("3", "1"), publisher(2).prunable(NAME));
        assertEquals(List.of("4", "2", "1", "3"), publisher(2).versions(NAME));
        assertEquals(List.of("3", "1"), publisher(2).prune(NAME));
        assertEquals(List.of("4", "2"), publisher(2).versions(NAME));
        assertEquals(List.of(), publisher(2).prune(NAME));
        Publication fifth = publish(publisher(2), image("5", "5"));
        assertEquals(List.of("2"), fifth.pruned());
        assertEquals(List.of("5", "4"), publisher(2).versions(NAME));
        assertEquals(List.of(), publisher(2).prune("other"));
    }

    @Test
    public void imagesDoNotTouchEachOther() throws IOException {
        PublishImage web = image("1.0", "web");
        PublishImage db = new PublishImage("db", "1.0", web.files());
        publish(publisher(1), web);
        publish(publisher(1), db);
        publish(publisher(1), new PublishImage("db", "1.1", web.files()));
        assertEquals(List.of("1.1"), publisher(1).versions("db"));
        assertEquals(List.of("1.0"), publisher(1).versions(NAME));
    }

    @Test
    public void aKillAtAnyPointLeavesWholeVersionsAlone() throws IOException {
        PublishImage old = fewFiles("1.0", "old");
        PublishImage replaced = fewFiles("1.1", "replaced");
        publish(publisher(ALL), old);
        int change = 0;
        boolean isKilled = true;
        while (isKilled) {
            publisher(ALL).publish(replaced, true, step());
            PublishImage next = fewFiles("1.1", "change " + change);
            try {
                killedAt(change, 1).publish(next, true, step());
                isKilled = false;
            } catch (Killed killed) {
                assertEquals("all stay", List.of(), publisher(ALL).prune(NAME));
                assertTrue(
                        "killed at change " + change,
                        publisher(ALL).versions(NAME).contains("1.1"));
                for (String version : publisher(ALL).versions(NAME)) {
                    Path fetched = fetch(publisher(ALL), version);
                    if (version.equals("1.1")) {
                        boolean isNew =
                                Files.readString(fetched.resolve("web.json")).contains("change " + change);
                        assertWhole("killed at change " + change, isNew ? next : replaced, fetched);
                    } else {
                        assertWhole(old, fetched);
                    }
                }
            }
            String after = "after a kill at change " + change;
            publisher(1).publish(next, true, step());
            assertEquals(after, List.of("1.1"), publisher(ALL).versions(NAME));
            assertWhole(after, next, fetch(publisher(ALL), null));
            assertClean(after);
            publish(publisher(ALL), old);
            change++;
        }
        assertTrue("looked at " + change + " points", change > 12);
    }

    private PublishImage fewFiles(String version, String content) throws IOException {
        List<PublishFile> files = image(version, content).files();
        return new PublishImage(NAME, version, List.of(files.get(0), files.get(files.size() - 1)));
    }

    /** Verifies that nothing unfinished is in the store. */
    protected abstract void assertClean(String when) throws IOException;

    @Test
    public void damageInTheStoreIsFound() throws IOException {
        PublishImage image = image("1.0", "first");
        for (PublishFile file : image.files()) {
            publisher(ALL).publish(image, true, step());
            damage(NAME, "1.0", file.name());
            ImageException found = assertThrows(ImageException.class, () -> fetch(publisher(ALL), "1.0"));
            assertTrue(found.getMessage(), found.getMessage().contains(file.name()));
            assertEquals(ImageException.Kind.SOURCE, found.kind());
            publisher(ALL).publish(image("1.0", "between"), true, step());
        }
    }

    @Test
    public void anImageThatIsNotWhatWasBuiltIsNotPublished() throws IOException {
        PublishImage image = image("1.0", "first");
        try (RandomAccessFile file =
                new RandomAccessFile(image.files().get(0).path().toFile(), "rw")) {
            file.write('!');
        }
        ImageException refused = assertThrows(ImageException.class, () -> publish(publisher(ALL), image));
        assertTrue(refused.getMessage(), refused.getMessage().contains("web.raw"));
        assertEquals(List.of(), publisher(ALL).versions(NAME));
        assertClean("after a refusal");
    }

    @Test
    public void hostileNamesAreRefused() throws IOException {
        PublishImage good = image("1.0", "first");
        publish(publisher(ALL), good);
        Path out = folder.newFolder().toPath();
        List<String> names = List.of(
                "..", ".", "", "../web", "a/b", "/etc", "-rf", ".hidden", "a\0b", "a\nb", "web\u202e", "x".repeat(256));
        for (String hostile : names) {
            assertThrows(hostile, ImageException.class, () -> new PublishImage(hostile, "1", good.files()));
            assertThrows(hostile, ImageException.class, () -> new PublishImage(NAME, hostile, good.files()));
            PublishFile file = good.files().get(0);
            assertThrows(
                    hostile,
                    ImageException.class,
                    () -> new PublishFile(hostile, file.path(), file.size(), file.digests()));
            assertThrows(hostile, ImageException.class, () -> publisher(ALL).fetch(hostile, null, out, step()));
            assertThrows(hostile, ImageException.class, () -> publisher(ALL).fetch(NAME, hostile, out, step()));
            assertThrows(hostile, ImageException.class, () -> publisher(ALL).versions(hostile));
            assertThrows(hostile, ImageException.class, () -> publisher(ALL).prune(hostile));
        }
        assertThrows(ImageException.class, () -> new PublishImage(NAME, "latest", good.files()));
        assertThrows(
                ImageException.class,
                () -> new PublishImage(
                        NAME, "1", List.of(good.files().get(0), good.files().get(0))));
    }

    @Test
    public void whatIsNotThereIsNotFetched() throws IOException {
        assertThrows(ImageException.class, () -> fetch(publisher(ALL), null));
        publish(publisher(ALL), image("1.0", "first"));
        ImageException missing = assertThrows(ImageException.class, () -> fetch(publisher(ALL), "2.0"));
        assertTrue(missing.getMessage(), missing.getMessage().contains("1.0"));
    }

    /** A file with holes, which is copied in several pieces, a small one, one that is empty, and what stands for a manifest. */
    protected final PublishImage image(String version, String content) throws IOException {
        Path directory = folder.newFolder().toPath();
        Path raw = directory.resolve("web.raw");
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(4 << 20);
            for (int offset : List.of(0, 2 << 20)) {
                file.seek(offset);
                file.write(content.repeat(10_000).getBytes(StandardCharsets.UTF_8));
            }
        }
        Path small = Files.writeString(directory.resolve("web.qcow2"), "data".repeat(1000) + content);
        Path empty = Files.writeString(directory.resolve("web.list"), "");
        Path manifest = Files.writeString(directory.resolve("web.json"), "manifest of " + content);
        List<PublishFile> files = new ArrayList<>();
        for (Path file : List.of(raw, small, empty, manifest)) {
            Map<String, String> digests =
                    FileDigest.of(file, List.of(DigestAlgorithm.SHA256, DigestAlgorithm.MD5), position -> {});
            files.add(new PublishFile(
                    String.valueOf(file.getFileName()), file, Files.size(file), new TreeMap<>(digests)));
        }
        return new PublishImage(NAME, version, files);
    }

    protected final Publication publish(Publisher publisher, PublishImage image) throws IOException {
        return publisher.publish(image, false, step());
    }

    protected final Path fetch(Publisher publisher, @Nullable String version) throws IOException {
        Path directory = folder.newFolder().toPath();
        FetchedImage fetched = publisher.fetch(NAME, version, directory, step());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    fetched.sha256().keySet(),
                    files.map(file -> String.valueOf(file.getFileName())).collect(java.util.stream.Collectors.toSet()));
        }
        return directory;
    }

    protected static void assertWhole(PublishImage image, Path fetched) throws IOException {
        assertWhole("fetched", image, fetched);
    }

    protected static void assertWhole(String when, PublishImage image, Path fetched) throws IOException {
        for (PublishFile file : image.files()) {
            assertEquals(when + " " + file.name(), -1, Files.mismatch(file.path(), fetched.resolve(file.name())));
        }
    }

    protected static Steps.Running step() {
        return new Steps(event -> {}).run("publish", running -> running);
    }
}
