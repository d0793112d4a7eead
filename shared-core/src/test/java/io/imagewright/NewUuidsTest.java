package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImagePlan;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Volume;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** The operation fs-uuids in a whole build: volumes, the guest's files and what is reported of them agree. */
public class NewUuidsTest {

    private static final String ROOT = "11111111-2222-3333-4444-555555555555";
    private static final String SWAP = "66666666-7777-8888-9999-aaaaaaaaaaaa";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> warnings = new ArrayList<>();
    private final ProgressListener listener = event -> {
        if (event instanceof ProgressEvent.Warning warning) {
            warnings.add(warning.message().toString());
        }
    };

    private GuestDisk guest() throws IOException {
        return new GuestDisk(folder.newFolder().toPath(), "gpt", 64).file("boot/initrd.img-6.1.0-1-amd64", "");
    }

    private ImageBuildRequest request(Path disk, String out, boolean shrink, ImageDescription.Action... actions) {
        ImageDescription plain = Requests.description(disk, "raw");
        return Requests.inProcess(
                plain.toBuilder()
                        .sysprep(new ImageDescription.Sysprep(
                                List.of("fs-uuids"), List.of("remove-swap-entry"), Map.of("fs_uuid_seed", "1.0")))
                        .customise(List.of(actions))
                        .shrink(shrink ? plain.shrink() : null)
                        .allowUnsupported(false)
                        .build(),
                folder.getRoot().toPath().resolve(out));
    }

    private static String renamed(String uuid) {
        return GuestDisk.run("uuidgen", "--sha1", "--namespace", uuid, "--name", "1.0")
                .strip();
    }

    private static String uuid(Path disk, long offset) {
        return GuestDisk.shell("blkid -p -o value -s UUID -O $2 \"$1\"", disk, offset)
                .strip();
    }

    private static boolean holds(Path disk, String uuid) throws IOException {
        String raw = new String(HexFormat.of().parseHex(uuid.replace("-", "")), StandardCharsets.ISO_8859_1);
        return Files.readString(disk, StandardCharsets.ISO_8859_1).contains(raw);
    }

    private static @Nullable String recordedUuid(ImageBuildResult result, int partition) {
        return result.facts().volumes().stream()
                .filter(volume -> volume.partition() == partition)
                .map(Volume::uuid)
                .findFirst()
                .orElse(null);
    }

    @Test
    public void everyoneAgrees_andTheSameBytesComeAgain() throws IOException {
        GuestDisk guest = guest();
        Path disk = guest.write();
        byte[] source = Files.readAllBytes(disk);
        ImagePlan plan = ImageBuild.plan(request(disk, "plan", true), listener);
        warnings.clear();
        ImageBuildResult result = ImageBuild.run(request(disk, "one", true), listener);
        Path image = result.outputs().get(0).file();

        assertEquals(renamed(ROOT), uuid(image, guest.rootOffset()));
        RawDisk raw = new RawDisk(image, 512);
        raw.requireClean(2, folder.getRoot().toPath().resolve("part"));
        assertEquals(
                "UUID=" + renamed(ROOT) + " / ext4 errors=remount-ro 0 1\nUUID=" + SWAP + " none swap sw 0 0\n",
                raw.cat(2, "/etc/fstab"));
        assertFalse(holds(image, ROOT));
        assertEquals(renamed(ROOT), recordedUuid(result, 2));
        String manifest = Files.readString(result.manifest());
        assertTrue(manifest, manifest.contains("\"" + renamed(ROOT) + "\""));
        assertFalse(manifest, manifest.contains(ROOT));
        // FAT alone, and nothing of the swap that goes
        assertEquals(warnings.toString(), 1, warnings.size());
        assertTrue(warnings.toString(), warnings.get(0).startsWith("Partition 1 (vfat) keeps its UUID"));
        ImagePlan.OperationPlan planned = plan.operations().stream()
                .filter(operation -> operation.name().equals("fs-uuids"))
                .findFirst()
                .orElseThrow();
        assertEquals("/etc/fstab", planned.changes().get(0).path());
        assertEquals(
                new ImagePlan.PlannedChange("partition 2", "set the UUID to " + renamed(ROOT)),
                planned.changes().get(1));
        assertTrue(result.operations().contains(new ImageBuildResult.OperationReport("fs-uuids", 2, 0)));

        Path again = ImageBuild.run(request(disk, "two", true), listener)
                .outputs()
                .get(0)
                .file();
        assertEquals(-1, Files.mismatch(image, again));
        assertEquals(-1, java.util.Arrays.mismatch(source, Files.readAllBytes(disk)));
    }

