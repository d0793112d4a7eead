package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** The accounts that cloud-init makes at the first boot, reference 1.5. */
final class CloudUsers {

    private static final int MAX_USERS = 1000;

    private final CloudInitConfig config;
    private final Consumer<String> warnings;

    private CloudUsers(CloudInitConfig config, Consumer<String> warnings) {
        this.config = config;
        this.warnings = warnings;
    }

    /** Their names in the configuration's order; empty when it says nothing of users. */
    static Optional<List<String>> of(CloudInitConfig config, Consumer<String> warnings) {
        JsonNode users = config.users();
        if (!users.isContainerNode() && !users.isTextual()) {
            return Optional.empty();
        }
        return Optional.of(new CloudUsers(config, warnings).names(users));
    }

    private List<String> names(JsonNode users) {
        Set<String> names = new LinkedHashSet<>();
        if (users.isTextual()) {
            Stream.of(users.asText().split(",")).limit(MAX_USERS).forEach(name -> addTo(names, name.strip()));
        }
        for (int i = 0; i < Math.min(users.size(), MAX_USERS); i++) {
            JsonNode user = users.get(i);
            if (user.isTextual()) {
                addTo(names, user.asText());
            } else if (user.isObject() && !isSkipped(user)) {
                addTo(names, user.path("name").asText(""));
            }
        }
        if (users.isObject()) {
            users.properties().stream()
                    .limit(MAX_USERS)
                    .filter(user -> user.getValue().isObject()
                            ? !isSkipped(user.getValue())
                            : user.getValue().asBoolean(true))
                    .forEach(user -> addTo(names, user.getKey()));
        }
        return new ArrayList<>(names);
    }

    private void addTo(Set<String> names, String name) {
        if (!name.equals("default")) {
            names.add(name);
        } else if (config.defaultUser().isEmpty()) {
            warnings.accept(
                    "The configuration of cloud-init has the default user among its users, but does not name it.");
        } else {
            names.add(config.defaultUser());
        }
    }

    /** An account for services or machines of another kind, not for logging in. */
    private static boolean isSkipped(JsonNode user) {
        return user.has("snapuser")
                || user.path("inactive").asBoolean(false)
                || user.path("system").asBoolean(false);
    }
}
