package io.imagewright.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.spec.ImageDescription.PublishTarget;
import io.imagewright.spec.Node.Mapping;
import io.imagewright.spec.Node.Scalar;
import io.imagewright.spec.ValueType.Section;
import io.imagewright.spec.ValueType.Text;
import io.imagewright.spec.ValueType.Words;

/** What an item of {@code publish} may hold: keys of every target, and those of its type. A new type is a new line of {@link #STORES}. */
final class TargetSchema {

    private static final String ID = "id";
    private static final String TYPE = "type";

    /** The keys of a type, and those among them that must be there. */
    private record Store(String type, List<Setting> keys, List<String> required) {

        Stream<String> names() {
            return Stream.concat(Stream.of(ID, TYPE), keys.stream().map(Setting::name));
        }
    }

    private static final List<Store> STORES = List.of(new Store(
            "directory",
            List.of(
                    key(
                            "path",
                            Text.matching("the path of a directory", "[^\\p{Cntrl}]{1,4096}"),
                            "Type directory: the directory, on this machine or a mounted share; made when missing. A relative"
                                    + " path starts at the project. It gets <name>/<version>/ and the link <name>/latest."),
                    key(
                            "keep",
                            Text.matching("a number from 1 to 9999", "[1-9][0-9]{0,3}"),
                            "Type directory: how many versions of an image stay, by the order of their publication; older"
                                    + " ones are removed after a version was published. Without it, all stay.")),
            List.of("path")));

    /** An item. */
    static final Section TARGET = new Section(
            Stream.concat(
                            Stream.of(
                                    key(
                                            ID,
                                            Text.matching(
                                                    "letters, digits, '.', '_' and '-'",
                                                    "[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                                            "A name of your choice; each target of an image has another one."),
                                    key(
                                            TYPE,
                                            new Words(STORES.stream()
                                                    .map(Store::type)
                                                    .toList()),
                                            "Type of the store.")),
                            STORES.stream().flatMap(store -> store.keys().stream()))
                    .toList(),
            List.of(ID, TYPE));

    private TargetSchema() {}

    /**
     * The targets, complete.
     *
     * @throws io.imagewright.error.ImageException DESCRIPTION when one lacks a key of its type, has one of another type, or has the id of another
     */
    static List<PublishTarget> bind(List<Node> items) {
        List<PublishTarget> targets = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Node item : items) {
            PublishTarget target = bind((Mapping) item, "publish[" + targets.size() + "]");
            if (!ids.add(target.id())) {
                throw Mistakes.at(
                        item.origin(),
                        "publish[" + targets.size() + "].id",
                        "another target has the id " + target.id() + ", too",
                        "Give each an id of its own.");
            }
            targets.add(target);
        }
        return targets;
    }

    private static PublishTarget bind(Mapping item, String path) {
        Map<String, String> settings = new LinkedHashMap<>();
        item.entries().forEach((key, value) -> settings.put(key, ((Scalar) value).text()));
        String id = String.valueOf(settings.remove(ID));
        String type = String.valueOf(settings.remove(TYPE));
        Store store = STORES.stream()
                .filter(candidate -> candidate.type().equals(type))
                .findFirst()
                .orElseThrow();
        List<String> names = store.names().toList();
        for (String key : settings.keySet()) {
            if (!names.contains(key)) {
                throw Mistakes.at(
                        item.origin(),
                        path + "." + key,
                        "a target of type " + type + " has no such key",
                        "Its keys are " + String.join(", ", names) + ".");
            }
        }
        String missing = store.required().stream()
                .filter(key -> !settings.containsKey(key))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw Mistakes.at(
                    item.origin(), path, "a target of type " + type + " needs " + missing, "Add " + missing + ".");
        }
        return new PublishTarget(id, type, settings);
    }

    // not by way of Schema, whose table has this one in it: whichever of the two is loaded first must be whole
    private static Setting key(String name, ValueType type, String description) {
        return new Setting(name, type, null, description);
    }
}
