package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.progress.ProgressEvent;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Shrink;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** How much room a build leaves in the root file system of a guest that nothing grows at boot, and of one that grows. */
public class RoomToBootTest {

    private static final long MIB = 1 << 20;
    private static final String NOTICE = "Nothing in the guest grows partition 1 at boot, so up to 512 MiB";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> messages = new ArrayList<>();
    private Path tree = Path.of("unset");

    @Before
    public void makeGuest() throws IOException {
        tree = GuestDisk.tree(folder.getRoot().toPath().resolve("tree"));
    }

    private Path disk() throws IOException {
        return new LaidOutDisk(folder.getRoot().toPath().resolve("disk.raw"), 1026)
                .table(512, "label: dos", "start=2048, size=2097152, type=83, bootable")
                .ext4(1, 1024, tree, "-m", "0")
                .file();
    }

    /** The raw output, with the default room. */
    private Path build(@Nullable Long size) throws IOException {
        ImageDescription plain = Requests.description(disk(), "raw");
        ImageDescription description = plain.toBuilder()
                .shrink(new Shrink(8 * MIB, true))
                .size(size)
                .repair(false)
                .build();
        return ImageBuild.run(
                        Requests.inProcess(
                                description, folder.getRoot().toPath().resolve("out")),
                        event -> {
                            if (event instanceof ProgressEvent.Info info) {
                                messages.add(info.message().toString());
                            }
                        })
                .outputs()
                .get(0)
                .file();
    }

    private static long free(Path disk) {
        return Long.parseLong(GuestDisk.shell(
                        "dumpe2fs -h \"$1?offset=$((2048 * 512))\" 2> /dev/null"
                                + " | awk -F': *' '/^Free blocks/ {f=$2} /^Block size/ {s=$2} END {print f*s}'",
                        disk)
                .strip());
    }

    private boolean isNoticed() {
        return messages.stream().anyMatch(line -> line.startsWith(NOTICE));
    }

    @Test
    public void whatNothingGrows_getsHoles() throws IOException {
        Path built = build(null);
        long free = free(built);
        assertTrue(free / MIB + " MiB are free", free >= 512 * MIB && free < 560 * MIB);
        assertTrue(messages.toString(), isNoticed());
        long stored = Long.parseLong(
                        GuestDisk.run("stat", "-c", "%b", built.toString()).strip())
                * 512;
        assertTrue(stored / MIB + " MiB are stored", stored < 40 * MIB);
    }

    @Test
    public void aSystemThatGrows_getsRoomForItsFirstBoot() throws IOException {
        Files.createDirectories(tree.resolve("usr/lib/systemd/system-generators"));
        Files.createDirectories(tree.resolve("etc/cloud"));
        Files.createDirectories(tree.resolve("usr/bin"));
        Files.writeString(tree.resolve("usr/lib/systemd/system-generators/cloud-init-generator"), "");
        Files.writeString(tree.resolve("usr/bin/growpart"), "#!/bin/sh\n");
        Files.writeString(tree.resolve("etc/cloud/cloud.cfg"), "cloud_init_modules: [growpart, resizefs]\n");
        long free = free(build(null));
        // moving blocks may cost a few for extents
        assertTrue(free + " bytes are free", free > 127 * MIB && free < 160 * MIB);
        assertTrue(messages.toString(), !isNoticed());
    }

    /** The disk is as large as it was asked to be, and what is left of it is the root file system's. */
    @Test
    public void theAskedSizeOfTheDisk_limitsTheRoom() throws IOException {
        Path built = build(200 * MIB);
        assertEquals(200 * MIB, Files.size(built));
        long free = free(built);
        assertTrue(free / MIB + " MiB are free", free > 100 * MIB && free < 200 * MIB);
        GuestDisk.run("e2fsck", "-fn", built + "?offset=" + 2048 * 512);
    }
}
