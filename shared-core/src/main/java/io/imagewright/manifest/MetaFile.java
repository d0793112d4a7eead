package io.imagewright.manifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** {@code <image>.meta}: image properties as snf-image-creator writes them for a Synnefo registration, one line of JSON without a newline. */
public final class MetaFile {

    private MetaFile() {}

    /**
     * Writes and syncs it.
     *
     * @param properties image properties, written in the order of their keys
     * @param diskFormat word of the image's format, for example {@code diskdump}
     */
    public static void write(Path file, Map<String, String> properties, String diskFormat) throws IOException {
        Json.write(file, text(properties, diskFormat));
    }

    /** What {@link #write} writes. */
    public static String text(Map<String, String> properties, String diskFormat) {
        Map<String, Object> content = new LinkedHashMap<>();
        SortedMap<String, String> sorted = DeployedProperties.of(properties, diskFormat);
        content.put("properties", sorted);
        content.put("disk-format", diskFormat);
        return Json.oneLine(content);
    }
}
