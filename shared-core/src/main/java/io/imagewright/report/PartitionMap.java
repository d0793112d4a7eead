package io.imagewright.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.imagewright.manifest.ImageManifest.PartitionEntry;

/**
 * Where the partitions of a disk lie, to scale from 0 to 1. A partition that would be too small to see gets the smallest width that can be seen, at
 * the cost of the large ones. Logical partitions lie in the extended one.
 */
final class PartitionMap {

    /** Share of the disk's width. */
    static final double NARROWEST = 0.008;

    /** Tables have 128 entries as a rule; a picture of more shows nothing. */
    private static final int MOST = 256;

    private static final Comparator<PartitionEntry> BY_PLACE = Comparator.comparingLong(Disk::start)
            .thenComparing(Comparator.comparingLong(Disk::end).reversed())
            .thenComparingInt(PartitionEntry::number);

    private final List<Segment> segments = new ArrayList<>();

    private PartitionMap() {}

    /**
     * A partition's place.
     *
     * @param depth 0, and 1 more for each partition that it lies in
     * @param left share of the disk
     * @param width share of the disk
     */
    record Segment(PartitionEntry partition, int depth, double left, double width) {}

    /** A partition with those in it. */
    private record Node(PartitionEntry partition, long start, long end, List<Node> inside) {}

    /** Those that have others in them come before these. */
    static List<Segment> of(Disk disk) {
        List<Node> nodes = new ArrayList<>();
        disk.partitions().stream().sorted(BY_PLACE).limit(MOST).forEach(partition -> add(nodes, partition));
        PartitionMap map = new PartitionMap();
        map.place(nodes, 0, disk.size(), 0, 1, 0);
        return map.segments;
    }

    /** Puts it behind the last one, or into it. A table that overlaps is drawn as if what comes later began later. */
    private static void add(List<Node> nodes, PartitionEntry partition) {
        long start = Disk.start(partition);
        long end = Disk.end(partition);
        Node last = nodes.isEmpty() ? null : nodes.get(nodes.size() - 1);
        if (last != null && start < last.end() && end <= last.end()) {
            add(last.inside(), partition);
        } else {
            long from = last == null ? start : Math.max(start, last.end());
            nodes.add(new Node(partition, from, Math.max(from, end), new ArrayList<>()));
        }
    }

    private void place(List<Node> nodes, long start, long end, double left, double width, int depth) {
        double length = Math.max(1, end - start);
        double[] natural = new double[nodes.size() * 2 + 1];
        long at = start;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            natural[2 * i] = Math.max(0, node.start() - at) / length * width;
            natural[2 * i + 1] = (node.end() - node.start()) / length * width;
            at = node.end();
        }
        natural[nodes.size() * 2] = Math.max(0, end - at) / length * width;
        double[] drawn = widths(natural, width, Math.min(NARROWEST, width / Math.max(1, nodes.size())));
        double x = left;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            x += drawn[2 * i];
            segments.add(new Segment(node.partition(), depth, x, drawn[2 * i + 1]));
            place(node.inside(), node.start(), node.end(), x, drawn[2 * i + 1], depth + 1);
            x += drawn[2 * i + 1];
        }
    }

    /** Widens partitions, which have the odd numbers, to the least width; the others share what is left in their proportion. */
    private static double[] widths(double[] natural, double width, double least) {
        double[] drawn = natural.clone();
        boolean[] widened = new boolean[natural.length];
        for (boolean changed = true; changed; ) {
            changed = false;
            double taken = 0;
            double others = 0;
            for (int i = 0; i < natural.length; i++) {
                taken += widened[i] ? least : 0;
                others += widened[i] ? 0 : natural[i];
            }
            double scale = others > 0 ? Math.max(0, width - taken) / others : 0;
            for (int i = 0; i < natural.length; i++) {
                drawn[i] = widened[i] ? least : natural[i] * scale;
                if (i % 2 == 1 && !widened[i] && drawn[i] < least) {
                    widened[i] = true;
                    changed = true;
                }
            }
        }
        return drawn;
    }
}
