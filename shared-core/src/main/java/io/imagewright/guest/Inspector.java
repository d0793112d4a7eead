package io.imagewright.guest;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
            new NetworkManagerFacts());

    private Inspector() {}

    /**
     * The partition with the root of the one operating system.
     *
     * @param trees the file system of each partition that can be read, alone, by the partition's number
     * @throws io.imagewright.error.ImageException SOURCE when no system is found, UNSUPPORTED when there are several
     */
    public static int rootPartition(Map<Integer, GuestTree> trees, List<Volume> volumes) {
        return RootFinder.find(trees, volumes);
    }

    /**
     * The file systems of the guest on this medium by its fstab: the root first, a directory before what is mounted below it, each partition
     * once. Links in mount points are followed in the root file system. Volumes of types that an engine cannot read are among them.
     *
     * @param rootTree the root file system alone
     * @param root its partition
     * @param warnings takes a sentence for each entry that is not heeded
     * @throws io.imagewright.error.ImageException SOURCE when /etc, /root, /home or /var is missing on the medium
     */
    public static List<Mount> mounts(GuestTree rootTree, int root, List<Volume> volumes, Consumer<String> warnings) {
        return new MountFinder(rootTree, root, volumes, warnings).find();
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
        Findings findings = new Findings();
        GuestFiles files = new GuestFiles(guest, findings::warn);
        Clues clues = Clues.gather(files, findings::warn);
        Identity identity = clues.identity();
        findings.property("PARTITION_TABLE", partitionTable);
        findings.property("BOOTSTRAP", BootCode.name(firstSector));
        findings.property("ROOT_PARTITION", String.valueOf(mounts.get(0).partition()));
        FINDERS.forEach(finder -> finder.find(clues, findings));
        return new Facts(
                identity.family(),
                identity.distribution(),
                identity.product(),
                identity.version(),
                volumes,
                mounts,
                findings.properties(),
                findings.warnings());
    }
}
