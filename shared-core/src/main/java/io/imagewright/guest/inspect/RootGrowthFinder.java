package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/**
 * Asks a guest what grows its root file system at boot. Two things must come together: what moves the end of the partition, and what
 * makes the file system fill it. Some programs do both. What only an initial RAM disk holds is taken from the package that puts it
 * there; the RAM disk itself is not read.
 */
final class RootGrowthFinder {

    private static final List<String> PROGRAMS = List.of(
            "/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/", "/usr/local/bin/", "/usr/local/sbin/", "/usr/lib/systemd/");

    /** Of cloud-initramfs-growroot, heeded by cloud-init's growpart, too. */
    private static final String GROWROOT_DISABLED = "/etc/growroot-disabled";

    private static final String INITRAMFS_GROWROOT = "/usr/share/initramfs-tools/scripts/local-bottom/growroot";
    private static final String DRACUT_MODULES = "/usr/lib/dracut/modules.d";
    private static final Pattern DRACUT_GROWROOT = Pattern.compile("\\d\\d(?:dracut-)?growroot");
    private static final Pattern DRACUT_IGNITION = Pattern.compile("\\d\\dignition-ostree");

    private static final List<String> REPART =
            List.of("/etc/repart.d", "/run/repart.d", "/usr/local/lib/repart.d", "/usr/lib/repart.d");

    private static final int MAX_DEFINITIONS = 256;
    private static final Pattern REPART_ROOT =
            Pattern.compile("(?m)^[ \t]*Type[ \t]*=[ \t]*(?:root(?![\\w-]*verity)|linux-generic)\\b");
    private static final Pattern REPART_LIMIT = Pattern.compile("(?m)^[ \t]*SizeMaxBytes[ \t]*=[ \t]*\\S");
    private static final Pattern REPART_KEEPS =
            Pattern.compile("(?m)^[ \t]*GrowFileSystem[ \t]*=[ \t]*(?:no|false|off|0|n|f)\\b");

    private final GuestFiles files;
    private final BootServices services;
    private final Optional<CloudInitConfig> cloudInit;
    private final Optional<Fstab.Entry> root;

    RootGrowthFinder(GuestFiles files, BootServices services) {
        this.files = files;
        this.services = services;
        this.cloudInit = CloudInitConfig.isActive(files, services)
                ? Optional.of(CloudInitConfig.read(files, unreadable -> {}))
                : Optional.empty();
        this.root = files.read("/etc/fstab")
                .filter(content -> content.size() <= Fstab.MAX_SIZE)
                .flatMap(content -> Fstab.parse(content).entries().stream()
                        .filter(entry -> entry.mountPoint().equals("/"))
                        .findFirst());
    }

    /** @param plain whether the root file system lies in a partition itself; what lies deeper only {@code growRoot} reaches */
    RootGrowth find(boolean plain) {
        if (services.start(GrowRootService.NAME)) {
            return new RootGrowth("growRoot", true);
        }
        if (!plain) {
            return RootGrowth.NOTHING;
        }
        Optional<String> both = both();
        if (both.isPresent()) {
            return RootGrowth.ofRoot(both.get());
        }
        Optional<String> partition = partition();
        Optional<String> fileSystem = fileSystem();
        return partition.isPresent() && fileSystem.isPresent()
                ? RootGrowth.ofRoot(
                        partition.equals(fileSystem) ? partition.get() : partition.get() + ", then " + fileSystem.get())
                : RootGrowth.NOTHING;
    }

    /** What grows the partition and the file system. */
    private Optional<String> both() {
        return first(Stream.of(
                when(services.start("armbian-resize-filesystem"), "armbian-resize-filesystem"),
                when(services.start("extend-filesystems"), "extend-filesystems"),
                when(isTinyCloud(), "tiny-cloud"),
                when(
                        hasDracutModule(DRACUT_IGNITION) && files.exists("/boot/ignition.firstboot"),
                        "ignition-ostree-growfs"),
                when(
                        KernelWords.have(files, "init=/usr/lib/raspberrypi-sys-mods/firstboot"),
                        "raspberrypi-sys-mods firstboot"),
                when(
                        KernelWords.have(files, "init=/usr/lib/raspi-config/init_resize.sh")
                                && files.exists("/etc/init.d/resize2fs_once"),
                        "raspi-config init_resize")));
    }

