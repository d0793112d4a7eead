package io.imagewright.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.imagewright.contents.DirectorySize;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ContentSummary;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.progress.ByteCount;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of an image's page alone, for other pages: SVG elements that need neither a style sheet nor a script nor the network, and take the
 * width and the colour of text of the place that they are put in. Everything in them is escaped, whoever wrote the manifest. The same
 * input gives the same characters.
 */
public final class ReportPictures {

    private ReportPictures() {}

    /** Where the bytes lie: directories by size, one in the other. */
    public static String treemap(DirectorySize tree) {
        return TreemapPicture.of(tree);
    }

    /**
     * The same of an image.
     *
     * @param build null when it is not known; then as far as the manifest records it
     */
    public static String treemap(ImageManifest manifest, @Nullable BuildRecord build) {
        return treemap(new ImageReport(manifest, build, "", null, "").tree());
    }

    /** The partitions of each disk, to scale; one picture for each disk that the manifest speaks of. */
    public static List<String> partitionMaps(ImageManifest manifest) {
        List<Disk> disks = Disk.of(manifest);
        List<String> fileSystems = PartitionPicture.fileSystems(disks);
        return disks.stream()
                .map(disk -> PartitionPicture.of(disk, fileSystems))
                .toList();
    }

    /**
     * Before and after: source and image, as a guest sees them and as they are stored.
     *
     * @param build null when it is not known; then the source is left out
     */
    public static String sizes(ImageManifest manifest, @Nullable BuildRecord build) {
        List<Bars.Bar> bars = new ArrayList<>();
        if (build != null) {
            bars.add(bytes("Source, as a guest sees it", build.source().virtual(), Palette.BEFORE));
            bars.add(bytes("Source, stored", build.source().stored(), Palette.BEFORE));
        }
        long virtual = Disk.of(manifest).stream().mapToLong(Disk::size).reduce(0, ReportPictures::sum);
        bars.add(bytes("Image, as a guest sees it", virtual, Palette.AFTER));
        for (ArtifactEntry artifact : manifest.artifacts()) {
            bars.add(bytes(artifact.file() + ", stored", artifact.storedSize(), Palette.AFTER));
        }
        return Bars.of("sizes", "Bytes before and after the build", bars);
    }

    /** How long each step of a build took. */
    public static String durations(BuildRecord build) {
        List<Bars.Bar> bars = new ArrayList<>();
        for (BuildRecord.Step step : build.steps()) {
            String bytes = step.bytes() > 0 ? ", " + ByteCount.format(step.bytes()) : "";
            bars.add(new Bars.Bar(step.step() + bytes, seconds(step.seconds()), step.seconds(), Palette.AFTER));
        }
        return Bars.of("durations", "Time of each step", bars);
    }

    /** The largest packages, by their installed bytes. */
    public static String largestPackages(ContentSummary summary) {
        return Bars.of(
                "packages",
                "The largest packages",
                summary.largestPackages().stream()
                        .map(each -> bytes(each.name() + " " + each.version(), each.bytes(), Palette.AFTER))
                        .toList());
    }

    /** For example {@code 27 ms}, {@code 4.2 s}, {@code 3 min 20 s}. */
    static String seconds(double seconds) {
        double positive = Math.max(0, seconds);
        if (positive < 0.9995) {
            return Math.round(positive * 1000) + " ms";
        }
        return positive < 59.95
                ? String.format(Locale.ROOT, "%.1f s", positive)
                : String.format(Locale.ROOT, "%d min %d s", Math.round(positive) / 60, Math.round(positive) % 60);
    }

    private static Bars.Bar bytes(String label, long bytes, String colour) {
        return new Bars.Bar(label, ByteCount.format(Math.max(0, bytes)), bytes, colour);
    }

    private static long sum(long one, long other) {
        return one + Math.min(other, Long.MAX_VALUE - one);
    }
}
