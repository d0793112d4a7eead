package io.imagewright.build;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.imagewright.format.OutputFormats;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Shrink;

/**
 * Whether deployment grows the image: snf-image does, reference 2.4, unless a property of the image keeps it from that. An image that
 * is written only in the formats that snf-image deploys needs no room of its own.
 */
final class DeployedGrowth {

    /** Each makes snf-image leave the partition or the file system as it is. */
    private static final Set<String> KEEPING = Set.of(
            "EXCLUDE_ALL_TASKS",
            "EXCLUDE_FILESYSTEMRESIZE_TASKS",
            "EXCLUDE_TASK_FIXPARTITIONTABLE",
            "EXCLUDE_TASK_FILESYSTEMRESIZEUNMOUNTED");

    private static final Set<String> FALSE = Set.of("no", "false", "off", "0", "unset", "");

    private DeployedGrowth() {}

    /** The image, with no room to boot of its own where deployment makes it. */
    static ImageDescription decide(ImageDescription description) {
        Shrink shrink = description.shrink();
        return shrink != null && shrink.roomToBoot() && grows(description)
                ? description.toBuilder()
                        .shrink(new Shrink(shrink.free(), false))
                        .build()
                : description;
    }

    private static boolean grows(ImageDescription description) {
        return description.formats().stream().map(ImageDescription.Format::type).allMatch(OutputFormats::isDeployed)
                && keeping(description.properties()).findAny().isEmpty();
    }

    private static Stream<String> keeping(Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(property -> KEEPING.contains(property.getKey())
                        && !FALSE.contains(property.getValue().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getKey);
    }
}
