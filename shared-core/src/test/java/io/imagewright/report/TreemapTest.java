package io.imagewright.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import io.imagewright.contents.DirectorySize;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class TreemapTest {

    private static final Box BOX = new Box(0, 0, 960, 480);
    private static final double TINY = 1e-6;

    @Test
    public void areasAreInProportion_fillTheBox_andDoNotOverlap() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<Double> weights = new ArrayList<>();
            for (int i = random.nextInt(60); i >= 0; i--) {
                weights.add(Math.pow(10, random.nextInt(6)) * (1 + random.nextInt(9)));
            }
            weights.sort(Comparator.reverseOrder());
            double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
            List<Box> boxes = Squarified.divide(BOX, weights);
            assertEquals(weights.size(), boxes.size());
            for (int i = 0; i < boxes.size(); i++) {
                assertEquals(weights.get(i) / sum * BOX.area(), boxes.get(i).area(), 1e-3);
                assertTrue(boxes.get(i) + " in " + BOX, isInside(boxes.get(i), BOX));
            }
            assertNoOverlap(boxes);
        }
    }

    @Test
    public void boxesAreNearlySquare_asInThePaper() {
        // Bruls, Huizing, van Wijk: 6 x 4, areas 6 6 4 3 2 2 1; the first two share the left half, 3 wide and 2 high
        List<Box> boxes = Squarified.divide(new Box(0, 0, 6, 4), List.of(6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0));
        assertEquals(new Box(0, 0, 3, 2), boxes.get(0));
        assertEquals(new Box(0, 2, 3, 2), boxes.get(1));
        assertEquals(12.0 / 7, boxes.get(2).width(), TINY);
        assertEquals(7.0 / 3, boxes.get(2).height(), TINY);
        assertEquals(9.0 / 7, boxes.get(3).width(), TINY);
    }

    @Test
    public void nothingIsDividedIntoNothing() {
        assertEquals(List.of(), Squarified.divide(BOX, List.of()));
        assertEquals(0, Squarified.divide(BOX, List.of(0.0)).get(0).area(), 0);
        assertEquals(List.of(), Treemap.of(DirectorySize.NONE, BOX));
    }

    @Test
    public void directoriesLieInTheirs_besideEachOther() {
        List<Treemap.Cell> cells = Treemap.of(Images.tree(), BOX);
        Map<String, Treemap.Cell> byPath = cells.stream().collect(Collectors.toMap(Treemap.Cell::path, cell -> cell));
        assertTrue(byPath.keySet().toString(), byPath.containsKey("/usr/lib/x86_64-linux-gnu"));
        for (Treemap.Cell cell : cells) {
            String above = cell.path().substring(0, cell.path().lastIndexOf('/'));
            Box room = above.isEmpty() ? BOX : byPath.get(above).inner();
            assertTrue(cell.path(), isInside(cell.box(), room));
            assertEquals(cell.path(), cell.path().chars().filter(c -> c == '/').count(), cell.depth());
        }
        for (int depth = 1; depth <= 3; depth++) {
            int level = depth;
            assertNoOverlap(cells.stream()
                    .filter(cell -> cell.depth() == level)
                    .map(Treemap.Cell::box)
                    .toList());
        }
    }

    @Test
    public void filesOfADirectoryItselfTakeTheirShareOfIt() {
        List<Treemap.Cell> cells =
                Treemap.of(Images.directory("", 750, Images.directory("a", 200), Images.directory("b", 50)), BOX);
        assertEquals(0.2 * BOX.area(), cells.get(0).box().area(), TINY);
        assertEquals(0.05 * BOX.area(), cells.get(1).box().area(), TINY);
    }

    @Test
    public void orderOfTheInputDoesNotMatter() {
        List<DirectorySize> children = new ArrayList<>(Images.tree().children());
        Collections.reverse(children);
        DirectorySize other =
                new DirectorySize("", Images.tree().bytes(), Images.tree().files(), children);
        assertEquals(Treemap.of(Images.tree(), BOX), Treemap.of(other, BOX));
        assertEquals(ReportPictures.treemap(Images.tree()), ReportPictures.treemap(other));
    }

    @Test
    public void figuresThatCannotBeAreDrawnAllTheSame() {
        DirectorySize huge = new DirectorySize("huge", Long.MAX_VALUE, -3, List.of());
        DirectorySize negative = new DirectorySize("negative", -5, 1, List.of());
        DirectorySize root = new DirectorySize("", 1, 1, List.of(huge, negative, huge));
        List<Treemap.Cell> cells = Treemap.of(root, BOX);
        assertEquals(2, cells.size());
        assertNoOverlap(cells.stream().map(Treemap.Cell::box).toList());
        String picture = ReportPictures.treemap(root);
        assertFalse(picture, picture.contains("NaN") || picture.contains("Infinity"));
    }

    @Test
    public void aTreeWithoutEndIsDrawnToALimit() {
        DirectorySize deep = Images.directory("x", 1000);
        for (int i = 0; i < 500; i++) {
            deep = Images.directory("x", 1, deep);
        }
        assertEquals(3, Treemap.of(deep, BOX).size());
        List<DirectorySize> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(Images.directory("d" + i, 10));
        }
        assertEquals(
                120,
                Treemap.of(new DirectorySize("", 2000, 1, many.subList(0, 200)), BOX)
                        .size());
        assertTrue(ReportPictures.treemap(new DirectorySize("", 1_000_000, 1, many))
                        .length()
                < 200_000);
    }

    private static boolean isInside(Box box, Box room) {
        return box.x() >= room.x() - TINY
                && box.y() >= room.y() - TINY
                && box.x() + box.width() <= room.x() + room.width() + TINY
                && box.y() + box.height() <= room.y() + room.height() + TINY;
    }

    private static void assertNoOverlap(List<Box> boxes) {
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                Box a = boxes.get(i);
                Box b = boxes.get(j);
                double across = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
                double down = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
                assertTrue(a + " over " + b, across < 1e-4 || down < 1e-4);
            }
        }
    }
}
