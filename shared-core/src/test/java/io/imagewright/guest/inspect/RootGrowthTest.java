package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.TreeBuilder;
import io.imagewright.guest.Volume;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** What grows a guest's root file system at boot: one row for each mechanism, and its neighbours that grow nothing. */
public class RootGrowthTest {

    private static final String NOTHING = "";
    private static final String ROOT = "UUID=1-2 / ext4 defaults 0 1\n";
    private static final String GROWING = "UUID=1-2 / ext4 defaults,x-systemd.growfs 0 1\n";
    private static final String MODULES = "cloud_init_modules:\n - seed_random\n - growpart\n - [resizefs, always]\n";
    private static final String CLOUD = "/etc/cloud/cloud.cfg";
    private static final String REPART_ROOT = "[Partition]\nType=root\n";

    private static final Consumer<TreeBuilder> CLOUD_INIT = tree -> tree.file(CLOUD, MODULES)
            .file("/usr/lib/systemd/system-generators/cloud-init-generator", "")
            .file("/usr/bin/growpart", "#!/bin/sh\n");

    private static final Consumer<TreeBuilder> INITRAMFS =
            tree -> tree.file("/usr/share/initramfs-tools/scripts/local-bottom/growroot", "");

    private static final Consumer<TreeBuilder> REPART =
            tree -> tree.file("/usr/bin/systemd-repart", "").file("/usr/lib/repart.d/50-root.conf", REPART_ROOT);

    private static void row(String expected, Consumer<TreeBuilder> content) {
        Facts facts = DistributionFactsTest.facts(
                tree -> content.accept(DistributionFactsTest.osRelease(tree, "x", "1", "X Linux 1")));
        assertEquals(expected, facts.growth().by());
    }

    private static Consumer<TreeBuilder> with(Consumer<TreeBuilder> base, String path, String text) {
        return tree -> {
            base.accept(tree);
            tree.file(path, text);
        };
    }

    private static Consumer<TreeBuilder> cloud(String more) {
        return with(CLOUD_INIT, "/etc/cloud/cloud.cfg.d/99-own.cfg", more);
    }

    @Test
    public void anOrdinarySystem() {
        row(NOTHING, tree -> tree.file("/etc/fstab", ROOT).file("/usr/bin/growpart", ""));
    }

    @Test
    public void cloudInit() {
        row("cloud-init", CLOUD_INIT);
        row("cloud-init", cloud("growpart: { mode: growpart }\n"));
        row("cloud-init", cloud("growpart: { devices: ['/', '/var'] }\nresize_rootfs: noblock\n"));
        row(
                "cloud-init",
                tree -> tree.file(CLOUD, MODULES)
                        .file("/usr/bin/growpart", "")
                        .file("/etc/init.d/cloud-init", "")
                        .symlink("/etc/runlevels/boot/cloud-init", "/etc/init.d/cloud-init"));
    }

    @Test
    public void cloudInit_thatDoesNotRun() {
        row(NOTHING, with(CLOUD_INIT, "/etc/cloud/cloud-init.disabled", ""));
        row(NOTHING, with(CLOUD_INIT, "/etc/cloud/ds-identify.cfg", "policy: disabled\n"));
        row(NOTHING, with(CLOUD_INIT, "/boot/grub/grub.cfg", "  linux /vmlinuz root=UUID=1 cloud-init=disabled ro\n"));
        row(NOTHING, with(CLOUD_INIT, "/boot/loader/entries/a.conf", "options root=UUID=1 cloud-init=disabled\n"));
        row("cloud-init", with(CLOUD_INIT, "/boot/grub/grub.cfg", "# cloud-init=disabled\n linux /vmlinuz ro\n"));
        row(NOTHING, tree -> tree.file(CLOUD, MODULES).file("/usr/bin/growpart", ""));
        row(NOTHING, tree -> {
            CLOUD_INIT.accept(tree);
            tree.symlink("/etc/systemd/system/cloud-init.service", "/dev/null");
        });
    }

