package io.imagewright.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.api.DoctorReport;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.format.OutputFormats;
import io.imagewright.guest.libguestfs.GuestfsFiles;

/** Looks at what this machine offers to builds: programs, libraries, and what each is for. */
public final class Doctor {

    private static final Limits LIMITS = Limits.ofTime(Duration.ofSeconds(20));
    private static final Pattern VERSION = Pattern.compile("\\b(\\d+(?:\\.\\d+)+)");

    private static final List<Path> LIBRARY_ROOTS = List.of(Path.of("/usr/lib"), Path.of("/lib"));

    private final Exec exec;

    /** @param exec runs programs to ask for their versions */
    public Doctor(Exec exec) {
        this.exec = exec;
    }

    /** Asks for everything. Takes less than a second. */
    public List<DoctorReport.Finding> examine() {
        List<DoctorReport.Finding> findings = new ArrayList<>();
        for (String program : List.of("e2fsck", "resize2fs", "tune2fs", "e2image", "mke2fs")) {
            findings.add(program(program, "-V", "the engine direct", "e2fsprogs", true));
        }
        findings.add(library("libext2fs.so.2", "the engine direct", "libext2fs2", true));
        findings.add(program("blkid", "--version", "finding file systems", "util-linux", true));
        findings.add(program("prlimit", "--version", "limits on programs", "util-linux", true));
        findings.add(program(
                "qemu-img",
                "--version",
                "sources in qcow2, vmdk, vhd and vdi, outputs in " + joined(OutputFormats.writtenBy("qemu-img")),
                "qemu-utils",
                false));
        findings.add(library("libhivex.so.0", "the registry of Windows guests", "libhivex0", false));
        findings.add(new DoctorReport.Finding(
                "libguestfs",
                GuestfsFiles.installedVersion(System.getenv()).orElse(""),
                "the engine libguestfs, for guests that are not on ext2/3/4",
                "libguestfs-java",
                false));
        findings.add(new DoctorReport.Finding(
                "appliance kernel", applianceKernel(), "the engine libguestfs", "linux-image-amd64", false));
        findings.add(program(
                "qemu-system-x86_64",
                "--version",
                "the engine libguestfs, and booting finished images",
                "qemu-system-x86",
                false));
        findings.add(
                program("grub-mkimage", "--version", "disks made of trees that boot by GRUB", "grub-common", false));
        findings.add(program("sqfs2tar", "--version", "disks made of a squashfs", "squashfs-tools-ng", false));
        findings.add(program("gpg", "--version", "signatures", "gnupg", false));
        findings.add(library("libz.so.1", "qcow2 compressed with zlib", "zlib1g", false));
        findings.add(library("libcrypto.so.3", "fast checksums", "libssl3", false));
        findings.add(
                library("libeatmydata.so.1", "working copies without waiting for the disk", "libeatmydata1", false));
        return List.copyOf(findings);
    }

    private static String joined(List<String> words) {
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    /** Version of the newest kernel in /boot that can be read, which libguestfs makes its appliance from. */
    private static String applianceKernel() {
        try (Stream<Path> files = Files.list(Path.of("/boot"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("vmlinuz-") && Files.isReadable(file))
                    .map(file -> file.getFileName().toString().substring("vmlinuz-".length()))
                    .max(Comparator.naturalOrder())
                    .orElse("");
        } catch (IOException none) {
            return "";
        }
    }

    private DoctorReport.Finding program(
            String name, String option, String neededFor, String debianPackage, boolean required) {
        return new DoctorReport.Finding(name, version(name, option).orElse(""), neededFor, debianPackage, required);
    }

    private Optional<String> version(String name, String option) {
        try {
            ExecResult result = exec.run(new Command(List.of(name, option), Map.of("LC_ALL", "C"), LIMITS));
            Matcher matcher = VERSION.matcher(result.stdout() + result.stderr());
            return Optional.of(matcher.find() ? matcher.group(1) : "unknown");
        } catch (ImageException missing) {
            if (missing.kind() != ImageException.Kind.ENVIRONMENT) {
                throw missing;
            }
            return Optional.empty();
        }
    }

    /** A library has its version in its file's real name only. */
    private static DoctorReport.Finding library(String name, String neededFor, String debianPackage, boolean required) {
        String version = libraryDirectories(LIBRARY_ROOTS).stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .map(Doctor::versionInName)
                .orElse("");
        return new DoctorReport.Finding(name, version, neededFor, debianPackage, required);
    }

    /** Where libraries are: in the directory of some architecture (Debian's multiarch), in lib64, or plainly. */
    static List<Path> libraryDirectories(List<Path> roots) {
        List<Path> directories = new ArrayList<>();
        for (Path root : roots) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(root, "*-linux-gnu*")) {
                found.forEach(directories::add);
            } catch (IOException noSuchRoot) {
                continue;
            }
            directories.add(root.resolveSibling(root.getFileName() + "64"));
            directories.add(root);
        }
        return directories;
    }

    private static String versionInName(Path library) {
        try {
            Matcher matcher = Pattern.compile("\\.so\\.([0-9.]+)$")
                    .matcher(library.toRealPath().toString());
            return matcher.find() ? matcher.group(1) : "unknown";
        } catch (IOException gone) {
            return "unknown";
        }
    }
}
