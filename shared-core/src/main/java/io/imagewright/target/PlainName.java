package io.imagewright.target;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.manifest.ManifestFile;

/** Names of images, versions and files, which become names in a store. A manifest, and a store, may come from anywhere. */
public final class PlainName {

    /** A link, or a tag, of this name stands for the version that was published last. */
    public static final String LATEST = "latest";

    private PlainName() {}

    /** Whether it names something in one directory, and nothing else. */
    public static boolean is(String name) {
        return ManifestFile.isPlainName(name);
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