    @Test
    public void cloudInit_thatDoesNotGrowTheRoot() {
        row(
                NOTHING,
                tree -> tree.file(CLOUD, MODULES)
                        .file("/usr/lib/systemd/system-generators/cloud-init-generator", "")); // growpart is missing
        row(NOTHING, cloud("growpart: { mode: \"off\" }\n"));
        row(NOTHING, cloud("growpart: { mode: false }\n"));
        row(NOTHING, cloud("growpart: { mode: gpart }\n"));
        row(NOTHING, cloud("growpart: { devices: [/data] }\n"));
        row(NOTHING, cloud("resize_rootfs: false\n"));
        row(NOTHING, cloud("cloud_init_modules: [seed_random, resizefs]\n"));
        row(NOTHING, cloud("cloud_init_modules: [growpart]\n"));
        row(NOTHING, with(CLOUD_INIT, "/etc/growroot-disabled", ""));
        row("cloud-init", tree -> {
            cloud("growpart: { ignore_growroot_disabled: true }\n").accept(tree);
            tree.file("/etc/growroot-disabled", "");
        });
    }

    /** growroot moves the end of the partition alone. */
    @Test
    public void growrootOfTheInitialRamDisk() {
        Consumer<TreeBuilder> whole = tree -> {
            INITRAMFS.accept(tree);
            tree.file("/usr/bin/growpart", "").file("/etc/fstab", GROWING);
        };
        row("growroot of initramfs-tools, then systemd-growfs", whole);
        row(NOTHING, with(whole, "/etc/growroot-disabled", ""));
        row(NOTHING, tree -> {
            INITRAMFS.accept(tree);
            tree.file("/usr/bin/growpart", "").file("/etc/fstab", ROOT);
        });
        row(NOTHING, tree -> {
            INITRAMFS.accept(tree);
            tree.file("/etc/fstab", GROWING);
        });
        row(
                "growroot of dracut, then systemd-growfs",
                tree -> tree.file("/usr/lib/dracut/modules.d/50growroot/module-setup.sh", "")
                        .file("/usr/bin/growpart", "")
                        .file("/etc/fstab", GROWING));
        row(
                "growroot of initramfs-tools, then cloud-init",
                with(
                        with(cloud("growpart: { mode: \"off\" }\n"), "/etc/fstab", ROOT),
                        "/usr/share/initramfs-tools/scripts/local-bottom/growroot",
                        ""));
    }

    @Test
    public void systemd() {
        row("systemd-repart, then systemd-growfs", with(REPART, "/etc/fstab", GROWING));
        row("systemd-repart", REPART); // systemd-gpt-auto-generator mounts the root
        row(NOTHING, with(REPART, "/etc/fstab", ROOT));
        for (Map.Entry<String, String> type : Map.of(
                        "root-x86-64", "systemd-repart", "root-verity", NOTHING, "root-x86-64-verity-sig", NOTHING)
                .entrySet()) {
            row(
                    type.getValue(),
                    with(
                            tree -> tree.file("/usr/bin/systemd-repart", ""),
                            "/usr/lib/repart.d/50-root.conf",
                            "[Partition]\nType=" + type.getKey() + "\n"));
        }
        row(NOTHING, tree -> tree.file("/etc/fstab", GROWING));
        row(NOTHING, tree -> tree.file("/usr/lib/repart.d/50-root.conf", REPART_ROOT));
        row(
                NOTHING,
                tree -> tree.file("/usr/bin/systemd-repart", "")
                        .file("/usr/lib/repart.d/60-home.conf", "[Partition]\nType=home\n"));
        row(
                NOTHING,
                tree -> tree.file("/usr/bin/systemd-repart", "")
                        .file("/usr/lib/repart.d/50-root.conf", REPART_ROOT + "SizeMaxBytes=4G\n"));
        row(
                NOTHING,
                tree -> tree.file("/usr/bin/systemd-repart", "")
                        .file("/usr/lib/repart.d/50-root.conf", REPART_ROOT + "GrowFileSystem=no\n"));
        row(NOTHING, tree -> {
            REPART.accept(tree);
            tree.symlink("/etc/systemd/system/systemd-repart.service", "/dev/null");
        });
    }

