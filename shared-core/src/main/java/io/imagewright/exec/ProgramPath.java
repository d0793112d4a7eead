package io.imagewright.exec;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Where a program lies. {@code PATH} first, then the directories that Debian leaves out of an ordinary user's {@code PATH}. */
final class ProgramPath {

    private static final List<String> SYSTEM_DIRECTORIES = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    /** The Debian package of each program that is not called like its package. */
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("qemu-img", "qemu-utils"),
            Map.entry("qemu-io", "qemu-utils"),
            Map.entry("qemu-nbd", "qemu-utils"),
            Map.entry("qemu-system-x86_64", "qemu-system-x86"),
            Map.entry("e2fsck", "e2fsprogs"),
            Map.entry("resize2fs", "e2fsprogs"),
            Map.entry("tune2fs", "e2fsprogs"),
            Map.entry("dumpe2fs", "e2fsprogs"),
            Map.entry("e2image", "e2fsprogs"),
            Map.entry("mke2fs", "e2fsprogs"),
            Map.entry("mkfs.ext4", "e2fsprogs"),
            Map.entry("debugfs", "e2fsprogs"),
            Map.entry("blkid", "util-linux"),
            Map.entry("prlimit", "util-linux"),
            Map.entry("setpriv", "util-linux"),
            Map.entry("setsid", "util-linux"),
            Map.entry("mkswap", "util-linux"),
            Map.entry("losetup", "util-linux"),
            Map.entry("sfdisk", "fdisk"),
            Map.entry("sgdisk", "gdisk"),
            Map.entry("mkfs.vfat", "dosfstools"),
            Map.entry("mcopy", "mtools"),
            Map.entry("fusermount", "fuse3"),
            Map.entry("grub-mkimage", "grub-common"),
            Map.entry("sqfs2tar", "squashfs-tools-ng"),
            Map.entry("gpg", "gnupg"),
            Map.entry("sftp", "openssh-client"),
            Map.entry("ssh", "openssh-client"));

    private ProgramPath() {}

    /** Whether there is such a program. */
    static boolean isThere(String program) {
        return candidates(program).stream()
                .anyMatch(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate));
    }

    /**
     * The program's own path, so that nothing is looked up twice.
     *
     * @param program a plain name, or a path when it has a slash
     * @throws ImageException ENVIRONMENT when there is no such program
     */
    static Path find(String program) {
        for (Path candidate : candidates(program)) {
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        String what = "Cannot run " + program;
        if (program.indexOf('/') >= 0) {
            String reason =
                    Files.isRegularFile(Path.of(program)) ? "the file is not executable" : "there is no such file";
            throw ImageException.of(Kind.ENVIRONMENT, what, reason, "Check the path and its permissions.");
        }
        String name = PACKAGES.getOrDefault(program, program);
        throw ImageException.of(
                Kind.ENVIRONMENT,
                what,
                "the program is not installed",
                "Install it (Debian and Ubuntu: apt-get install " + name + ") or add its directory to PATH.");
    }

    private static List<Path> candidates(String program) {
        List<Path> found = new ArrayList<>();
        try {
            if (program.indexOf('/') >= 0) {
                return List.of(Path.of(program));
            }
            for (String directory :
                    System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
                if (directory.startsWith("/")) { // a relative entry would run whatever lies in the project's directory
                    found.add(Path.of(directory, program));
                }
            }
            for (String directory : SYSTEM_DIRECTORIES) {
                found.add(Path.of(directory, program));
            }
        } catch (InvalidPathException e) {
            throw ImageException.of(
                    Kind.ENVIRONMENT, "Cannot run a program", String.valueOf(e.getMessage()), "Check its name.", e);
        }
        return found;
    }
}
