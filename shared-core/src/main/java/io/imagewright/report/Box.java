package io.imagewright.report;

/** A rectangle of a picture, in units that its picture chooses; y grows downwards. */
record Box(double x, double y, double width, double height) {

    double area() {
        return width * height;
    }

    /** What is left when this much is taken off each side; nothing is left rather than less. */
    Box without(double left, double top, double right, double bottom) {
        return new Box(x + left, y + top, Math.max(0, width - left - right), Math.max(0, height - top - bottom));
    }
}