    @Test
    public void swapThatStays_getsOne_too() throws IOException {
        GuestDisk guest = guest();
        ImageBuildResult result = ImageBuild.run(request(guest.write(), "out", false), listener);
        Path image = result.outputs().get(0).file();
        assertEquals(renamed(SWAP), uuid(image, guest.swapOffset()));
        assertEquals(renamed(SWAP), recordedUuid(result, 3));
        assertEquals(renamed(ROOT), uuid(image, guest.rootOffset()));
        String fstab = new RawDisk(image, 512).cat(2, "/etc/fstab");
        assertTrue(fstab, fstab.contains("UUID=" + renamed(SWAP) + " none swap"));
        assertFalse(holds(image, SWAP));
        assertFalse(holds(image, ROOT));
    }

    @Test
    public void whatTheEfiSystemPartitionSearchesFor_stays() throws IOException {
        GuestDisk guest = guest();
        Path disk = guest.write();
        Path stub = folder.newFile("grub.cfg").toPath();
        Files.writeString(stub, "search.fs_uuid " + ROOT + " root hd0,gpt2\nset prefix=($root)'/boot/grub'\n");
        GuestDisk.run("mcopy", "-i", disk + "@@" + guest.fatOffset(), stub.toString(), "::/grub.cfg");
        ImageBuildResult result = ImageBuild.run(request(disk, "out", true), listener);
        Path image = result.outputs().get(0).file();
        assertEquals(ROOT, uuid(image, guest.rootOffset()));
        assertEquals(ROOT, recordedUuid(result, 2));
        assertTrue(new RawDisk(image, 512).cat(2, "/etc/fstab").contains("UUID=" + ROOT + " / ext4"));
        assertTrue(
                warnings.toString(),
                warnings.contains("Partition 2 (ext4) keeps its UUID " + ROOT + ": partition 1 (vfat) names it."));
        // of a deleted file nothing is left in the image
        GuestDisk.run("mdel", "-i", disk + "@@" + guest.fatOffset(), "::/grub.cfg");
        result = ImageBuild.run(request(disk, "without", true), listener);
        assertEquals(renamed(ROOT), recordedUuid(result, 2));
    }

    @Test
    public void whatTheGapBeforeTheFirstPartitionNames_stays() throws IOException {
        Path disk = guest().write();
        GuestDisk.put(disk, 300_000, ("search.fs_uuid " + ROOT).getBytes(StandardCharsets.US_ASCII));
        assertEquals(ROOT, recordedUuid(ImageBuild.run(request(disk, "out", true), listener), 2));
        assertTrue(warnings.toString(), warnings.toString().contains("the boot loader before the first partition"));
    }

    @Test
    public void whatAnActionBrings_getsTheNewNames_too() throws IOException {
        GuestDisk guest = guest();
        ImageDescription.Action fstab = new ImageDescription.Action(
                "write", Map.of("path", "/etc/fstab", "content", "UUID=" + ROOT + " / ext4 noatime 0 1\n"));
        ImageBuildRequest request = request(guest.write(), "out", true, fstab);
        List<String> planned = ImageBuild.plan(request, listener).operations().stream()
                .map(operation -> operation.name() + operation.changes().size())
                .toList();
        ImageBuildResult result = ImageBuild.run(request, listener);
        Path image = result.outputs().get(0).file();
        assertEquals("UUID=" + renamed(ROOT) + " / ext4 noatime 0 1\n", new RawDisk(image, 512).cat(2, "/etc/fstab"));
        assertEquals(renamed(ROOT), uuid(image, guest.rootOffset()));
        assertTrue(result.operations().contains(new ImageBuildResult.OperationReport("seal.fs-uuids", 1, 0)));
        assertEquals(
                planned,
                result.operations().stream()
                        .map(operation -> operation.name() + operation.changes())
                        .toList());
    }

    @Test
    public void anActionThatBringsWhatCannotBeEdited_isAnError() throws IOException {
        ImageDescription.Action map =
                new ImageDescription.Action("write", Map.of("path", "/boot/map", "content", "\0root=UUID=" + ROOT));
        ImageBuildRequest request = request(guest().write(), "out", true, map);
        ImageException refused = assertThrows(ImageException.class, () -> ImageBuild.run(request, listener));
        assertTrue(refused.getMessage(), refused.getMessage().contains("Cannot set the UUID of partition 2"));
        assertTrue(warnings.toString(), warnings.toString().contains("/boot/map, which is no text, names it"));
    }
}
