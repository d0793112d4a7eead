package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestView;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.TreeBuilder;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.RootGrowth;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** The action growRoot: what it installs by the guest's init, and what it refuses for want of tools. */
public class GrowRootTest {

    private static final Consumer<TreeBuilder> SYSTEMD = tree -> tree.file("/usr/lib/systemd/systemd", "");
    private static final Consumer<TreeBuilder> OPENRC = tree -> tree.file("/sbin/openrc-run", "");
    private static final Consumer<TreeBuilder> SYSTEM_V =
            tree -> tree.dir("/etc/rc2.d").dir("/etc/init.d");
    private static final Consumer<TreeBuilder> RED_HAT_5 =
            tree -> tree.dir("/etc/rc.d").dir("/etc/rc.d/rc3.d").dir("/etc/init.d");

    static final Volume ROOT = new Volume(2, "ext4", "", "", "", "", 2 << 20, 1 << 30);
    private static final Volume SWAP = new Volume(3, "swap", "", "", "", "", 2L << 30, 1 << 20);
    private static final Volume GROUP = new Volume(2, "LVM2_member", "", "", "", "", 2 << 20, 1 << 30);
    private static final Volume LUKS = new Volume(2, "crypto_LUKS", "", "", "", "", 2 << 20, 1 << 30);

    private static Volume inside(String type) {
        return new Volume(Volume.FIRST_INSIDE, type, "", "", "", "", 0, 1 << 20, 2, List.of(), "");
    }

    static Facts facts(String table, int root, Volume... volumes) {
        return new Facts(
                "linux",
                "x",
                "X",
                "1",
                List.of(volumes),
                List.of(new Mount(GuestPath.ROOT, root)),
                Map.of("PARTITION_TABLE", table),
                List.of());
    }

    private static GuestView after(Facts facts, Consumer<TreeBuilder> init, String... programs) {
        GuestView view = new GuestView(MemoryGuest.of(tree -> {
            init.accept(tree.dir("/etc"));
            List.of(programs).forEach(program -> tree.file(program, ""));
        }));
        List<String> warnings = new ArrayList<>();
        view.add(new GrowRoot().plan(new Target(view, facts, 0, OwnFiles.NONE, warnings::add)));
        assertEquals(List.of(), warnings);
        return view;
    }

    private static void refused(String message, Facts facts, String... programs) {
        ImageException refusal = assertThrows(ImageException.class, () -> after(facts, SYSTEMD, programs));
        String said = String.valueOf(refusal.getMessage());
        assertTrue(said, said.contains(message));
    }

    /** Whatever starts it, inspection finds it. */
    @Test
    public void everyInitStartsIt() {
        Facts facts = facts("msdos", 2, ROOT);
        for (Consumer<TreeBuilder> init : List.of(SYSTEMD, OPENRC, SYSTEM_V, RED_HAT_5)) {
            GuestView view = after(facts, init, "/sbin/resize2fs");
            assertEquals(new RootGrowth("growRoot", true), RootGrowth.of(view, facts));
            GuestPath program = GuestPath.of("/usr/libexec/imagewright-grow-root");
            assertEquals(0755, view.stat(program).orElseThrow().permissions());
            Bytes script = view.read(List.of(program), 1 << 20).get(program);
            assertTrue(script.text().startsWith("#!/bin/sh\n"));
        }
    }

    /** A partition that the guest's owner adds later is not the one that grows. */
    @Test
    public void growsWhatIsLastWhenItIsBuilt() {
        GuestView view = after(withVar("/var"), SYSTEMD, "/sbin/resize2fs");
        GuestPath unit = GuestPath.of("/etc/systemd/system/imagewright-grow-root.service");
        String text = view.read(List.of(unit), 1 << 20).get(unit).text();
        assertTrue(text, text.contains("\nExecStart=/usr/libexec/imagewright-grow-root /var\n"));
        refused("is mounted on /my data, a name with other", withVar("/my data"), "/sbin/resize2fs");
    }

    private static Facts withVar(String mountPoint) {
        return new Facts(
                "linux",
                "x",
                "X",
                "1",
                List.of(ROOT, new Volume(3, "ext4", "", "", "", "", 3L << 30, 1 << 20)),
                List.of(new Mount(GuestPath.ROOT, 2), new Mount(GuestPath.of(mountPoint), 3)),
                Map.of("PARTITION_TABLE", "msdos"),
                List.of());
    }

    @Test
    public void toolsThatItNeeds() {
        after(facts("msdos", 2, ROOT), SYSTEMD, "/sbin/resize2fs");
        after(facts("gpt", 2, ROOT), SYSTEMD, "/sbin/resize2fs", "/usr/sbin/sgdisk");
        after(facts("gpt", 2, ROOT), SYSTEMD, "/sbin/resize2fs", "/usr/bin/systemd-repart");
        after(
                facts("msdos", Volume.FIRST_INSIDE, GROUP, inside("xfs")),
                SYSTEMD,
                "/usr/sbin/xfs_growfs",
                "/usr/sbin/lvm");
        refused("Install the package fdisk", facts("gpt", 2, ROOT), "/sbin/resize2fs");
        refused("Install the package e2fsprogs", facts("msdos", 2, ROOT));
        refused(
                "Install the package xfsprogs",
                facts("msdos", 2, new Volume(2, "xfs", "", "", "", "", 2 << 20, 1 << 30)),
                "/sbin/resize2fs");
        refused(
                "Install the package lvm2",
                facts("msdos", Volume.FIRST_INSIDE, GROUP, inside("ext4")),
                "/sbin/resize2fs");
    }

    @Test
    public void whatCannotGrow_isRefused() {
        refused("/ lies in crypto_LUKS", facts("msdos", Volume.FIRST_INSIDE, LUKS, inside("ext4")), "/sbin/resize2fs");
        refused("of type jfs", facts("msdos", 2, new Volume(2, "jfs", "", "", "", "", 2 << 20, 1 << 30)));
        refused(
                "the last partition of the disk, partition 4, holds no file system that the guest mounts",
                facts("msdos", 2, ROOT, new Volume(4, "ext4", "", "", "", "", 3L << 30, 1 << 20)),
                "/sbin/resize2fs");
        refused("partition 3, is swap", facts("msdos", 2, ROOT, SWAP), "/sbin/resize2fs");
        // /srv in a volume group of its own, which is last
        Facts other = new Facts(
                "linux",
                "x",
                "X",
                "1",
                List.of(
                        ROOT,
                        new Volume(3, "LVM2_member", "", "", "", "", 2L << 30, 1 << 20),
                        new Volume(Volume.FIRST_INSIDE, "ext4", "", "", "", "", 0, 1 << 20, 3, List.of(), "")),
                List.of(new Mount(GuestPath.ROOT, 2), new Mount(GuestPath.of("/srv"), Volume.FIRST_INSIDE)),
                Map.of("PARTITION_TABLE", "msdos"),
                List.of());
        refused("partition 3, holds no file system that the guest mounts", other, "/sbin/resize2fs", "/sbin/lvm");
        ImageException refusal =
                assertThrows(ImageException.class, () -> after(facts("msdos", 2, ROOT), tree -> {}, "/sbin/resize2fs"));
        assertTrue(refusal.getMessage(), String.valueOf(refusal.getMessage()).contains("neither systemd nor OpenRC"));
    }
}
