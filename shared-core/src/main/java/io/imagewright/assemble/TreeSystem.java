package io.imagewright.assemble;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.packages.VersionOrder;
import io.imagewright.source.tree.FileTree;
import io.imagewright.spec.NewDisk.Boot;

/** What of the operating system in a tree matters for its disk: its name, kernels, kernel command line. Files are added to it. */
final class TreeSystem {

    private static final int LARGEST = 1 << 20;
    private static final int MOST_KERNELS = 100;
    private static final Pattern KERNEL = Pattern.compile("vmlinu[xz]-([A-Za-z0-9._+~-]{1,100})");
    private static final Pattern WORDS = Pattern.compile("[\\w=,.:/@+ -]{0,2000}");
    /** What fstab(5) names partitions by. */
    private static final Pattern DEVICE = Pattern.compile("\\s*(/dev/(?!cdrom|sr\\d|fd\\d)|\"?(PART)?(UUID|LABEL)=)");
    /** What names the disk that the tree was on, or how the file system there is mounted. */
    private static final Set<String> OF_ANOTHER_DISK =
            Set.of("root", "rootflags", "rootfstype", "ro", "rw", "initrd", "resume", "resume_offset", "BOOT_IMAGE");

    /** A word of a shell script that needs no expansion, in the value of a variable. */
    private static final Pattern VALUE = Pattern.compile("\"([^\"]*+)\"|'([^']*+)'|([^\\s\"'#;]*+)");

    /** Directories that a running system mounts something on, with their modes. */
    private static final Map<String, Integer> MOUNT_POINTS = new TreeMap<>(
            Map.of("dev", 0755, "proc", 0555, "sys", 0555, "run", 0755, "tmp", 01777, "etc", 0755, "boot", 0755));

    /** A kernel and what it starts with. */
    record Kernel(String version, String path, Optional<String> initrd) {}

    private final FileTree tree;

    TreeSystem(FileTree tree) {
        this.tree = tree;
    }

    private String release(String key) {
        return text("etc/os-release")
                .or(() -> text("usr/lib/os-release"))
                .map(text -> {
                    Matcher line = Pattern.compile("(?m)^" + key + "=[\"']?([^\"'\\n]*)")
                            .matcher(text);
                    return line.find() ? line.group(1) : "";
                })
                .orElse("");
    }

    /** For people; ASCII without what GRUB would read as more than text. */
    String name() {
        String name = release("PRETTY_NAME").replaceAll("[^A-Za-z0-9 ./()_-]", "");
        return name.isEmpty() ? "Linux" : name.substring(0, Math.min(100, name.length()));
    }

    private Optional<String> text(String path) {
        return tree.read(path, LARGEST).map(content -> Bytes.of(content).text());
    }

