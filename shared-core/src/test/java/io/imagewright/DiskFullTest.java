package io.imagewright;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Whole builds on file systems that are too small from the start, or get full on the way. */
public class DiskFullTest {

    private static final int TOO_SMALL = 16;
    private static final int ENOUGH = 200;

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

    private void refusedBeforeTheWork(Path small) throws Exception {
        String said = fails(build(small, TOO_SMALL), "[]", "[]");
        assertTrue(
                said,
                said.matches(
                        "(?s).*\nENVIRONMENT Not enough space in " + small + "[^ ]*: the build needs \\d+ MiB there,"
                                + " free are 1[56] MiB\\. Free some space, or choose another directory with [^\n]*\n.*"));
    }

    @Test
    public void workDirectoryFullOnTheWay() throws Exception {
        fullOnTheWay(fails(
                build(tmp, ENOUGH).before("e2fsck", "cat /dev/zero > " + tmp + "/fill 2> /dev/null"), "[]", "[fill]"));
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
        return new BuildInChild(folder.getRoot().toPath(), disk, out, tmp, "raw", "qcow2")
                .by(PrivateMounts.small(small, mebibytes));
    }

    /** What the build says; this and no more is left. */
    private static String fails(BuildInChild made, String inOut, String inTmp) throws Exception {
        try (BuildInChild build = made.start()) {
            assertEquals(build.output(), 1, build.awaitEnd());
            build.assertNoProcessLeft();
            String said = build.output();
            assertTrue(said, said.endsWith("\nleft in out " + inOut + " in tmp " + inTmp + "\n"));
            return said;
        }
    }
}
