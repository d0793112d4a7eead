package io.imagewright.build;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.imagewright.format.FormatType;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Shrink;
import org.jspecify.annotations.Nullable;

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

    /** How the image is shrunk, where the default amount of free space is decided by how it is deployed; null when it is not shrunk. */
    static @Nullable Shrink of(ImageDescription description) {
        Shrink shrink = description.shrink();
        return shrink != null && shrink.minimumFree() == null && grows(description)
                ? new Shrink(shrink.slack(), 0L)
                : shrink;
    }

    private static boolean grows(ImageDescription description) {
        return description.formats().stream().map(ImageDescription.Format::type).allMatch(FormatType::isDeployed)
                && keeping(description.properties()).findAny().isEmpty();
    }

    private static Stream<String> keeping(Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(property -> KEEPING.contains(property.getKey())
                        && !FALSE.contains(property.getValue().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getKey);
    }
}
