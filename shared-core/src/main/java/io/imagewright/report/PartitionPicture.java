package io.imagewright.report;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.manifest.ImageManifest.PartitionEntry;
import io.imagewright.markup.Markup;
import io.imagewright.progress.ByteCount;

/** Draws a {@link PartitionMap}. */
final class PartitionPicture {

    /** The width that labels are chosen for. */
    private static final double WIDTH = 960;

    private static final double CHARACTER = 6.7;
    private static final int HEIGHT = 84;
    private static final int THICK = 58;
    private static final int INSET = 18;
    private static final int AXIS = 76;

    private PartitionPicture() {}

    /**
     * Draws a disk.
     *
     * @param fileSystems that have a colour, in its order
     */
    static String of(Disk disk, List<String> fileSystems) {
        List<PartitionMap.Segment> segments = PartitionMap.of(disk);
        Markup svg = Svg.picture(
                "partitions",
                HEIGHT,
                "Disk " + disk.number() + ", " + ByteCount.format(disk.size()),
                words(disk.partitions()));
        svg.shape(
                "rect",
                "y",
                "1",
                "width",
                "100%",
                "height",
                Integer.toString(THICK),
                "fill",
                "currentColor",
                "fill-opacity",
                "0.1");
        segments.forEach(segment -> segment(svg, segment, fileSystems));
        axis(svg, "0", "0", "start");
        axis(svg, ByteCount.format(disk.size()), "100%", "end");
        return svg.close("svg").line().toString();
    }

    /** The file systems of these disks, in the order of their colours. */
    static List<String> fileSystems(List<Disk> disks) {
        return disks.stream()
                .flatMap(disk -> disk.partitions().stream())
                .map(PartitionEntry::fileSystem)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /** The colour of a partition. */
    static String colour(PartitionEntry partition, List<String> fileSystems) {
        int rank = fileSystems.indexOf(partition.fileSystem());
        return Palette.of(rank < 0 ? Integer.MAX_VALUE : rank);
    }

    private static String words(List<PartitionEntry> partitions) {
        List<String> words = new ArrayList<>();
        for (PartitionEntry partition : partitions.subList(0, Math.min(8, partitions.size()))) {
            words.add(name(partition) + " " + ByteCount.format(Math.max(0, partition.size())));
        }
        return words.isEmpty() ? "No partitions" : String.join("; ", words);
    }

    private static String name(PartitionEntry partition) {
        String number = partition.number() == 0 ? "" : partition.number() + " ";
        String fileSystem = partition.fileSystem().isEmpty() ? "unknown" : partition.fileSystem();
        return number + Markup.shortened(fileSystem, 20);
    }

    private static void segment(Markup svg, PartitionMap.Segment segment, List<String> fileSystems) {
        PartitionEntry partition = segment.partition();
        int inset = Math.min(segment.depth(), 2) * INSET;
        String size = ByteCount.format(Math.max(0, partition.size()));
        svg.open(
                "svg",
                "x",
                Markup.percent(segment.left()),
                "y",
                Integer.toString(1 + inset),
                "width",
                Markup.percent(segment.width()),
                "height",
                Integer.toString(THICK - inset));
        svg.element(
                "title",
                name(partition) + ": " + size + " from " + ByteCount.format(Disk.start(partition)) + " on"
                        + (partition.label().isEmpty() ? "" : ", label " + Markup.shortened(partition.label(), 40)));
        svg.shape(
                "rect",
                "width",
                "100%",
                "height",
                "100%",
                "fill",
                colour(partition, fileSystems),
                "stroke",
                "#ffffff",
                "stroke-width",
                "1");
        label(svg, name(partition), 15, "600", segment.width());
        label(svg, size, 31, "400", segment.width());
        svg.close("svg").line();
    }

    private static void label(Markup svg, String text, int y, String weight, double width) {
        if (text.length() * CHARACTER + 10 > width * WIDTH) {
            return;
        }
        svg.element(
                "text",
                text,
                "x",
                "5",
                "y",
                Integer.toString(y),
                "fill",
                Palette.LABEL,
                "font-weight",
                weight,
                "pointer-events",
                "none");
    }

    private static void axis(Markup svg, String text, String x, String anchor) {
        svg.element("text", text, "x", x, "y", Integer.toString(AXIS), "text-anchor", anchor, "fill", "currentColor");
    }
}