    @Test
    public void servicesOfDistributions() {
        row(
                "armbian-resize-filesystem",
                tree -> DistributionFactsTest.enabled(
                        tree,
                        "armbian-resize-filesystem.service",
                        "[Service]\nExecStart=/usr/lib/armbian/armbian-resize-filesystem start\n"));
        row(
                "extend-filesystems",
                tree -> DistributionFactsTest.enabled(
                        tree,
                        "extend-filesystems.service",
                        "[Service]\nExecStart=/usr/lib/flatcar/extend-filesystems\n"));
        Consumer<TreeBuilder> ignition =
                tree -> tree.dir("/usr/lib/dracut/modules.d").dir("/usr/lib/dracut/modules.d/40ignition-ostree");
        row("ignition-ostree-growfs", with(ignition, "/boot/ignition.firstboot", ""));
        row(NOTHING, ignition);
        row(
                "raspi-config init_resize",
                tree -> tree.file(
                                "/boot/cmdline.txt",
                                "root=PARTUUID=1-02 quiet init=/usr/lib/raspi-config/init_resize.sh\n")
                        .file("/etc/init.d/resize2fs_once", ""));
        row(
                NOTHING,
                tree -> tree.file("/boot/cmdline.txt", "root=PARTUUID=1-02 quiet\n")
                        .file("/etc/init.d/resize2fs_once", ""));
        row(
                "raspberrypi-sys-mods firstboot",
                tree -> tree.file(
                        "/boot/firmware/cmdline.txt",
                        "root=PARTUUID=1-02 init=/usr/lib/raspberrypi-sys-mods/firstboot\n"));
        Consumer<TreeBuilder> tiny = tree -> tree.file("/usr/bin/growpart", "")
                .file("/etc/init.d/tiny-cloud-boot", "")
                .symlink("/etc/runlevels/boot/tiny-cloud-boot", "/etc/init.d/tiny-cloud-boot");
        row("tiny-cloud", tiny);
        row(NOTHING, with(tiny, "/etc/tiny-cloud.conf", "SKIP_INIT_ACTIONS=\"expand_root\"\n"));
    }

    /** What runs at boot reaches a root file system on a logical volume only if it knows of those. */
    @Test
    public void theRootOfALogicalVolume() {
        MemoryGuest guest =
                MemoryGuest.of(tree -> CLOUD_INIT.accept(DistributionFactsTest.osRelease(tree, "x", "1", "X Linux 1")));
        Facts facts = new Facts(
                "linux",
                "x",
                "",
                "",
                List.of(),
                List.of(new Mount(GuestPath.ROOT, Volume.FIRST_INSIDE)),
                Map.of(),
                List.of());
        assertEquals(RootGrowth.NOTHING, RootGrowth.of(guest, facts));
    }

    @Test
    public void growRootOfThisTool_growsWhateverIsLast() {
        Facts facts = DistributionFactsTest.facts(tree -> DistributionFactsTest.enabled(
                DistributionFactsTest.osRelease(tree, "x", "1", "X Linux 1"),
                GrowRootService.NAME + ".service",
                "[Service]\nExecStart=/usr/libexec/" + GrowRootService.NAME + "\n"));
        assertTrue(facts.growth().grows(GuestPath.of("/var")));
        assertFalse(RootGrowth.ofRoot("cloud-init").grows(GuestPath.of("/var")));
        assertTrue(RootGrowth.ofRoot("cloud-init").grows(GuestPath.ROOT));
    }
}
