package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;

/**
 * Network configuration in the format of netplan(5): netplan's own files, which count together, and those from which cloud-init writes it,
 * each of which counts alone.
 */
final class NetplanFiles {

    static final List<String> NETPLAN =
            List.of("etc/netplan/*.yaml", "run/netplan/*.yaml", "usr/lib/netplan/*.yaml", "lib/netplan/*.yaml");
    /** Definitions of a file: each edit reads the text again, and no machine has so many interfaces. */
    private static final int MOST = 500;

    static final List<String> CLOUD_INIT = List.of("etc/cloud/cloud.cfg.d/*.cfg");

    /** What reads as one configuration: the files that it is made of. */
    record Configuration(List<File> files) {

        /** Definitions of a type, such as {@code ethernets}, in all files, by id. */
        List<String> ids(String type) {
            return files.stream()
                    .map(file -> file.yaml().tree().path("network").path(type))
                    .flatMap(definitions -> stream(definitions.fieldNames()))
                    .distinct()
                    .toList();
        }
    }

    /** A file that can be followed. */
    record File(ConfigFile file, YamlText yaml) {

        GuestPath path() {
            return file.path();
        }
    }

    /** A definition of an interface. */
    record Definition(String type, String id, JsonNode content) {}

    private NetplanFiles() {}

    /** All definitions of a file, in its order. */
    static List<Definition> definitions(JsonNode tree) {
        return tree.path("network").properties().stream()
                .flatMap(type -> type.getValue().properties().stream()
                        .filter(entry -> entry.getValue().isObject())
                        .map(entry -> new Definition(type.getKey(), entry.getKey(), entry.getValue())))
                .toList();
    }

    /**
     * Edits all configurations.
     *
     * @param touched whether the text of a file, which may be unreadable, holds what is edited: the user is warned if it still does
     * @param edit the text that a file gets, in its configuration
     */
    static List<Change> edit(
            OperationContext context,
            Predicate<String> touched,
            Function<Configuration, Function<File, YamlText>> edit,
            String kept) {
        List<Change> changes = new ArrayList<>();
        for (List<ConfigFile> texts : texts(context)) {
            if (texts.stream().noneMatch(file -> touched.test(file.text()))) {
                continue;
            }
            Configuration configuration = configuration(context, texts, touched, kept);
            Function<File, YamlText> one = edit.apply(configuration);
            for (File file : configuration.files()) {
                YamlText edited = one.apply(file);
                if (edited.equals(file.yaml())) {
                    continue;
                }
                changes.add(Change.Write.of(file.path(), edited.bytes()));
            }
        }
        return changes;
    }

    private static Configuration configuration(
            OperationContext context, List<ConfigFile> texts, Predicate<String> touched, String kept) {
        List<File> files = new ArrayList<>();
        for (ConfigFile text : texts) {
            try {
                YamlText yaml = YamlText.of(text);
                JsonNode network = yaml.tree().path("network");
                if (definitions(yaml.tree()).size() + network.path("config").size() > MOST) {
                    throw new IOException("too many definitions");
                }
                files.add(new File(text, yaml));
            } catch (IOException broken) {
                if (touched.test(text.text())) {
                    context.warn(text.path() + " keeps " + kept + ": it is no YAML that can be edited here.");
                }
            }
        }
        return new Configuration(files);
    }

    private static List<List<ConfigFile>> texts(OperationContext context) {
        List<List<ConfigFile>> texts = new ArrayList<>();
        texts.add(texts(context, NETPLAN).toList());
        texts(context, CLOUD_INIT).forEach(file -> texts.add(List.of(file)));
        return texts;
    }

    private static Stream<ConfigFile> texts(OperationContext context, List<String> globs) {
        return globs.stream()
                .flatMap(glob -> new Glob(glob).below(context, GuestPath.ROOT).stream())
                .flatMap(entry -> ConfigFile.read(context, entry.path()).stream())
                .distinct();
    }

    private static <T> Stream<T> stream(Iterator<T> items) {
        List<T> list = new ArrayList<>();
        items.forEachRemaining(list::add);
        return list.stream();
    }
}
