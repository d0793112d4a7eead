package io.imagewright;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressEvent;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

/** A loader entry on the EFI system partition, which only the appliance edits. */
public class MachineIdOnEspTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theEntryLosesTheParameter() throws Exception {
        Path directory = folder.getRoot().toPath();
        GuestDisk guest = new GuestDisk(directory.resolve("guest"), "gpt", 64);
        Path disk = guest.file("etc/fstab", "/dev/sda2 / ext4 defaults 0 1\n/dev/sda1 /boot/efi vfat umask=0077 0 1\n")
                .file("boot/efi/.keep", "")
                .write();
        Path entry = Files.writeString(
                directory.resolve("x.conf"),
                "title Debian\nlinux /linux\noptions ro systemd.machine_id=0123456789abcdef0123456789abcdef quiet\n");
        String fat = disk + "@@" + guest.fatOffset();
        GuestDisk.run("mmd", "-i", fat, "::/loader", "::/loader/entries");
        GuestDisk.run("mcopy", "-i", fat, entry.toString(), "::/loader/entries/x.conf");
        List<String> warnings = new ArrayList<>();
        ImageBuildResult result =
                ImageBuild.run(Requests.of(Requests.description(disk, "raw"), directory.resolve("out")), event -> {
                    if (event instanceof ProgressEvent.Warning warning
                            && warning.message().toString().contains("machine_id")) {
                        warnings.add(warning.message().toString());
                    }
                });
        String built = GuestDisk.run(
                "mtype", "-i", result.outputs().get(0).file() + "@@" + guest.fatOffset(), "::/loader/entries/x.conf");
        assertEquals("title Debian\nlinux /linux\noptions ro quiet\n", built);
        assertEquals(List.of(), warnings);
    }
}
