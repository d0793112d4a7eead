package io.imagewright;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.jspecify.annotations.Nullable;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/**
 * One guest in every kind of file gives the same bytes, and no file of a source changes. The disk ends elsewhere in a vhd, whose size is a
 * whole number of cylinders; shrinking cuts that off again.
 */
public class EverySourceTest {

    @ClassRule
    public static final TemporaryFolder SHARED = new TemporaryFolder();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Path disk = Path.of("unset");
    private static String wanted = "";

    /** The raw disk, and what a build makes of it. */
    @BeforeClass
    public static void buildFromRaw() throws IOException {
        Path shared = SHARED.getRoot().toPath();
        disk = new GuestDisk(shared.resolve("guest"), "dos", 64).write();
        FileStates states = FileStates.of(disk.getParent());
        wanted = digest(run(disk, null, shared.resolve("out")));
        states.requireUnchanged();
    }

    @Test
    public void qcow2() throws IOException {
        gives(convert("qcow2", "disk.qcow2"), "qcow2", 1);
    }

    @Test
    public void qcow2_compressed() throws IOException {
        gives(convert("qcow2", "disk.qcow2", "-c"), "qcow2", 1);
    }

    @Test
    public void qcow2_overABackingFile() throws IOException {
        Path base = convert("qcow2", "base.qcow2");
        Path overlay = image("overlay.qcow2");
        GuestDisk.run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", "base.qcow2", overlay.toString());
        // where the base is wrong, at the start of the root's file system, the overlay is right
        Path right = folder.getRoot().toPath().resolve("right");
        GuestDisk.shell("dd if=\"$1\" of=\"$2\" bs=1M skip=41 count=1 status=none", disk, right);
        GuestDisk.run("qemu-io", "-f", "qcow2", "-c", "write -q -P 0x66 41M 1M", base.toString());
        GuestDisk.run("qemu-io", "-f", "qcow2", "-c", "write -q -s " + right + " 41M 1M", overlay.toString());
        gives(overlay, "qcow2", 2);
    }

    @Test
    public void vmdk_monolithicSparse() throws IOException {
        gives(convert("vmdk", "disk.vmdk", "-o", "subformat=monolithicSparse"), "vmdk", 1);
    }

    @Test
    public void vmdk_twoGbMaxExtentSparse() throws IOException {
        gives(convert("vmdk", "disk.vmdk", "-o", "subformat=twoGbMaxExtentSparse"), "vmdk", 2);
    }

    @Test
    public void vhd_dynamic() throws IOException {
        gives(convert("vpc", "disk.vhd"), "vpc", 1);
    }

    @Test
    public void vhd_fixed() throws IOException {
        gives(convert("vpc", "disk.vhd", "-o", "subformat=fixed"), "vpc", 1);
    }

    @Test
    public void vdi() throws IOException {
        gives(convert("vdi", "disk.vdi"), "vdi", 1);
    }

