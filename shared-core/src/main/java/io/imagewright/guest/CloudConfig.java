package io.imagewright.guest;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The configuration of cloud-init: {@code cloud.cfg} and, in the order of their names, the files of {@code cloud.cfg.d}. Maps are merged at
 * every depth, of anything else the later counts, as cloud-init does it.
 */
final class CloudConfig {

    private static final String DISABLED = "/etc/cloud/cloud-init.disabled";
    private static final String GENERATOR = "/systemd/system-generators/cloud-init-generator";
    private static final int MAX_FILES = 256;

    private final JsonNode tree;

    private CloudConfig(JsonNode tree) {
        this.tree = tree;
    }

    /** Whether cloud-init runs at boot, reference 1.5. */
    static boolean isActive(GuestFiles files, BootServices services) {
        return !files.exists(DISABLED)
                && !isMasked(files)
                && (Stream.of("/run", "/etc", "/usr/local/lib", "/usr/lib", "/lib")
                                .anyMatch(directory -> files.exists(directory + GENERATOR))
                        || services.start("cloud-init"));
    }

    /** A masked unit is a link to /dev/null; then the target that the generator adds starts nothing. */
    private static boolean isMasked(GuestFiles files) {
        return Stream.of("cloud-init.service", "cloud-init-main.service")
                .anyMatch(unit -> files.leadsTo("/etc/systemd/system/" + unit, "/dev/null"));
    }

    /** @param warnings told of each file that is no YAML */
    static CloudConfig read(GuestFiles files, Consumer<String> warnings) {
        JsonNode merged = files.read("/etc/cloud/cloud.cfg")
                .map(content -> GuestYaml.parse("/etc/cloud/cloud.cfg", content, warnings))
                .orElse(MissingNode.getInstance());
        List<Entry> more = files.list("/etc/cloud/cloud.cfg.d").stream()
                .filter(entry -> entry.path().name().endsWith(".cfg"))
                .limit(MAX_FILES)
                .toList();
        for (Entry entry : more) {
            JsonNode node = files.read(entry)
                    .map(content -> GuestYaml.parse(entry.path().toString(), content, warnings))
                    .orElse(MissingNode.getInstance());
            merged = node.isObject() ? merge(merged, node) : merged;
        }
        return new CloudConfig(merged);
    }

    private static JsonNode merge(JsonNode base, JsonNode over) {
        if (!(base instanceof ObjectNode) || !(over instanceof ObjectNode)) {
            return over;
        }
        ObjectNode merged = base.deepCopy();
        over.properties()
                .forEach(field -> merged.set(field.getKey(), merge(base.path(field.getKey()), field.getValue())));
        return merged;
    }

    /** The account that cloud-init makes by itself; empty when none is named. */
    String defaultUser() {
        return tree.path("system_info").path("default_user").path("name").asText("");
    }

    /** What {@code users} lists; missing when it is not there. */
    JsonNode users() {
        return tree.path("users");
    }
}
