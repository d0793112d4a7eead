package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.exec.ProcessExec;
import io.imagewright.format.OutputCheck;
import io.imagewright.progress.ProgressListener;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** Files whose checksums nobody noted: what their format shows of their integrity. */
public class DamagedImageTest {

    private static final long SIZE = 40L << 20;
    private static final List<String> FORMATS =
            List.of("raw", "raw.gz", "raw.xz", "raw.zst", "qcow2", "vmdk", "ova", "vhd", "vhdx", "vdi");

    @ClassRule
    public static final TemporaryFolder BUILT = new TemporaryFolder();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @BeforeClass
    public static void convert() throws IOException {
        Path disk = BUILT.getRoot().toPath().resolve("disk.raw");
        byte[] noise = new byte[(int) SIZE / 2];
        new Random(5).nextBytes(noise);
        Files.write(disk, new byte[(int) SIZE]);
        GuestDisk.put(disk, 1 << 20, noise);
        ImageBuildRequest request = Requests.inProcess(
                Requests.description(disk, FORMATS.toArray(String[]::new)),
                BUILT.getRoot().toPath().resolve("out"));
        ImageBuild.convert(request, ProgressListener.NONE);
    }

    private Path copy(String format) throws IOException {
        Path image = folder.getRoot().toPath().resolve("guest-1." + format);
        return Files.copy(BUILT.getRoot().toPath().resolve("out/guest-1." + format), image);
    }

    private List<String> findings(String format, Path file, long size) throws IOException {
        Path work = folder.newFolder().toPath();
        return new OutputCheck(file, size, work, new ProcessExec(), done -> assertTrue(done <= size)).findings(format);
    }

    @Test
    public void wholeFiles_haveNoFindings() throws IOException {
        for (String format : FORMATS) {
            assertEquals(format, List.of(), findings(format, copy(format), SIZE));
        }
    }

    @Test
    public void anotherSize_isFound() throws IOException {
        for (String format : FORMATS) {
            Path file = copy(format);
            String smaller = findings(format, file, SIZE - 512).toString();
            assertTrue(format + smaller, smaller.contains("its disk has "));
            String larger = findings(format, file, SIZE + 512).toString();
            assertTrue(format + larger, larger.contains("its disk has " + SIZE + " bytes"));
        }
    }

    @Test
    public void aFileThatWasCutShort_isFound() throws IOException {
        for (String format : FORMATS) {
            Path file = copy(format);
            GuestDisk.shell("truncate -s \"$2\" \"$1\"", file, Files.size(file) / 2 / 512 * 512);
            assertFalse(format, findings(format, file, SIZE).isEmpty());
        }
    }

    @Test
    public void changedBytes_areFound_whereTheFormatHasChecksumsOrTables() throws IOException {
        for (String format : List.of("raw.gz", "raw.xz", "raw.zst", "ova")) {
            Path file = copy(format);
            GuestDisk.put(file, Files.size(file) / 2, new byte[4096]);
            assertFalse(format, findings(format, file, SIZE).isEmpty());
        }
        // the first entries of the refcount table
        Path qcow2 = copy("qcow2");
        long table = Long.parseLong(GuestDisk.shell("od -An -tu8 --endian=big -j48 -N8 \"$1\"", qcow2)
                .strip());
        GuestDisk.put(qcow2, table, new byte[8]);
        List<String> errors = findings("qcow2", qcow2, SIZE);
        assertTrue(errors.toString(), errors.get(0).startsWith("qemu-img check says: ERROR"));
        assertTrue(errors.toString(), errors.size() <= 11);
    }

    @Test
    public void anImageThatNeedsAnotherFile_isNotWhole() throws IOException {
        Path raw = copy("raw");
        Path overlay = folder.getRoot().toPath().resolve("overlay.qcow2");
        GuestDisk.run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", raw.toString(), overlay.toString());
        assertEquals(List.of("it is not whole without guest-1.raw"), findings("qcow2", overlay, SIZE));
        GuestDisk.run("qemu-img", "rebase", "-u", "-F", "raw", "-b", "/etc/hostname", overlay.toString());
        String refused = findings("qcow2", overlay, SIZE).toString();
        assertTrue(refused, refused.contains("it lies outside of"));
    }

    @Test
    public void anArchiveThatIsNoMachine_isFound() throws IOException {
        Path file = folder.getRoot().toPath().resolve("x.ova");
        GuestDisk.shell("cd \"$(dirname \"$1\")\" && ln -s /etc/passwd p.vmdk && tar cf \"$1\" p.vmdk", file);
        assertTrue(findings("ova", file, SIZE).toString().contains("its archive is damaged"));
        assertEquals(List.of(), findings("tomorrow's format", file, SIZE));
    }
}
