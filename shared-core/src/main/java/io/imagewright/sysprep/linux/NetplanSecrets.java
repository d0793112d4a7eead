package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.linux.NetplanFiles.Configuration;
import io.imagewright.sysprep.linux.NetplanFiles.Definition;
import io.imagewright.sysprep.linux.NetplanFiles.File;

/**
 * Takes interfaces with secrets out of netplan's configuration, in all its files. The whole definition goes: netplan refuses all of its
 * configuration when a Wi-Fi has no access point or a WireGuard tunnel no key, and an access point without its password is an open network to it.
 */
final class NetplanSecrets {

    private final OperationContext context;
    private final Configuration configuration;
    private final List<Definition> going;
    private final String what;

    private NetplanSecrets(
            OperationContext context, Configuration configuration, Predicate<Definition> secret, String what) {
        this.context = context;
        this.configuration = configuration;
        this.what = what;
        this.going = definitions().stream().filter(secret).toList();
    }

    /**
     * The changes.
     *
     * @param word that is in every text with such a secret
     * @param secret whether a definition holds one
     * @param what the secrets, a noun
     */
    static List<Change> remove(OperationContext context, String word, Predicate<Definition> secret, String what) {
        return NetplanFiles.edit(
                context,
                text -> text.contains(word),
                configuration -> new NetplanSecrets(context, configuration, secret, what)::without,
                what);
    }

    private YamlText without(File file) {
        YamlText edited = file.yaml();
        for (Definition definition : NetplanFiles.definitions(file.yaml().tree())) {
            if (going.stream().noneMatch(other -> isSame(other, definition))) {
                continue;
            }
            JsonPointer at = JsonPointer.empty()
                    .appendProperty("network")
                    .appendProperty(definition.type())
                    .appendProperty(definition.id());
            Optional<YamlText> next = isNeeded(definition.id()) ? Optional.empty() : edited.without(at);
            if (next.isEmpty()) {
                context.warn(file.path() + " keeps " + what + " of " + definition.id()
                        + ", which another interface is made of, or which cannot be taken out of the file.");
            }
            edited = next.orElse(edited);
        }
        return edited;
    }

    private static boolean isSame(Definition one, Definition other) {
        return one.type().equals(other.type()) && one.id().equals(other.id());
    }

    /** Whether the value of another definition names it, such as the list of a bond's interfaces. */
    private boolean isNeeded(String id) {
        return definitions().stream()
                .filter(definition -> !definition.id().equals(id))
                .anyMatch(definition -> names(definition.content(), id));
    }

    private static boolean names(JsonNode value, String id) {
        if (value.isContainerNode()) {
            for (JsonNode inner : value) {
                if (names(inner, id)) {
                    return true;
                }
            }
            return false;
        }
        return value.asText().equals(id);
    }

    private List<Definition> definitions() {
        List<Definition> all = new ArrayList<>();
        configuration
                .files()
                .forEach(file -> all.addAll(NetplanFiles.definitions(file.yaml().tree())));
        return all;
    }
}
