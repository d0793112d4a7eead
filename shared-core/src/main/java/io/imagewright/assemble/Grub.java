package io.imagewright.assemble;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.source.tree.FileTree;
import io.imagewright.spec.NewDisk.Boot;

/**
 * GRUB 2 of the tree for one kind of firmware. Its core image is made by grub-mkimage of this machine from the tree's modules; code of the tree is never run
 * here. Source of the numbers: "The boot sector" and "Embedding" of GRUB's developers' manual, and {@code grub/i386/pc/boot.h} for offsets.
 */
final class Grub {

    private static final int SECTOR = 512;

    /** Of the boot sector: where the core image begins, and two bytes that a hard disk has no use for. */
    private static final int CORE_AT = 0x5c;

    private static final int DRIVE_CHECK = 0x66;
    private static final byte NO_OPERATION = (byte) 0x90;

    /** Bytes of the code of a boot sector. */
    private static final int BOOT_CODE = 440;

    /** Bytes of a module or image; the largest have 200 KiB. */
    private static final int LARGEST = 8 << 20;

    private static final int MOST_MODULES = 1000;
    private static final long MOST_BYTES = 64 << 20;
    /** It reads modules of the tree. */
    private static final Limits LIMITS = new Limits(Duration.ofMinutes(10), Duration.ofMinutes(5), 2L << 30);

    private final Boot firmware;
    private final String target;
    private final List<String> disks;
    private final FileTree tree;
    private final Path directory;
    private final Exec exec;

    private Grub(Boot firmware, String target, List<String> disks, FileTree tree, Path directory, Exec exec) {
        this.firmware = firmware;
        this.target = target;
        this.disks = disks;
        this.tree = tree;
        this.directory = directory;
        this.exec = exec;
    }

    /** For a BIOS. */
    static Grub bios(FileTree tree, Path directory, Exec exec) {
        return new Grub(Boot.BIOS, "i386-pc", List.of("biosdisk"), tree, directory, exec);
    }

    /** For UEFI. */
    static Grub efi(FileTree tree, Path directory, Exec exec) {
        return new Grub(Boot.EFI, "x86_64-efi", List.of("fat"), tree, directory, exec);
    }

    Boot firmware() {
        return firmware;
    }

    /** Whether the tree has its modules. */
    boolean isInTree() {
        return tree.find(modules() + "/kernel.img").isPresent();
    }

    private String modules() {
        String usual = "usr/lib/grub/" + target;
        String other = "usr/share/grub2/" + target;
        return tree.find(usual + "/kernel.img").isPresent() ? usual : other;
    }

    /** Puts the modules where GRUB looks for them, as grub-install does. */
    void install() {
        for (String name : tree.names(modules())) {
            if (name.matches("[a-z0-9_.-]+\\.(mod|lst|img|pf2)")) {
                tree.find(modules() + "/" + name)
                        .filter(file -> file.stat().isRegular())
                        .ifPresent(file -> tree.copy(file, "boot/grub/" + target + "/" + name));
            }
        }
        installCore();
    }

    private void requireUsual(List<String> names) {
        long bytes = names.stream()
                .flatMap(name -> tree.find(modules() + "/" + name).stream())
                .mapToLong(file -> file.stat().size())
                .sum();
        if (names.size() > MOST_MODULES || bytes > MOST_BYTES) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot use the GRUB of the tree",
                    names.size() > MOST_MODULES
                            ? modules() + " has " + names.size() + " files"
                            : "its modules have more than " + (MOST_BYTES >> 20) + " MiB in " + modules(),
                    "Install GRUB again in the tree.");
        }
    }

    /** Leaves what grub-install leaves: the core image, and what it searches for, so that this UUID is known to be in use. */
    private void installCore() {
        try {
            String own = "boot/grub/" + target;
            if (Files.exists(early())) {
                tree.write(own + "/load.cfg", 0600, Files.readAllBytes(early()));
                tree.write(own + "/core.img", 0600, Files.readAllBytes(core()));
            }
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, directory, failure);
        }
    }

    private Path core() {
        return directory.resolve("core-" + target + ".img");
    }

    private Path early() {
        return directory.resolve("grub-" + target + ".cfg");
    }

    /**
     * Makes the core image, which finds the root file system by its UUID.
     *
     * @throws ImageException ENVIRONMENT when grub-mkimage fails
     */
    Path core(String rootUuid) {
        Path from = directory.resolve("grub-" + target);
        Path core = core();
        Path early = early();
        try {
            Files.createDirectories(from);
            List<String> names = tree.names(modules());
            requireUsual(names);
            for (String name : names) {
                if (name.matches("[a-z0-9_.-]+\\.(mod|lst|img)")) {
                    byte[] content = tree.read(modules() + "/" + name, LARGEST).orElse(new byte[0]);
                    Files.write(from.resolve(name), content);
                }
            }
            Files.writeString(
                    early,
                    // then GRUB goes on by itself with grub.cfg there; a menu that is nested in this file has no
                    // timeout
                    "search.fs_uuid " + rootUuid + " root\nset prefix=($root)/boot/grub\n");
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, directory, failure);
        }
        List<String> argv = new ArrayList<>(List.of(
                "grub-mkimage",
                "--format=" + target,
                "--directory=" + from,
                "--output=" + core,
                "--prefix=/boot/grub",
                "--config=" + early));
        argv.addAll(disks);
        argv.addAll(List.of("part_gpt", "part_msdos", "ext2", "search_fs_uuid", "normal"));
        ExecResult result = exec.run(new Command(argv, Map.of("LC_ALL", "C"), LIMITS));
        if (result.exitCode() != 0) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot make GRUB's core image for " + target,
                    "grub-mkimage: " + result.stderr().lines().findFirst().orElse("exit code " + result.exitCode()),
                    "Install the package grub-common, of the version that the tree has or later.");
        }
        return core;
    }

    /** The code of the boot sector, which loads the core image from this sector of the disk. */
    byte[] bootCode(long coreSector) {
        byte[] image = tree.read(modules() + "/boot.img", LARGEST).orElse(new byte[0]);
        if (image.length != SECTOR) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot use the GRUB of the tree",
                    modules() + "/boot.img has " + image.length + " bytes instead of " + SECTOR,
                    "Install GRUB again in the tree.");
        }
        ByteBuffer code = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        code.putLong(CORE_AT, coreSector);
        code.put(DRIVE_CHECK, NO_OPERATION).put(DRIVE_CHECK + 1, NO_OPERATION);
        return Arrays.copyOf(image, BOOT_CODE);
    }

    /** A core image for a BIOS, which loads the rest of itself from behind its first sector. */
    static ByteBuffer embedded(Path core, long coreSector, long most) {
        try {
            byte[] image = Files.readAllBytes(core);
            if (image.length > most) {
                throw ImageException.of(
                        ImageException.Kind.SOURCE,
                        "Cannot embed GRUB's core image",
                        "it has " + image.length + " bytes, and the place for it " + most,
                        "Install another version of GRUB in the tree.");
            }
            int sectors = (image.length + SECTOR - 1) / SECTOR;
            ByteBuffer bytes =
                    ByteBuffer.wrap(Arrays.copyOf(image, sectors * SECTOR)).order(ByteOrder.LITTLE_ENDIAN);
            // the block list at the end of the first sector: start, count, and the segment that is there already
            bytes.putLong(SECTOR - 12, coreSector + 1);
            bytes.putShort(SECTOR - 4, (short) (sectors - 1));
            return bytes;
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, core, failure);
        }
    }
}