    private Optional<String> partition() {
        boolean growroot = hasProgram("growpart") && !files.exists(GROWROOT_DISABLED);
        return first(Stream.of(
                when(isGrownByCloudInit(), "cloud-init"),
                when(growroot && files.exists(INITRAMFS_GROWROOT), "growroot of initramfs-tools"),
                when(growroot && hasDracutModule(DRACUT_GROWROOT), "growroot of dracut"),
                when(repart().findAny().isPresent(), "systemd-repart")));
    }

    private Optional<String> fileSystem() {
        return first(Stream.of(
                when(
                        cloudInit
                                .filter(config -> config.runs("resizefs") && config.resizesRoot())
                                .isPresent(),
                        "cloud-init"),
                when(root.filter(entry -> entry.hasOption("x-systemd.growfs")).isPresent(), "systemd-growfs"),
                when(services.start("systemd-growfs"), "systemd-growfs"),
                // without an entry systemd-gpt-auto-generator mounts it, which heeds the flag that systemd-repart sets
                when(
                        root.isEmpty()
                                && repart().anyMatch(definition ->
                                        !REPART_KEEPS.matcher(definition).find()),
                        "systemd-repart")));
    }

    /** See {@code cc_growpart} of cloud-init. */
    private boolean isGrownByCloudInit() {
        return cloudInit
                .filter(config -> config.runs("growpart") && config.growsPartitionOf("/"))
                .filter(config -> !files.exists(GROWROOT_DISABLED) || config.ignoresGrowrootDisabled())
                .filter(config -> switch (config.growpartMode()) {
                    case "auto" -> hasProgram("growpart") || hasProgram("gpart");
                    case "growpart", "gpart" -> hasProgram(config.growpartMode());
                    default -> false;
                })
                .isPresent();
    }

    /** Alpine's; it runs growpart and the file system's tool, unless configured to leave that out. */
    private boolean isTinyCloud() {
        return hasProgram("growpart")
                && Stream.of("tiny-cloud", "tiny-cloud-boot", "tiny-cloud-early")
                        .anyMatch(services::start)
                && files.read("/etc/tiny-cloud.conf")
                        .filter(content -> Lines.of(content.text())
                                .anyMatch(line -> line.startsWith("SKIP_INIT_ACTIONS") && line.contains("expand_root")))
                        .isEmpty();
    }

    /** The definitions of a root partition without a largest size, see {@code repart.d(5)}. */
    private Stream<String> repart() {
        if (!hasProgram("systemd-repart") || files.leadsTo("/etc/systemd/system/systemd-repart.service", "/dev/null")) {
            return Stream.empty();
        }
        return REPART.stream()
                .flatMap(directory -> files.list(directory).stream())
                .filter(entry -> entry.path().name().endsWith(".conf"))
                .limit(MAX_DEFINITIONS)
                .flatMap(entry -> files.read(entry).stream())
                .map(Bytes::text)
                .filter(definition -> REPART_ROOT.matcher(definition).find()
                        && !REPART_LIMIT.matcher(definition).find());
    }

    private boolean hasDracutModule(Pattern name) {
        return files.list(DRACUT_MODULES).stream()
                .anyMatch(entry -> name.matcher(entry.path().name()).matches());
    }

    private boolean hasProgram(String name) {
        return PROGRAMS.stream().anyMatch(directory -> files.exists(directory + name));
    }

    private static Optional<String> when(boolean found, String name) {
        return found ? Optional.of(name) : Optional.empty();
    }

    private static Optional<String> first(Stream<Optional<String>> found) {
        return found.flatMap(Optional::stream).findFirst();
    }
}
