package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;

/** Finds out what a medium holds: which system, put together from which volumes, with which facts. Changes nothing. */
public final class Inspector {

    /** In an order in which what one goes by was found before. */
    private static final List<FactFinder> FINDERS = List.of(
            new SystemFacts(),
            new CloudInitFacts(),
            new UserFacts(),
            new KernelFacts(),
            new DesktopFacts(),
            new RemoteFacts(),
            new NetworkManagerFacts(),
            new BootSignFacts());

    private static final List<FactFinder> BSD_FINDERS = List.of(
            new SystemFacts(),
            new BsdUserFacts(),
            new BsdKernelFacts(),
            new DesktopFacts(),
            new RemoteFacts(),
            new BootSignFacts());

    private static final List<WindowsFactFinder> WINDOWS_FINDERS = List.of(
            new WindowsIdentityFacts(),
            new WindowsUserFacts(),
            new RemoteDesktopFacts(),
            new WindowsStateFacts(),
            new WindowsBootSignFacts());

    private static final String PARTITION_TABLE = "PARTITION_TABLE";
    private static final String BOOTSTRAP = "BOOTSTRAP";
    private static final String ROOT_PARTITION = "ROOT_PARTITION";

    private Inspector() {}

    /**
     * Finds the one operating system of a medium.
     *
     * @param trees the file system of each partition that can be read, alone, by the partition's number
     */
    public static Recognition recognise(Map<Integer, GuestTree> trees, List<Volume> volumes) {
        return RootFinder.find(trees, volumes);
    }

    /**
     * The file systems of the guest on this medium, of Windows its system volume alone, else by its fstab: the root first, a directory before what is mounted below it, each partition
     * once. Links in mount points are followed in the root file system. Volumes of types that an engine cannot read are among them.
     *
     * @param rootTree the root file system alone
     * @param root its partition
     * @param warnings takes a sentence for each entry that is not heeded
     * @throws io.imagewright.error.ImageException SOURCE when /etc, /root, /home or /var is missing on the medium
     */
    public static List<Mount> mounts(GuestTree rootTree, int root, List<Volume> volumes, Consumer<String> warnings) {
        return WindowsSystem.isOn(rootTree)
                ? List.of(new Mount(GuestPath.ROOT, root)) // its other volumes are letters, not directories
                : new MountFinder(rootTree, root, volumes, warnings).find();
    }

    /**
     * The facts of a guest, and its image properties.
     *
     * @param guest the whole tree
     * @param mounts as {@link #mounts} gave them
     * @param partitionTable {@code msdos}, {@code gpt} or {@code none}
     * @param firstSector of the medium, with the boot code
     */
    public static Facts facts(
            GuestTree guest, List<Volume> volumes, List<Mount> mounts, String partitionTable, byte[] firstSector) {
        return facts(guest, volumes, mounts, mediumProperties(partitionTable, firstSector), Set.of());
    }

    /**
     * The facts of a guest that was changed since: the properties of an image describe the image. Who could log in with a password that was
     * locked since is still among {@code USERS}, as deployment gives them a new one.
     *
     * @param before the facts before the changes
     */
    public static Facts after(Facts before, GuestTree guest) {
        Map<String, String> medium = new TreeMap<>(before.properties());
        medium.keySet().retainAll(Set.of(PARTITION_TABLE, BOOTSTRAP));
        Set<String> users = Set.of(before.properties().getOrDefault("USERS", "").split(" "));
        return facts(guest, before.volumes(), before.mounts(), medium, users);
    }

    private static Facts facts(
            GuestTree guest, List<Volume> volumes, List<Mount> mounts, Map<String, String> medium, Set<String> users) {
        Findings findings = new Findings();
        if (WindowsSystem.isOn(guest)) {
            return windowsFacts(guest, volumes, mounts, medium, findings);
        }
        GuestFiles files = new GuestFiles(guest, findings::warn);
        Clues clues = Clues.gather(files, users, findings::warn);
        Identity identity = clues.identity();
        medium.forEach(findings::property);
        findings.property(ROOT_PARTITION, String.valueOf(partition(mounts.get(0).partition(), volumes)));
        (identity.isBsd() ? BSD_FINDERS : FINDERS).forEach(finder -> finder.find(clues, findings));
        Facts facts = new Facts(
                identity.family(),
                identity.distribution(),
                identity.product(),
                identity.version(),
                volumes,
                mounts,
                findings.properties(),
                findings.warnings());
        return facts.with(RootGrowth.of(guest, facts)).showing(findings.bootSigns());
    }

    private static Facts windowsFacts(
            GuestTree guest, List<Volume> volumes, List<Mount> mounts, Map<String, String> medium, Findings findings) {
        try (WindowsSystem system = WindowsSystem.of(guest)) {
            medium.forEach(findings::property);
            findings.property(
                    ROOT_PARTITION, String.valueOf(partition(mounts.get(0).partition(), volumes)));
            WINDOWS_FINDERS.forEach(finder -> finder.find(system, findings));
            return new Facts(
                            WindowsSystem.FAMILY,
                            WindowsSystem.FAMILY,
                            Findings.clean(system.product(), Findings.NAME_LIMIT),
                            system.version().toString(),
                            volumes,
                            mounts,
                            findings.properties(),
                            findings.warnings())
                    .showing(findings.bootSigns());
        }
    }

    /** Number of the partition in which the volume of this number lies, however deep; its own of a partition. */
    public static int partition(int number, List<Volume> volumes) {
        int at = number;
        for (int depth = 0; depth < volumes.size() && at >= Volume.FIRST_INSIDE; depth++) {
            int inside = at;
            at = volumes.stream()
                    .filter(volume -> volume.partition() == inside)
                    .map(Volume::within)
                    .findFirst()
                    .orElse(number);
        }
        return at;
    }

    /**
     * The properties that follow from the medium alone, whatever is on it.
     *
     * @param partitionTable {@code msdos}, {@code gpt} or {@code none}
     * @param firstSector of the medium, with the boot code
     * @return a map that can be added to
     */
    public static Map<String, String> mediumProperties(String partitionTable, byte[] firstSector) {
        Map<String, String> properties = new TreeMap<>();
        properties.put(PARTITION_TABLE, partitionTable);
        properties.put(BOOTSTRAP, BootCode.name(firstSector));
        return properties;
    }
}