    /** Kernels in /boot, the latest first. */
    List<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>();
        Set<String> names = new TreeSet<>(tree.names("boot"));
        for (String name : names) {
            Matcher kernel = KERNEL.matcher(name);
            if (kernel.matches()) {
                String version = kernel.group(1);
                Optional<String> initrd = List.of(
                                "initrd.img-" + version,
                                "initramfs-" + version + ".img",
                                "initrd-" + version,
                                "initramfs-" + version)
                        .stream()
                        .filter(names::contains)
                        .findFirst();
                kernels.add(new Kernel(version, "/boot/" + name, initrd.map(file -> "/boot/" + file)));
                if (kernels.size() > MOST_KERNELS) {
                    throw ImageException.of(
                            ImageException.Kind.SOURCE,
                            "Cannot make a boot menu of the tree",
                            "it has more than " + MOST_KERNELS + " kernels in /boot",
                            "Remove old kernels from the tree.");
                }
            }
        }
        kernels.sort((one, other) -> VersionOrder.INSTANCE.compare(other.version(), one.version()));
        return kernels;
    }

    /**
     * What the kernels of the tree are started with, but for what names the disk.
     *
     * @throws ImageException SOURCE when it has characters that GRUB would not take literally
     */
    String commandLine() {
        String line = text("etc/kernel/cmdline")
                .orElseGet(() -> grubDefault("GRUB_CMDLINE_LINUX") + " " + grubDefault("GRUB_CMDLINE_LINUX_DEFAULT"));
        String kept = Arrays.stream(line.strip().split("\\s+"))
                .filter(word -> !OF_ANOTHER_DISK.contains(word.split("=", 2)[0]))
                .collect(Collectors.joining(" "));
        if (!WORDS.matcher(kept).matches()) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot use the kernel command line of the tree",
                    "it has other characters than letters, digits and _=,.:/@+-, or more than 2000",
                    "Change etc/kernel/cmdline or etc/default/grub in the tree.");
        }
        return kept;
    }

    /** The last value that /etc/default/grub gives a variable, as a shell reads it; empty for none. */
    private String grubDefault(String name) {
        String start = name + "=";
        return text("etc/default/grub")
                .orElse("")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(start))
                .map(line -> VALUE.matcher(line.substring(start.length())))
                .filter(Matcher::lookingAt)
                .map(value -> value.group().replaceAll("^[\"']|[\"']$", ""))
                .reduce("", (earlier, last) -> last);
    }

    /** Refuses a tree that cannot boot. */
    void requireKernel() {
        if (kernels().isEmpty()) {
            throw missing(
                    "it has no kernel /boot/vmlinuz-*",
                    "the package " + packages("linux-image-amd64", "kernel-core", "linux-virt"));
        }
    }

    /** When the tree lacks a boot loader for the firmware. */
    ImageException noLoader(Boot firmware) {
        return switch (firmware) {
            case BIOS -> missing("it has no GRUB for a BIOS in /usr/lib/grub/i386-pc", "the package " + biosPackages());
            case EFI -> missing("it has no GRUB for UEFI in /usr/lib/grub/x86_64-efi", "the package " + efiPackages());
        };
    }

    /** When the tree has a boot loader for no firmware. */
    ImageException noLoader() {
        return missing(
                "it has no GRUB in /usr/lib/grub",
                "the package " + biosPackages() + " for a BIOS, or " + efiPackages() + " for UEFI,");
    }

    private String biosPackages() {
        return packages("grub-pc-bin", "grub2-pc-modules", "grub-bios");
    }

    private String efiPackages() {
        return packages("grub-efi-amd64-bin", "grub2-efi-x64-modules", "grub-efi");
    }

    private String packages(String debian, String fedora, String alpine) {
        String like = " " + release("ID") + " " + release("ID_LIKE") + " ";
        if (like.contains(" debian ") || like.contains(" ubuntu ")) {
            return debian;
        }
        if (like.contains(" fedora ") || like.contains(" rhel ")) {
            return fedora;
        }
        return like.contains(" alpine ")
                ? alpine
                : debian + " (Debian), " + fedora + " (Fedora) or " + alpine + " (Alpine)";
    }

    private static ImageException missing(String what, String install) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot make a disk that boots of the tree",
                what,
                Message.of("Install ", install, " in the tree, or set ", SettingName.DISK_BOOT.to("none"), "."));
    }

    /** What a container image may lack; the machine id of one machine is none of a disk. */
    void addMountPoints() {
        MOUNT_POINTS.forEach((path, mode) -> {
            // a link may lead to what the system makes when it boots
            if (!tree.names("").contains(path) || tree.find(path).isPresent()) {
                tree.makeDirectory(path, mode);
            }
        });
        if (!text("etc/machine-id").equals(Optional.of(""))) {
            tree.write("etc/machine-id", 0444, new byte[0]);
        }
    }

    /** Puts lines in front of fstab. What it has for the same mount points goes; what it has for other disks is kept as a comment. */
    void addFstab(List<String> lines) {
        List<String> points = lines.stream().map(line -> line.split(" ", -1)[1]).toList();
        StringBuilder fstab = new StringBuilder();
        lines.forEach(line -> fstab.append(line).append('\n'));
        text("etc/fstab").orElse("").lines().forEach(line -> {
            String[] fields = line.strip().split("\\s+", -1);
            boolean replaced = fields.length > 1 && !line.startsWith("#") && points.contains(fields[1]);
            if (!replaced && !line.contains("UNCONFIGURED FSTAB")) {
                fstab.append(DEVICE.matcher(line).lookingAt() ? "# not on this disk: " : "");
                fstab.append(line).append('\n');
            }
        });
        tree.write("etc/fstab", 0644, Bytes.ofText(fstab.toString()).toArray());
    }

    /** What the user should know of the finished disk, in full sentences. */
    List<String> warnings() {
        boolean isGrub = tree.find("boot/grub/grub.cfg").isPresent();
        boolean updates = tree.find("usr/sbin/update-grub").isPresent()
                || tree.find("sbin/update-grub").isPresent();
        return isGrub && !updates
                ? List.of(
                        "The tree has GRUB and no update-grub, so kernels that are installed in the machine do not get into its boot"
                                + " menu. On Debian and Ubuntu the package grub2-common has it.")
                : List.of();
    }

    /** The configuration of GRUB: one entry for each kernel. */
    void writeGrubConfiguration(String rootUuid, String partitionUuid) {
        StringBuilder text = new StringBuilder();
        text.append("set default=0\nset timeout=2\n");
        // without it the screen of a UEFI machine may stay blank
        text.append("if [ x$grub_platform = xefi ]; then\n  insmod all_video\nfi\n");
        text.append("search --no-floppy --fs-uuid --set=root ").append(rootUuid).append('\n');
        String words = commandLine();
        for (Kernel kernel : kernels()) {
            // the kernel alone finds a partition only, not a file system
            String root = kernel.initrd().isPresent() ? "UUID=" + rootUuid : "PARTUUID=" + partitionUuid;
            text.append("menuentry '")
                    .append(name())
                    .append(", Linux ")
                    .append(kernel.version())
                    .append("' {\n");
            text.append("  linux ")
                    .append(kernel.path())
                    .append(" root=")
                    .append(root)
                    .append(" ro");
            text.append(words.isEmpty() ? "" : " " + words).append('\n');
            kernel.initrd()
                    .ifPresent(initrd -> text.append("  initrd ").append(initrd).append('\n'));
            text.append("}\n");
        }
        tree.write("boot/grub/grub.cfg", 0600, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
