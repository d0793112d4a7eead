package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** Whole builds on file systems that are too small from the start, or get full on the way. */
public class DiskFullTest {

    private static final int TOO_SMALL = 16;
    private static final int ENOUGH = 200;

    /** Enough for two outputs of the guest, but not for 32 MiB of a kept partition in both. */
    private static final int TOO_SMALL_FOR_KEPT = 110;

    @ClassRule
    public static final TemporaryFolder SHARED = new TemporaryFolder();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Path disk;

    private Path out;
    private Path tmp;

    @BeforeClass
    public static void makeDisk() throws IOException {
        disk = new GuestDisk(SHARED.getRoot().toPath().resolve("guest"), "dos", 64)
                .file("usr/lib/ballast", "ballast ".repeat(1 << 20))
                .write();
    }

    @Before
    public void makeDirectories() throws IOException {
        out = folder.newFolder("out").toPath();
        tmp = folder.newFolder("tmp").toPath();
    }

    @Test
    public void workDirectoryTooSmall_isSaidBeforeTheWork() throws Exception {
        refusedBeforeTheWork(tmp);
    }

    @Test
    public void outputDirectoryTooSmall_isSaidBeforeTheWork() throws Exception {
        refusedBeforeTheWork(out);
    }

    @Test
    public void workDirectoryTooSmallForAContainer_isSaidBeforeItIsExtracted() throws Exception {
        Path qcow2 = folder.getRoot().toPath().resolve("disk.qcow2");
        GuestDisk.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", "-c", disk.toString(), qcow2.toString());
        assertTrue("it is small itself", Files.size(qcow2) < TOO_SMALL << 20);
        String said = refusedBeforeTheWork(tmp, qcow2);
        assertFalse(said, said.contains("step copy\n"));
    }

    @Test
    public void outputDirectoryTooSmall_keptPartitionsCount() throws Exception {
        Path large = folder.getRoot().toPath().resolve("large.raw");
        GuestDisk guest = new GuestDisk(folder.getRoot().toPath().resolve("large"), "dos", 64);
        Files.move(guest.write(), large);
        byte[] noise = new byte[32 << 20];
        new java.util.Random(3).nextBytes(noise);
        // what is neither ext4 nor FAT nor swap is kept as it is
        GuestDisk.put(large, guest.fatOffset(), noise);
        String said = fails(build(large, out, TOO_SMALL_FOR_KEPT), "[]", "[]");
        assertTrue(said, said.contains("\nENVIRONMENT Not enough space in " + out));
        assertFalse(said, said.contains("step inspect\n"));
    }

    private void refusedBeforeTheWork(Path small) throws Exception {
        refusedBeforeTheWork(small, disk);
    }

    private String refusedBeforeTheWork(Path small, Path media) throws Exception {
        String said = fails(build(media, small, TOO_SMALL), "[]", "[]");
        assertTrue(
                said,
                said.matches(
                        "(?s).*\nENVIRONMENT Not enough space in " + small + "[^ ]*: the build needs \\d+ MiB there,"
                                + " free are 1[56] MiB\\. Free some space"
                                + (small.equals(tmp)
                                        ? ", or choose another work directory \\(tmpdir\\)"
                                        : " on the file system of the output directory, choose another one"
                                                + " \\(output\\.directory\\), or write fewer output formats \\(formats\\)")
                                + "\\.\n.*"));
        return said;
    }

    @Test
    public void workDirectoryFullOnTheWay() throws Exception {
        // by the worker itself, once the copy is made: it would not wait for anybody else
        String copyMade = "[ -n \"$(find '" + tmp + "' -size +40M)\" ]";
        String fill = "cat /dev/zero > '" + tmp.resolve("fill") + "' 2> /dev/null || true";
        fullOnTheWay(fails(build(tmp, ENOUGH).before("e2fsck", copyMade + " && " + fill), "[]", "[fill]"));
    }

    @Test
    public void outputDirectoryFullOnTheWay() throws Exception {
        fullOnTheWay(fails(build(out, ENOUGH).fillAt("write", out.resolve("fill")), "[fill]", "[]"));
    }

    private static void fullOnTheWay(String said) {
        assertTrue(said, said.contains("\nENVIRONMENT "));
        assertTrue(said, said.contains("disk full (no space or quota is left on its file system)"));
    }

    private BuildInChild build(Path small, int mebibytes) {
        return build(disk, small, mebibytes);
    }

    private BuildInChild build(Path media, Path small, int mebibytes) {
        return new BuildInChild(folder.getRoot().toPath(), media, out, tmp, "raw", "qcow2")
                .by(PrivateMounts.small(small, mebibytes));
    }

    /** What the build says; this and no more is left. */
    private static String fails(BuildInChild made, String inOut, String inTmp) throws Exception {
        try (BuildInChild build = made.start()) {
            int status = build.awaitEnd();
            assertEquals(build.output(), 1, status);
            build.assertNoProcessLeft();
            String said = build.output();
            assertTrue(said, said.endsWith("\nleft in out " + inOut + " in tmp " + inTmp + "\n"));
            return said;
        }
    }
}
