package io.imagewright.spec;

import java.util.Optional;

/** How long image properties may be for the stores of images, reference 1.11: beyond it they refuse the whole image. */
public final class PropertyLimits {

    /** Characters of a name: 111, less a prefix of 18 that the store adds. */
    static final int NAME = 93;

    /** Characters of a value. */
    static final int VALUE = 256;

    private PropertyLimits() {}

    /** A sentence for the user when a property is too long; it does not show the value. */
    public static Optional<String> complaint(String name, String value) {
        if (name.length() > NAME) {
            return Optional.of("The name of the image property " + name + " has " + name.length()
                    + " characters; stores of images take no more than " + NAME + ".");
        }
        // characters as the store counts them, not UTF-16 units
        int length = value.codePointCount(0, value.length());
        return length <= VALUE
                ? Optional.empty()
                : Optional.of("The image property " + name + " has " + length
                        + " characters; stores of images take no more than " + VALUE + ".");
    }
}
