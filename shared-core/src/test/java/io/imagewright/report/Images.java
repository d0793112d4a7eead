package io.imagewright.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.contents.DirectorySize;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ContentSummary;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ImageManifest.PartitionEntry;

/** Images to make pages of. */
public final class Images {

    static final long MIB = 1 << 20;

    private Images() {}

    /** An image of one disk with an EFI partition, an ext4 file system and swap, as qcow2 and raw. */
    public static ImageManifest manifest(String name, String product) {
        return manifest(
                name,
                product,
                List.of(
                        partition(15, 1, 124, "vfat"),
                        partition(1, 125, 1700, "ext4"),
                        partition(2, 1900, 512, "swap")));
    }

    static ImageManifest manifest(String name, String product, List<PartitionEntry> partitions) {
        TreeMap<String, String> digests = new TreeMap<>(Map.of("sha256", "ab12".repeat(16), "md5", "cd34".repeat(8)));
        return new ImageManifest(
                ImageManifest.SCHEMA,
                name,
                "1.0",
                "ef56",
                new TreeMap<>(Map.of("e2fsprogs", "1.47.0")),
                null,
                new TreeMap<>(),
                new ImageManifest.Source("disk.raw", "0123", "raw", null, List.of()),
                new TreeMap<>(Map.of("product", product)),
                new TreeMap<>(Map.of("OS", "debian", "USERS", "root ann")),
                partitions,
                List.of(
                        new ImageManifest.OperationEntry(
                                "cleanup-log",
                                12,
                                4096,
                                new ImageManifest.RemovedEntry(9, 4000, List.of("/var/log", "/var/log/apt"))),
                        new ImageManifest.OperationEntry("cleanup-mail", 0, 0, null)),
                new ContentSummary(
                        new TreeMap<>(Map.of("usr", 900 * MIB, "var", 100 * MIB)),
                        2000,
                        1001 * MIB,
                        List.of(new ContentSummary.LargePackage("linux-image", "6.1", 400 * MIB))),
                List.of(
                        new ArtifactEntry("web-1.0.qcow2", "qcow2", "", null, 4096 * MIB, 412 * MIB, digests),
                        new ArtifactEntry("web-1.0.raw", "raw", "raw", null, 4096 * MIB, 1200 * MIB, digests)),
                null,
                List.of());
    }

    /** @param start in MiB, as the size */
    static PartitionEntry partition(int number, long start, long size, String fileSystem) {
        return new PartitionEntry(null, number, "83", start * MIB, size * MIB, fileSystem, "u-" + number, "", "", "");
    }

    static BuildRecord build(String name, DirectorySize tree) {
        return BuildRecord.of(
                name,
                "1.0",
                Instant.EPOCH,
                Duration.ofMillis(17_890),
                List.of(
                        BuildRecord.Step.of("copy", Duration.ofMillis(2287), 1433 * MIB),
                        BuildRecord.Step.of("sysprep", Duration.ofMillis(27), 0),
                        BuildRecord.Step.of("write", Duration.ofMillis(12_300), 412 * MIB)),
                BuildRecord.Host.current(Map.of()),
                new BuildRecord.Size(8192 * MIB, 1433 * MIB),
                tree);
    }

    /** A tree as Debian's is, of three levels. */
    static DirectorySize tree() {
        return directory(
                "",
                10 * MIB,
                directory(
                        "usr",
                        5 * MIB,
                        directory(
                                "lib",
                                40 * MIB,
                                directory("x86_64-linux-gnu", 400 * MIB),
                                directory("modules", 120 * MIB),
                                directory("firmware", 30 * MIB)),
                        directory("share", 10 * MIB, directory("locale", 90 * MIB), directory("doc", 60 * MIB)),
                        directory("bin", 80 * MIB)),
                directory(
                        "var",
                        2 * MIB,
                        directory("lib", 20 * MIB, directory("dpkg", 60 * MIB)),
                        directory("cache", MIB)),
                directory("boot", 70 * MIB),
                directory("etc", 3 * MIB));
    }

    /** @param own bytes of the files that lie in none of the directories */
    static DirectorySize directory(String name, long own, DirectorySize... children) {
        long bytes = own;
        long files = 1;
        for (DirectorySize child : children) {
            bytes += child.bytes();
            files += child.files();
        }
        return new DirectorySize(name, bytes, files, List.of(children));
    }

    static List<ReportedPackage> packages(int count) {
        List<ReportedPackage> packages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            packages.add(new ReportedPackage("package-" + i, "1." + i, "deb", i % 2 == 0 ? "MIT" : "GPL-2.0-only"));
        }
        return packages;
    }

    static ImageReport report(String name, String product) {
        return new ImageReport(manifest(name, product), build(name, tree()), "", packages(40), "");
    }
}
