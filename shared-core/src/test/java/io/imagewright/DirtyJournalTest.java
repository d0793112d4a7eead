package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImageInspection;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** A guest that was not shut down: what its journal holds counts. A guest with errors: refused, or repaired when asked. */
public class DirtyJournalTest {

    private static final int ROOT = 2;
    private static final String BEFORE = "Debian GNU/Linux 12 (bookworm)";
    private static final String AFTER = "Debian GNU/Linux 13 (trixie)";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private GuestDisk guest;
    private Path disk = Path.of("unset");

    @Before
    public void makeGuest() throws IOException {
        guest = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64);
    }

    @Test
    public void replaysTheJournalOnTheWorkingCopy() throws IOException {
        disk = guest.write();
        commitToJournal();
        FileStates source = FileStates.of(disk.getParent());
        assertTrue("not in place yet", osRelease(new RawDisk(disk, 512)).contains(BEFORE));

        ImageBuildResult result = build(Requests.description(disk, "raw"));

        assertEquals(AFTER, result.facts().product());
        RawDisk built = new RawDisk(result.outputs().get(0).file(), 512);
        assertTrue(osRelease(built).contains(AFTER));
        built.requireClean(ROOT, folder.getRoot().toPath().resolve("part"));
        source.requireUnchanged();
    }

    @Test
    public void inspectsWhatTheJournalHolds_raw() throws IOException {
        disk = guest.write();
        commitToJournal();
        inspected(disk);
    }

    @Test
    public void inspectsWhatTheJournalHolds_qcow2() throws IOException {
        disk = guest.write();
        commitToJournal();
        Path qcow2 = disk.resolveSibling("disk.qcow2");
        GuestDisk.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", disk.toString(), qcow2.toString());
        Files.delete(disk);
        inspected(qcow2);
    }

    private void inspected(Path media) throws IOException {
        FileStates source = FileStates.of(media.getParent());
        ImageInspection inspection = ImageBuild.inspect(
                Requests.inProcess(
                        Requests.description(media, "raw"),
                        folder.getRoot().toPath().resolve("out")),
                ProgressListener.NONE);
        assertEquals(AFTER, inspection.facts().product());
        source.requireUnchanged();
    }

    @Test
    public void refusesErrors_unlessTheyAreToBeRepaired() throws IOException {
        disk = guest.debugfs("clri /usr/bin/true").write();
        FileStates source = FileStates.of(disk.getParent());
        refused("e2fsck found", "Entry 'true' in /usr/bin", "repair: true");

        ImageBuildResult result = build(repairing(Requests.description(disk, "raw")));

        RawDisk built = new RawDisk(result.outputs().get(0).file(), 512);
        built.requireClean(ROOT, folder.getRoot().toPath().resolve("part"));
        assertFalse(built.list(ROOT, "/usr/bin").contains("true"));
        source.requireUnchanged();
    }

    @Test
    public void refusesErrorsThatAreStillThereAfterTheReplay() throws IOException {
        disk = guest.debugfs("clri /usr/bin/true").write();
        commitToJournal();
        refused("e2fsck found", "Entry 'true' in /usr/bin");

        ImageBuildResult result = build(repairing(Requests.description(disk, "raw")));

        assertEquals("repaired and replayed", AFTER, result.facts().product());
        new RawDisk(result.outputs().get(0).file(), 512)
                .requireClean(ROOT, folder.getRoot().toPath().resolve("part"));
    }

    /** The bitmaps of a damaged file system are wrong: what they call free is copied all the same. */
    @Test
    public void repairsBlocksThatAreInUseAndMarkedFree() throws IOException {
        String content = "precious\n".repeat(2000);
        disk = guest.file("srv/precious", content).write();
        for (int block = 0; block < 3; block++) {
            String number = debugfs("bmap /srv/precious " + block).strip();
            debugfs("freeb " + number);
        }
        refused("Block bitmap differences");

        ImageBuildResult result = build(repairing(Requests.description(disk, "raw")));

        RawDisk built = new RawDisk(result.outputs().get(0).file(), 512);
        assertEquals(content, built.cat(ROOT, "/srv/precious"));
        built.requireClean(ROOT, folder.getRoot().toPath().resolve("part"));
    }

    /** Leaves a committed transaction in the journal that rewrites {@code /etc/os-release}, as a crashed guest would. */
    private void commitToJournal() throws IOException {
        Path block = folder.getRoot().toPath().resolve("block");
        String content = "ID=debian\nPRETTY_NAME=\"" + AFTER + "\"\nVERSION_ID=\"13\"\n";
        int length = osRelease(new RawDisk(disk, 512)).length();
        content += "#".repeat(length - content.length() - 1) + "\n";
        Files.writeString(block, content + "\0".repeat(blockSize() - length));
        String number = debugfs("bmap /etc/os-release 0").strip();
        LaidOutDisk.debugfs(
                disk, guest.rootOffset(), "journal_open", "journal_write -b " + number + " " + block, "journal_close");
        assertTrue(debugfs("stats -h").contains("needs_recovery"));
    }

    private int blockSize() {
        return Integer.parseInt(debugfs("stats -h").replaceAll("(?s).*Block size: +(\\d+).*", "$1"));
    }

    private String debugfs(String request) {
        return GuestDisk.run("debugfs", "-w", "-R", request, disk + "?offset=" + guest.rootOffset());
    }

    private static String osRelease(RawDisk disk) {
        return disk.cat(ROOT, "/etc/os-release");
    }

    private void refused(String... words) throws IOException {
        FileStates source = FileStates.of(disk.getParent());
        ImageException failure = assertThrows(ImageException.class, () -> build(Requests.description(disk, "raw")));
        for (String word : words) {
            assertTrue(failure.getMessage(), failure.getMessage().contains(word));
        }
        assertEquals(ImageException.Kind.SOURCE, failure.kind());
        assertFalse(
                "that the build's time lies before the guest's is no error: " + failure.getMessage(),
                failure.getMessage().contains("in the future"));
        source.requireUnchanged();
    }

    private ImageBuildResult build(ImageDescription description) {
        return ImageBuild.run(
                Requests.inProcess(description, folder.getRoot().toPath().resolve("out")), ProgressListener.NONE);
    }

    private static ImageDescription repairing(ImageDescription plain) {
        return plain.toBuilder().repair(true).build();
    }
}
