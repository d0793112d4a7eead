package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.CloudInit;
import io.imagewright.sysprep.unix.Reachable;

/** Has cloud-init let root in, which it does not by itself, and set root's keys. */
public final class EnableRootInCloudInit implements LinuxOperation {

    /** Read after all others: a list of users replaces the ones before it. */
    private static final String FILE = "zz-imagewright-enable-root.cfg";

    private static final String ROOT = "root";

    @Override
    public String name() {
        return "enable-root-in-cloud-init";
    }

    @Override
    public String description() {
        return "Has cloud-init set root up like its other users, and let root log in.";
    }

    @Override
    public String effect() {
        return "Writes `/etc/cloud/cloud.cfg.d/" + FILE
                + "` with `disable_root: false`, and with the list `users` plus "
                + "`root`, each unless the other files say so already.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        if (!CloudInit.isEnabled(context)) {
            context.warn("Not a cloud-init enabled image; root is not enabled.");
            return List.of();
        }
        ObjectNode settings = settings(CloudConfigFile.all(context));
        List<Change> changes = new ArrayList<>();
        if (!settings.isEmpty()) {
            GuestPath directory =
                    Reachable.directory(context, CloudConfigFile.DIRECTORY).orElse(CloudConfigFile.DIRECTORY);
            if (Reachable.directory(context, directory).isEmpty()) {
                directory.parent().ifPresent(parent -> changes.add(new Change.MakeDirectory(parent, 0755, 0, 0)));
                changes.add(new Change.MakeDirectory(directory, 0755, 0, 0));
            }
            changes.add(Change.Write.of(directory.child(FILE), text(settings)));
        }
        return changes;
    }

    private static ObjectNode settings(List<CloudConfigFile> files) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        boolean disabled = CloudConfigFile.effective(files, JsonPointer.compile("/disable_root"))
                .map(EnableRootInCloudInit::isTrue)
                .orElse(true);
        if (disabled) {
            settings.put("disable_root", false);
        }
        JsonNode users = CloudConfigFile.effective(files, JsonPointer.compile("/users"))
                .orElseGet(() -> JsonNodeFactory.instance.arrayNode().add("default"));
        if (users instanceof ObjectNode mapping) {
            if (!mapping.has(ROOT)) {
                settings.set("users", mapping.deepCopy().put(ROOT, true));
            }
        } else if (list(users).noneMatch(EnableRootInCloudInit::isRoot)) {
            ArrayNode more = settings.putArray("users");
            list(users).forEach(more::add);
            more.add(ROOT);
        }
        return settings;
    }

    /** As cloud-init reads words for yes (its util.is_true). */
    private static boolean isTrue(JsonNode value) {
        return List.of("true", "1", "on", "yes").contains(value.asText().strip().toLowerCase(Locale.ROOT));
    }

    /** A list, or names between commas, which cloud-init takes for one. */
    private static Stream<JsonNode> list(JsonNode users) {
        if (users.isTextual()) {
            return Stream.of(users.asText().split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .map(JsonNodeFactory.instance::textNode);
        }
        return users.isArray() ? StreamSupport.stream(users.spliterator(), false) : Stream.empty();
    }

    private static boolean isRoot(JsonNode user) {
        return user.asText().equals(ROOT) || user.path("name").asText().equals(ROOT);
    }

    private static Bytes text(ObjectNode settings) {
        try {
            return Bytes.of("# made with the image: root may log in\n" + CloudConfigFile.write(settings));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // nothing is written but memory
        }
    }
}
