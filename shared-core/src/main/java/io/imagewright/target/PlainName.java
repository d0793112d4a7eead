package io.imagewright.target;

import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Names of images, versions and files, which become names in a store. A manifest, and a store, may come from anywhere. */
public final class PlainName {

    /** A link, or a tag, of this name stands for the version that was published last. */
    public static final String LATEST = "latest";

    /** No directory, nothing hidden, nothing that an option or a URL begins with. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,254}");

    private PlainName() {}

    /** Whether it names something in one directory, and nothing else. */
    public static boolean is(String name) {
        return PLAIN.matcher(name).matches();
    }

    /**
     * The same name.
     *
     * @param what it names, for example {@code version}
     * @throws ImageException SOURCE when it is none that a store can have
     */
    public static String require(String what, String name) {
        if (is(name)) {
            return name;
        }
        throw refused(
                what, name, "it must be letters, digits, '.', '_', '+' and '-', and begin with a letter or digit");
    }

    /**
     * The same version.
     *
     * @throws ImageException SOURCE when it is none that a store can have
     */
    public static String requireVersion(String version) {
        if (version.equals(LATEST)) {
            throw refused("version", version, "the link to the version that was published last has this name");
        }
        return require("version", version);
    }

    private static ImageException refused(String what, String name, String reason) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "..." : name;
        return ImageException.of(
                Kind.SOURCE,
                "Cannot use the " + what + " '" + shown.replaceAll("\\p{Cntrl}", "?") + "' in a store",
                reason,
                "Build the image with another " + what + ".");
    }
}
