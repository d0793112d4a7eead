package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.imagewright.api.FetchRequest;
import io.imagewright.api.PublishReport;
import io.imagewright.api.PublishRequest;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription.PublishTarget;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ImagePublishTest {

    @ClassRule
    public static final TemporaryFolder BUILT = new TemporaryFolder();

    private static final PublishTarget SHARE =
            new PublishTarget("share", "directory", Map.of("path", "store", "keep", "2"));

    private static final PublishTarget MIRROR = new PublishTarget("mirror", "directory", Map.of("path", "mirror"));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path base;
    private Path directory;

    @Before
    public void copyABuiltImage() throws IOException {
        Path built = BUILT.getRoot().toPath().resolve("out");
        if (!Files.exists(built)) {
            Path disk = new GuestDisk(BUILT.getRoot().toPath().resolve("guest"), "dos", 64).write();
            ImageBuild.run(Requests.of(disk, built, "qcow2", "diskdump"), ProgressListener.NONE);
        }
        base = folder.newFolder().toPath();
        directory = base.resolve("out");
        Files.createDirectory(directory);
        try (Stream<Path> files = Files.list(built)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }

    @Test
    public void anImageGoesToEachTargetAndComesBackWhole() throws IOException {
        Files.writeString(directory.resolve("guest-1.qcow2.asc"), "a signature");
        List<PublishReport> reports = publish(false, SHARE, MIRROR);
        assertEquals(
                List.of("share", "mirror"),
                reports.stream().map(PublishReport::target).toList());
        Path store = base.resolve("store/guest/1");
        for (String file : List.of(
                "guest-1.qcow2",
                "guest-1.qcow2.md5sum",
                "guest-1.qcow2.asc",
                "guest-1.diskdump.meta",
                "guest-1.diskdump.variant",
                "guest-1.image-manifest.json")) {
            assertEquals(file, -1, Files.mismatch(directory.resolve(file), store.resolve(file)));
        }
        FinishedImage fetched = fetch("share", null);
        Files.delete(base.resolve("in/guest-1.qcow2.asc"));
        assertEquals(List.of(), fetched.verify(ProgressListener.NONE));
        assertEquals(-1, Files.mismatch(directory.resolve("guest-1.qcow2"), base.resolve("in/guest-1.qcow2")));
        try (Stream<Path> files = Files.list(base.resolve("in"))) {
            assertEquals(
                    "nothing else",
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("."))
                            .toList());
        }
        assertTrue(publish(false, SHARE).get(0).lines().get(0).contains("nothing to send"));
        assertEquals("unchanged", publish(false, SHARE).get(0).document().get("outcome"));
    }

    @Test
    public void aDryRunSendsNothing() {
        PublishReport planned = publish(true, SHARE).get(0);
        assertTrue(
                planned.lines().toString(),
                planned.lines().get(0).startsWith("guest 1: would be published to share ("));
        assertFalse(Files.exists(base.resolve("store")));
        PublishReport done = publish(false, SHARE).get(0);
        assertEquals(planned.document().get("bytes"), done.document().get("bytes"));
        assertEquals(planned.document().get("files"), done.document().get("files"));
    }

    /** The second target refuses: nothing is sent to the first one. */
    @Test
    public void allTargetsAreAskedBeforeTheFirstGetsAnything() throws IOException {
        Files.createDirectories(base.resolve("mirror/guest/1"));
        assertThrows(ImageException.class, () -> publish(false, SHARE, MIRROR));
        assertFalse(Files.exists(base.resolve("store")));
        assertThrows(ImageException.class, () -> publish(true, SHARE, MIRROR));
    }

    @Test
    public void targetsAreChosenById() {
        PublishRequest request = new PublishRequest(List.of(SHARE, MIRROR), base, List.of("mirror"), false, false);
        ImagePublish.publish(image(), request, ProgressListener.NONE);
        assertFalse(Files.exists(base.resolve("store")));
        assertTrue(Files.exists(base.resolve("mirror/guest/latest")));
        PublishRequest unknown = new PublishRequest(List.of(SHARE, MIRROR), base, List.of("miror"), false, false);
        ImageException mistake =
                assertThrows(ImageException.class, () -> ImagePublish.publish(image(), unknown, ProgressListener.NONE));
        assertEquals("Did you mean mirror?", mistake.next().toString());
        assertThrows("two targets", ImageException.class, () -> fetch(null, null));
    }

    @Test
    public void whatIsNotWholeIsNotPublished() throws IOException {
        GuestDisk.put(directory.resolve("guest-1.qcow2"), 1 << 18, new byte[] {42});
        ImageException changed = assertThrows(ImageException.class, () -> publish(false, SHARE));
        assertTrue(changed.getMessage(), changed.getMessage().contains("guest-1.qcow2"));
        Files.delete(directory.resolve("guest-1.diskdump.meta"));
        ImageException missing = assertThrows(ImageException.class, () -> publish(true, SHARE));
        assertTrue(missing.getMessage(), missing.getMessage().contains("guest-1.diskdump.meta is missing"));
        assertFalse(Files.exists(base.resolve("store/guest/1")));
    }

    /** Whoever can write to the store can write its records, too: the manifest has its own word, and may be signed. */
    @Test
    public void anotherImageUnderTheManifestIsNotFetched() throws IOException {
        publish(false, SHARE);
        Path store = base.resolve("store/guest/1");
        String was = sha256(store.resolve("guest-1.qcow2"));
        GuestDisk.put(store.resolve("guest-1.qcow2"), 1 << 18, new byte[] {42});
        Path record = store.resolve(".publication.json");
        Files.writeString(record, Files.readString(record).replace(was, sha256(store.resolve("guest-1.qcow2"))));
        ImageException found = assertThrows(ImageException.class, () -> fetch("share", "1"));
        assertTrue(
                found.getMessage(),
                found.getMessage().contains("guest-1.qcow2")
                        && found.getMessage().contains(was));
        assertFalse(Files.exists(base.resolve("in/guest-1.qcow2")));
    }

    @Test
    public void aStoreThatCannotBeWrittenIsAnErrorOfTheMachine() throws IOException {
        Files.writeString(base.resolve("file"), "");
        PublishTarget file = new PublishTarget("file", "directory", Map.of("path", "file/store"));
        ImageException failure = assertThrows(ImageException.class, () -> publish(false, file));
        assertEquals(ImageException.Kind.ENVIRONMENT, failure.kind());
        assertTrue(failure.getMessage(), failure.getMessage().contains("file/store"));
    }

    private static String sha256(Path file) throws IOException {
        return String.valueOf(io.imagewright.checksum.FileDigest.of(
                        file, List.of(io.imagewright.checksum.DigestAlgorithm.SHA256), position -> {})
                .get("sha256"));
    }

    private FinishedImage image() {
        return FinishedImage.open(directory, "guest", "1");
    }

    private List<PublishReport> publish(boolean dryRun, PublishTarget... targets) {
        PublishRequest request = new PublishRequest(List.of(targets), base, List.of(), false, dryRun);
        return ImagePublish.publish(image(), request, ProgressListener.NONE);
    }

    private FinishedImage fetch(@Nullable String target, @Nullable String version) {
        FetchRequest request =
                new FetchRequest(List.of(SHARE, MIRROR), base, target, "guest", version, base.resolve("in"));
        return ImagePublish.fetch(request, ProgressListener.NONE);
    }
}