    /** What a user may have: images of somebody else, to be read only. */
    @Test
    public void readOnlyFileInAReadOnlyDirectory() throws IOException {
        Path qcow2 = convert("qcow2", "disk.qcow2");
        Path raw = image("disk.raw");
        GuestDisk.run("cp", "--sparse=always", disk.toString(), raw.toString());
        for (Path file : List.of(qcow2, raw)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        }
        Path directory = raw.getParent();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            gives(qcow2, "qcow2", 2);
            gives(raw, "raw", 2);
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** A guest can write any format's header into its own first sector; its owner says that the disk is raw. */
    @Test
    public void forcedRaw_whenTheGuestWroteTheHeaderOfAQcow2() throws IOException {
        Path stolen = image("stolen.raw");
        Files.write(stolen, new byte[1 << 20]);
        Path hostile = image("disk.raw");
        GuestDisk.run("cp", "--sparse=always", disk.toString(), hostile.toString());
        ByteBuffer header = ByteBuffer.allocate(112);
        header.putInt(0x514649FB).putInt(2).putLong(104).putInt(8).putInt(16).putLong(1 << 20);
        header.position(104).put("disk.vdi".getBytes(StandardCharsets.US_ASCII));
        GuestDisk.put(hostile, 0, header.array());

        ImageException found = assertThrows(
                ImageException.class,
                () -> run(hostile, null, folder.getRoot().toPath().resolve("out")));
        assertEquals(found.getMessage(), ImageException.Kind.SOURCE, found.kind());

        FileStates states = FileStates.of(hostile.getParent());
        Path built = run(hostile, "raw", folder.getRoot().toPath().resolve("out"));
        GuestDisk.put(built, 0, new byte[112]); // as it is in the boot sector of the guest without that
        assertEquals(wanted, digest(built));
        states.requireUnchanged();
    }

    @Test
    public void forcedRaw_isHonoured() throws IOException {
        assertEquals(wanted, digest(run(disk, "raw", folder.getRoot().toPath().resolve("out"))));
        // a container's own bytes are no disk with a guest
        Path qcow2 = convert("qcow2", "disk.qcow2");
        refused(qcow2, "raw", "Unable to detect any operating system", ImageException.Kind.UNSUPPORTED);
    }

    @Test
    public void wrongForcedFormat_saysSo() throws IOException {
        refused(disk, "qcow2", "disk.raw");
        refused(disk, "vmdk", "disk.raw");
        refused(disk, "vdi", "disk.raw");
        refused(disk, "vhd", "disk.raw");
        refused(convert("vdi", "disk.vdi"), "qcow2", "disk.vdi");
    }

    private void refused(Path media, String format, String word) throws IOException {
        refused(media, format, word, ImageException.Kind.SOURCE);
    }

    private void refused(Path media, String format, String word, ImageException.Kind kind) throws IOException {
        Path out = folder.getRoot().toPath().resolve("refused");
        FileStates states = FileStates.of(media.getParent());
        ImageException failure = assertThrows(ImageException.class, () -> run(media, format, out));
        assertTrue(failure.getMessage(), failure.getMessage().contains(word));
        assertEquals(failure.getMessage(), kind, failure.kind());
        assertFalse(Files.exists(out));
        states.requireUnchanged();
    }

    private void gives(Path media, String format, int files) throws IOException {
        try (Stream<Path> all = Files.list(media.getParent())) {
            assertEquals("files of the source", files, all.count());
        }
        FileStates states = FileStates.of(media.getParent());
        Path out = folder.getRoot().toPath().resolve("out-" + format);
        assertEquals(media.getFileName().toString(), wanted, digest(run(media, null, out)));
        String manifest = Files.readString(out.resolve("guest-1.image-manifest.json"));
        assertTrue(manifest, manifest.contains("\"format\": \"" + format + "\""));
        states.requireUnchanged();
    }

    private Path image(String name) throws IOException {
        return Files.createDirectories(folder.getRoot().toPath().resolve("images"))
                .resolve(name);
    }

    private Path convert(String format, String name, String... options) throws IOException {
        Path target = image(name);
        List<String> argv = new ArrayList<>(List.of("qemu-img", "convert", "-f", "raw", "-O", format));
        argv.addAll(List.of(options));
        argv.addAll(List.of(disk.toString(), target.toString()));
        GuestDisk.run(argv.toArray(String[]::new));
        return target;
    }

    private static Path run(Path media, @Nullable String format, Path out) {
        ImageDescription plain = Requests.description(media, "raw");
        ImageDescription description = plain.toBuilder()
                .source(new ImageDescription.Source(media.toString(), format))
                .build();
        return ImageBuild.run(Requests.inProcess(description, out), ProgressListener.NONE)
                .outputs()
                .get(0)
                .file();
    }

    private static String digest(Path file) {
        return GuestDisk.shell("sha256sum < \"$1\"", file).strip();
    }
}
