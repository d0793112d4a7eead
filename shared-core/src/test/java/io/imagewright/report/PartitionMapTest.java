package io.imagewright.report;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.manifest.ImageManifest.PartitionEntry;
import org.junit.Test;

import static io.imagewright.report.Images.MIB;
import static io.imagewright.report.Images.partition;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class PartitionMapTest {

    private static final double TINY = 1e-9;

    private static List<PartitionMap.Segment> map(long sizeMib, PartitionEntry... partitions) {
        return PartitionMap.of(new Disk(1, sizeMib * MIB, List.of(partitions)));
    }

    @Test
    public void partitionsAreDrawnToScale() {
        List<PartitionMap.Segment> map = map(1000, partition(1, 100, 400, "ext4"), partition(2, 600, 200, "swap"));
        assertEquals(0.1, map.get(0).left(), TINY);
        assertEquals(0.4, map.get(0).width(), TINY);
        assertEquals(0.6, map.get(1).left(), TINY);
        assertEquals(0.2, map.get(1).width(), TINY);
    }

    @Test
    public void whatIsTooSmallToSeeIsWidened_andTheRestKeepsItsProportions() {
        List<PartitionMap.Segment> map = map(
                100_000, partition(14, 1, 3, ""), partition(1, 4, 60_000, "ext4"), partition(2, 60_004, 30_000, "xfs"));
        assertEquals(PartitionMap.NARROWEST, map.get(0).width(), TINY);
        assertEquals(2, map.get(1).width() / map.get(2).width(), 1e-6);
        assertTrue(map.get(2).left() + map.get(2).width() <= 1 + TINY);
    }

    @Test
    public void logicalPartitionsLieInTheExtendedOne() {
        List<PartitionMap.Segment> map = map(
                1000,
                partition(5, 501, 200, "ext4"),
                partition(1, 1, 400, "ext4"),
                partition(2, 500, 500, ""),
                partition(6, 702, 100, "swap"));
        assertEquals(
                List.of(1, 2, 5, 6),
                map.stream().map(segment -> segment.partition().number()).toList());
        assertEquals(
                List.of(0, 0, 1, 1),
                map.stream().map(PartitionMap.Segment::depth).toList());
        assertEquals(0.501, map.get(2).left(), TINY);
        assertEquals(0.2, map.get(2).width(), TINY);
    }

    @Test
    public void tablesThatCannotBeAreDrawnInsideTheDisk() {
        List<PartitionEntry> odd = new ArrayList<>(List.of(
                partition(1, 0, 600, "ext4"),
                partition(2, 300, 600, "ext4"),
                partition(3, -5, -7, "ext4"),
                new PartitionEntry(null, 4, "", Long.MAX_VALUE - 1, Long.MAX_VALUE, "", "", "", "", ""),
                new PartitionEntry(null, 5, "", 0, Long.MAX_VALUE, "", "", "", "", "")));
        for (int i = 6; i < 2000; i++) {
            odd.add(partition(i, i, 1, ""));
        }
        List<PartitionMap.Segment> map = PartitionMap.of(new Disk(1, 1000 * MIB, odd));
        assertTrue(map.size() <= 256);
        for (PartitionMap.Segment segment : map) {
            assertTrue(segment.toString(), segment.left() >= -TINY && segment.width() >= 0);
            assertTrue(segment.toString(), segment.left() + segment.width() <= 1 + 1e-6);
        }
        String picture = PartitionPicture.of(new Disk(1, 1000 * MIB, odd), List.of("ext4"));
        assertFalse(picture, picture.contains("NaN") || picture.contains("Infinity"));
    }

    @Test
    public void eachDiskHasAPicture_asLargeAsItsSmallestWholeOutput() {
        var one = Images.manifest("web", "Debian");
        assertEquals(List.of(4096 * MIB), Disk.of(one).stream().map(Disk::size).toList());
        PartitionEntry second = new PartitionEntry(2, 1, "83", MIB, 9 * MIB, "xfs", "", "", "", "");
        PartitionEntry first = new PartitionEntry(1, 1, "83", MIB, 99 * MIB, "ext4", "", "", "", "");
        var several = Images.manifest("web", "Debian", List.of(first, second));
        assertEquals(
                List.of(4096 * MIB, 10 * MIB),
                Disk.of(several).stream().map(Disk::size).toList());
        assertEquals(2, ReportPictures.partitionMaps(several).size());
    }
}
