package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Disks in other formats, as they are, whatever is on them. */
public class ConversionTest {

    private static final long SIZE = 300L << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path out() {
        return folder.getRoot().toPath().resolve("out");
    }

    private ImageBuildRequest request(Path media, boolean force, String... formats) {
        ImageBuildRequest request = Requests.of(media, out(), formats);
        return request.toBuilder()
                .workDirectory(null)
                .defaultClassifier("")
                .force(force)
                .build();
    }

    private static void same(Path raw, Path written, String format) throws IOException {
        GuestDisk.run("qemu-img", "compare", "-f", "raw", "-F", format, raw.toString(), written.toString());
    }

    @Test
    public void ofAGuest_keepsEverything() throws Exception {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
        Path qcow2 = folder.newFolder("source").toPath().resolve("disk.qcow2");
        GuestDisk.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", disk.toString(), qcow2.toString());
        FileStates source = FileStates.of(qcow2.getParent());

        ImageBuildResult result =
                ImageBuild.convert(request(qcow2, false, "raw", "vmdk", "vdi", "diskdump"), ProgressListener.NONE);
        source.requireUnchanged();
        assertEquals(4, result.outputs().size());
        same(disk, out().resolve("guest-1.raw"), "raw");
        same(disk, out().resolve("guest-1.vmdk"), "vmdk");
        same(disk, out().resolve("guest-1.vdi"), "vdi");
        assertEquals(List.of(), result.operations());
        assertEquals("msdos", result.facts().properties().get("PARTITION_TABLE"));
        assertEquals(List.of(), FinishedImage.open(out(), "guest", "1").verify(ProgressListener.NONE));
        try (var files = Files.list(out())) {
            assertTrue(files.map(file -> String.valueOf(file.getFileName())).noneMatch(name -> name.startsWith(".")));
        }
    }

    @Test
    public void ofADiskWithoutASystem_inEachFormat() throws Exception {
        Path disk = folder.getRoot().toPath().resolve("odd.raw");
        SparseFile.create(disk, SIZE).close();
        byte[] noise = new byte[3 << 20];
        new Random(5).nextBytes(noise);
        GuestDisk.put(disk, 700, noise);
        GuestDisk.put(disk, SIZE - noise.length, noise);
        ImageBuild.convert(
                request(disk, false, "raw", "raw.zst", "qcow2", "vmdk", "vhd", "vhdx", "vdi"), ProgressListener.NONE);
        for (String format : List.of("raw", "qcow2", "vmdk", "vhdx", "vdi")) {
            same(disk, out().resolve("guest-1." + format), format);
        }
        same(disk, out().resolve("guest-1.vhd"), "vpc");
        GuestDisk.shell("zstd -dc \"$1\" | cmp - \"$2\"", out().resolve("guest-1.raw.zst"), disk);
        assertEquals(List.of(), FinishedImage.open(out(), "guest", "1").verify(ProgressListener.NONE));
    }

    @Test
    public void ofAGuest_toItsFiles() throws Exception {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "gpt", 64)
                .file(
                        "etc/fstab",
                        "UUID=11111111-2222-3333-4444-555555555555 / ext4 defaults 0 1\n/dev/sda1 /boot/efi vfat defaults 0 2\n")
                .write();
        FileStates source = FileStates.of(disk.getParent());
        List<String> warnings = new ArrayList<>();
        ImageBuild.convert(request(disk, false, "tar", "raw"), event -> {
            if (event instanceof ProgressEvent.Warning warning) {
                warnings.add(warning.message().toString());
            }
        });
        source.requireUnchanged();
        assertTrue(
                warnings.toString(),
                warnings.stream().anyMatch(warning -> warning.startsWith("Files below /boot/efi are not in ")));
        same(disk, out().resolve("guest-1.raw"), "raw");
        String files = GuestDisk.run("tar", "-tf", out().resolve("guest-1.tar").toString());
        assertTrue(files, files.contains("etc/os-release\n"));
        assertTrue("nothing is removed: " + files, files.contains("var/tmp/rubbish\n"));
        assertEquals(List.of(), FinishedImage.open(out(), "guest", "1").verify(ProgressListener.NONE));
    }

    @Test
    public void ofADiskWithoutASystem_hasNoFiles() throws Exception {
        Path disk = folder.getRoot().toPath().resolve("odd.raw");
        SparseFile.create(disk, SIZE).close();
        assertThrows(
                ImageException.class, () -> ImageBuild.convert(request(disk, false, "tar"), ProgressListener.NONE));
        assertFalse("nothing is left, not even the directory", Files.exists(out()));
    }

    @Test
    public void writesOverNothingOfOthers() throws Exception {
        Path disk = folder.newFile("disk.raw").toPath();
        Files.write(disk, new byte[1 << 20]);
        Files.createDirectories(out());
        Files.writeString(out().resolve("guest-1.vdi"), "mine");
        ImageException refused = assertThrows(
                ImageException.class, () -> ImageBuild.convert(request(disk, false, "vdi"), ProgressListener.NONE));
        assertTrue(refused.getMessage(), refused.getMessage().startsWith("Refusing to write over "));
        assertEquals("mine", Files.readString(out().resolve("guest-1.vdi")));
        ImageBuild.convert(request(disk, true, "vdi"), ProgressListener.NONE);
        same(disk, out().resolve("guest-1.vdi"), "vdi");
    }

    @Test
    public void ofAFileThatIsNoImage_isAClearError() throws Exception {
        Path cut = folder.newFile("cut.qcow2").toPath();
        Files.write(cut, new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3});
        ImageException failure = assertThrows(
                ImageException.class, () -> ImageBuild.convert(request(cut, false, "raw"), ProgressListener.NONE));
        assertEquals(ImageException.Kind.SOURCE, failure.kind());
        assertFalse("nothing is left, not even the directory", Files.exists(out()));
    }
}
