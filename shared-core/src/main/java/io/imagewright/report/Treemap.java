package io.imagewright.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.imagewright.contents.DirectorySize;

/** Where each directory lies in the picture of a tree: its area is its bytes, and its directories lie in it. */
final class Treemap {

    /** Directories of more levels would be too small to see. */
    private static final int DEEPEST = 3;

    /** Of one directory; the rest of them are left to the space around. */
    private static final int MOST_CHILDREN = 120;

    /** The strip with a directory's name above what is in it. */
    static final double HEADER = 20;

    private static final double MARGIN = 2;
    private static final double SMALLEST_AREA = 16;
    private static final double NARROWEST = 56;
    private static final double LOWEST = 48;

    private static final Comparator<DirectorySize> LARGEST_FIRST =
            Comparator.comparingLong(DirectorySize::bytes).reversed().thenComparing(DirectorySize::name);

    private final List<Cell> cells = new ArrayList<>();

    private Treemap() {}

    /**
     * A directory.
     *
     * @param path from the root on
     * @param depth 1 for directories of the root
     * @param group rank, from 0, of the directory of the root that it is or lies in
     * @param box of all of it
     * @param inner where its own directories lie; empty when they are not shown
     */
    record Cell(String path, String name, long bytes, long files, int depth, int group, Box box, Box inner) {

        boolean divided() {
            return inner.area() > 0;
        }
    }

    /** Each directory that is large enough, those in it behind it. */
    static List<Cell> of(DirectorySize root, Box box) {
        Treemap map = new Treemap();
        map.divide(root, "", 1, -1, box);
        return map.cells;
    }

    private void divide(DirectorySize directory, String path, int depth, int group, Box box) {
        List<DirectorySize> children = children(directory);
        List<Double> weights = new ArrayList<>();
        double named = 0;
        for (DirectorySize child : children) {
            weights.add((double) child.bytes());
            named += child.bytes();
        }
        // its own files and all that is too small take part with their area, which stays free
        double rest = Math.max(0, directory.bytes() - named);
        int place = (int) weights.stream().filter(weight -> weight >= rest).count();
        weights.add(place, rest);
        List<Box> boxes = new ArrayList<>(Squarified.divide(box, weights));
        boxes.remove(place);
        for (int i = 0; i < children.size(); i++) {
            if (boxes.get(i).area() >= SMALLEST_AREA) {
                add(children.get(i), path, depth, group < 0 ? i : group, boxes.get(i));
            }
        }
    }

    private void add(DirectorySize directory, String above, int depth, int group, Box box) {
        String path = above + "/" + directory.name();
        boolean divided =
                depth < DEEPEST && !children(directory).isEmpty() && box.width() >= NARROWEST && box.height() >= LOWEST;
        Box inner = divided ? box.without(MARGIN, HEADER, MARGIN, MARGIN) : new Box(0, 0, 0, 0);
        cells.add(new Cell(
                path, directory.name(), directory.bytes(), Math.max(0, directory.files()), depth, group, box, inner));
        if (divided) {
            divide(directory, path, depth + 1, group, inner);
        }
    }

    private static List<DirectorySize> children(DirectorySize directory) {
        return directory.children().stream()
                .filter(child -> child.bytes() > 0)
                .sorted(LARGEST_FIRST)
                .limit(MOST_CHILDREN)
                .toList();
    }
}
