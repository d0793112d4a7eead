package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/**
 * The configuration of cloud-init: {@code cloud.cfg} and, in the order of their names, the files of {@code cloud.cfg.d}. Maps are merged at
 * every depth, of anything else the later counts, as cloud-init does it.
 */
final class CloudInitConfig {

    private static final String DISABLED = "/etc/cloud/cloud-init.disabled";
    private static final String GENERATOR = "/systemd/system-generators/cloud-init-generator";
    private static final int MAX_FILES = 256;
    private static final Pattern DS_IDENTIFY_OFF = Pattern.compile("\\s*policy:\\s*disabled\\b.*");

    /** What cloud-init takes for true. */
    private static final List<String> RESIZES = List.of("true", "1", "on", "yes", "noblock");

    /** The stages of a boot, each with the modules that it runs. */
    private static final List<String> STAGES =
            List.of("cloud_init_modules", "cloud_config_modules", "cloud_final_modules");

    private final JsonNode tree;

    private CloudInitConfig(JsonNode tree) {
        this.tree = tree;
    }

    /** Whether cloud-init runs at boot, reference 1.5. */
    static boolean isActive(GuestFiles files, BootServices services) {
        return !files.exists(DISABLED)
                && !isMasked(files)
                && !isSwitchedOff(files)
                && (Stream.of("/run", "/etc", "/usr/local/lib", "/usr/lib", "/lib")
                                .anyMatch(directory -> files.exists(directory + GENERATOR))
                        || services.start("cloud-init"));
    }

    /** A masked unit is a link to /dev/null; then the target that the generator adds starts nothing. */
    private static boolean isMasked(GuestFiles files) {
        return Stream.of("cloud-init.service", "cloud-init-main.service")
                .anyMatch(unit -> files.leadsTo("/etc/systemd/system/" + unit, "/dev/null"));
    }

    /** By the kernel's command line, or by ds-identify, which cloud-init's generator asks. */
    private static boolean isSwitchedOff(GuestFiles files) {
        return KernelWords.have(files, "cloud-init=disabled")
                || files.read("/etc/cloud/ds-identify.cfg")
                        .filter(content -> Lines.of(content.text())
                                .anyMatch(line -> DS_IDENTIFY_OFF.matcher(line).matches()))
                        .isPresent();
    }

    /** @param warnings receives each file that is no YAML */
    static CloudInitConfig read(GuestFiles files, Consumer<String> warnings) {
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
        return new CloudInitConfig(merged);
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

    /** Whether a stage of the boot runs this module. An item is its name, or a list that begins with it. */
    boolean runs(String module) {
        return STAGES.stream()
                .map(tree::path)
                .anyMatch(modules -> IntStream.range(0, modules.isArray() ? modules.size() : 0)
                        .mapToObj(modules::get)
                        .map(item -> item.isArray() ? item.path(0).asText("") : item.asText(""))
                        .anyMatch(module::equals));
    }

    /** {@code auto}, {@code growpart}, {@code gpart}, or another word that switches it off. */
    String growpartMode() {
        return tree.path("growpart").path("mode").asText("auto");
    }

    /** Whether the partition of the file system that is mounted there grows. */
    boolean growsPartitionOf(String mountPoint) {
        JsonNode devices = tree.path("growpart").path("devices");
        return devices.isMissingNode()
                ? mountPoint.equals("/")
                : IntStream.range(0, devices.size())
                        .anyMatch(i -> devices.get(i).asText("").equals(mountPoint));
    }

    /** Whether /etc/growroot-disabled does not count. */
    boolean ignoresGrowrootDisabled() {
        return tree.path("growpart").path("ignore_growroot_disabled").asBoolean(false);
    }

    /** Whether the root file system is made to fill its partition. */
    boolean resizesRoot() {
        return RESIZES.contains(tree.path("resize_rootfs").asText("true").toLowerCase(Locale.ROOT));
    }
}
