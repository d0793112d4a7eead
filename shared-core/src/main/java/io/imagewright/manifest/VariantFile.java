package io.imagewright.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** {@code <image>.variant}: a variant of the Ganeti OS definition snf-image, which a shell sources. */
public final class VariantFile {

    private VariantFile() {}

    /**
     * Writes and syncs it.
     *
     * @param image base name of the image file, which becomes {@code IMG_ID}
     * @param format word of the image's format, for example {@code diskdump}
     * @param properties image properties, one line of JSON in {@code IMG_PROPERTIES}
     */
    public static void write(Path file, String image, String format, Map<String, String> properties)
            throws IOException {
        Json.write(file, text(image, format, properties));
    }

    /** What {@link #write} writes. */
    public static String text(String image, String format, Map<String, String> properties) {
        return "IMG_ID=" + quoted(image) + "\nIMG_FORMAT=" + quoted(format) + "\nIMG_PROPERTIES="
                + quoted(Json.oneLine(DeployedProperties.of(properties, format))) + "\n";
    }

    /** Between single quotes a shell takes everything as it is, but for the quote itself (POSIX, "Shell Command Language", 2.2.2). */
    private static String quoted(String value) {
        if (value.indexOf('\0') >= 0) {
            throw ImageException.of(
                    Kind.DESCRIPTION, "Cannot write a .variant file", "a value holds a NUL character", "Remove it.");
        }
        boolean plain = !value.isEmpty()
                && value.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
        return plain ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
