package io.imagewright.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a rectangle into rectangles of given areas that are as square as may be: Bruls, Huizing and van Wijk, "Squarified Treemaps", 2000.
 */
final class Squarified {

    private final List<Box> done = new ArrayList<>();
    private Box free;

    private Squarified(Box free) {
        this.free = free;
    }

    /**
     * Divides it all.
     *
     * @param weights not negative, the largest first
     * @return one rectangle for each weight, in their order; empty ones where all weights are 0
     */
    static List<Box> divide(Box box, List<Double> weights) {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        double scale = sum > 0 ? box.area() / sum : 0;
        Squarified division = new Squarified(box);
        List<Double> row = new ArrayList<>();
        for (double weight : weights) {
            double area = weight * scale;
            if (!row.isEmpty() && division.worst(row, area) > division.worst(row, 0)) {
                division.place(row);
                row.clear();
            }
            row.add(area);
        }
        division.place(row);
        return division.done;
    }

    /** The longest sides' ratio in a row of these areas, and one more unless it is 0, along the shorter side of what is free. */
    private double worst(List<Double> row, double more) {
        double sum = row.stream().mapToDouble(Double::doubleValue).sum() + more;
        double smallest = more > 0 ? more : row.get(row.size() - 1);
        double side = Math.min(free.width(), free.height());
        double square = side * side;
        return smallest <= 0
                ? Double.POSITIVE_INFINITY
                : Math.max(square * row.get(0) / (sum * sum), sum * sum / (square * smallest));
    }

    private void place(List<Double> row) {
        double sum = row.stream().mapToDouble(Double::doubleValue).sum();
        boolean upright = free.width() >= free.height();
        double along = upright ? free.height() : free.width();
        double thickness = along > 0 ? Math.min(sum / along, upright ? free.width() : free.height()) : 0;
        double at = 0;
        for (double area : row) {
            double length = sum > 0 ? along * area / sum : 0;
            done.add(
                    upright
                            ? new Box(free.x(), free.y() + at, thickness, length)
                            : new Box(free.x() + at, free.y(), length, thickness));
            at += length;
        }
        free = upright ? free.without(thickness, 0, 0, 0) : free.without(0, thickness, 0, 0);
    }
}
