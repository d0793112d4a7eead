package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.imagewright.spec.ImageDescription;

/**
 * A guest on two disks: a raw one with MBR, {@code 1} ext4 (the root) and {@code 2} swap; and a qcow2 with GPT, {@code 1} ext4 (/home, by the kernel's
 * name), {@code 2} swap and {@code 3} ext4 (/var, by label). On each was a file that is deleted.
 */
public final class TwoDisks {

    /** In the file that was deleted on each disk, and in what sysprep takes away. */
    static final String MARKER = "STALEMARKER-77c1de";

    private static final String ROOT = "11111111-2222-3333-4444-555555555555";

    private final Path directory;

    private TwoDisks(Path directory) {
        this.directory = directory;
    }

    /** Makes them in a directory of their own. */
    static TwoDisks in(Path directory) throws IOException {
        TwoDisks disks = new TwoDisks(Files.createDirectories(directory));
        Path tree = GuestDisk.tree(directory.resolve("guest"));
        Files.writeString(
                tree.resolve("etc/fstab"),
                "UUID=" + ROOT
                        + " / ext4 defaults 0 1\n/dev/vdb1 /home ext4 defaults 0 2\nLABEL=VAR /var ext4 defaults 0 2\n");
        Files.writeString(tree.resolve("deleted"), MARKER.repeat(1000));
        Files.writeString(tree.resolve("root/.bash_history"), MARKER);
        Files.writeString(tree.resolve("home/alice/.bash_history"), MARKER);
        Files.writeString(tree.resolve("home/deleted"), MARKER.repeat(1000));
        Path home = apart(tree, "home");
        Path var = apart(tree, "var");
        LaidOutDisk root = new LaidOutDisk(disks.root(), 120)
                .table(
                        512,
                        "label: dos",
                        "label-id: 0x12345678",
                        "start=1MiB, size=96MiB, type=83, bootable",
                        "start=97MiB, size=16MiB, type=82")
                .ext4(1, 96, tree, "-U", ROOT)
                .swap(97, 16);
        LaidOutDisk.debugfs(root.file(), 1 << 20, "rm /deleted");
        LaidOutDisk data = new LaidOutDisk(directory.resolve("data.raw"), 140)
                .table(
                        512,
                        "label: gpt",
                        "start=1MiB, size=32MiB, type=L",
                        "start=33MiB, size=16MiB, type=S",
                        "start=49MiB, size=64MiB, type=L")
                .ext4(1, 32, home)
                .swap(33, 16)
                .ext4(49, 64, var, "-L", "VAR");
        LaidOutDisk.debugfs(data.file(), 1 << 20, "rm /deleted");
        GuestDisk.run(
                "qemu-img",
                "convert",
                "-O",
                "qcow2",
                data.file().toString(),
                disks.data().toString());
        return disks;
    }

    private static Path apart(Path tree, String name) throws IOException {
        Path apart = tree.resolveSibling(name);
        Files.move(tree.resolve(name), apart);
        Files.createDirectory(tree.resolve(name));
        return apart;
    }

    /** The first disk. */
    Path root() {
        return directory.resolve("root.raw");
    }

    /** The second disk. */
    Path data() {
        return directory.resolve("data.qcow2");
    }

    /** An image {@code guest} of these disks. */
    ImageDescription description(String... formats) {
        return of(List.of(root(), data()), formats);
    }

    /** An image {@code guest} of any disks. */
    public static ImageDescription of(List<Path> disks, String... formats) {
        ImageDescription plain = Requests.description(disks.get(0), formats);
        List<ImageDescription.Disk> further = new ArrayList<>();
        disks.stream().skip(1).forEach(disk -> further.add(new ImageDescription.Disk(disk.toString(), null)));
        return plain.toBuilder()
                .source(new ImageDescription.Source(plain.source().media(), null, further))
                .build();
    }

    /** The same, whatever is on the disks. */
    static ImageDescription allowingUnsupported(ImageDescription plain) {
        return plain.toBuilder().allowUnsupported(true).build();
    }

    /** How often the marker is in these files, whatever is around it. */
    static long markers(Path... files) {
        return Arrays.stream(files)
                .mapToLong(file -> Long.parseLong(GuestDisk.shell("grep -aoc \"$2\" \"$1\" || true", file, MARKER)
                        .strip()))
                .sum();
    }
}
