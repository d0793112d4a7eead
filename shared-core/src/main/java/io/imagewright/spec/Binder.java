package io.imagewright.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.imagewright.error.ErrorCollector;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.spec.ImageDescription.Action;
import io.imagewright.spec.ImageDescription.Disk;
import io.imagewright.spec.ImageDescription.EngineChoice;
import io.imagewright.spec.ImageDescription.Format;
import io.imagewright.spec.ImageDescription.Shrink;
import io.imagewright.spec.ImageDescription.Source;
import io.imagewright.spec.ImageDescription.Sysprep;
import io.imagewright.spec.Node.Mapping;
import io.imagewright.spec.Node.Scalar;
import io.imagewright.spec.Node.Sequence;
import io.imagewright.spec.ValueType.Either;
import io.imagewright.spec.ValueType.Section;
import org.jspecify.annotations.Nullable;

/** Makes the record from a checked and merged tree, filling in the schema's defaults. */
final class Binder {

    private static final long MIB = 1 << 20;

    private final Mapping root;

    private Binder(Mapping root) {
        this.root = root;
    }

    static ImageDescription bind(Mapping tree) {
        return new Binder(withDefaults(keepingSize(tree), Schema.IMAGE)).image();
    }

    /** A new disk of a given size keeps it: by default it is not shrunk. */
    private static Mapping keepingSize(Mapping tree) {
        Mapping disk = section(tree, "disk");
        String size = disk == null ? null : text(disk, "size");
        if (size == null || size.equals(Schema.AUTO) || tree.entries().containsKey("shrink")) {
            return tree;
        }
        Map<String, Node> entries = new LinkedHashMap<>(tree.entries());
        entries.put("shrink", new Scalar("false", tree.origin()));
        return new Mapping(entries, tree.origin());
    }

    /** An image with every default; name and medium are taken as they are. */
    static ImageDescription defaults(String name, String media) {
        Origin origin = Origin.of("default");
        Mapping source = new Mapping(Map.of("media", new Scalar(media, origin)), origin);
        return bind(new Mapping(Map.of("name", new Scalar(name, origin), "source", source), origin));
    }

    private ImageDescription image() {
        String name = text(root, "name");
        Mapping source = section(root, "source");
        String media = source == null ? null : medium(source);
        if (name == null || source == null || media == null) {
            throw Mistakes.at(
                    root.origin(),
                    name == null ? "name" : "image " + name,
                    Message.of(name == null ? "missing" : "no source is given"),
                    name == null
                            ? Message.of("Give the image a name.")
                            : Message.of(
                                    "Set ",
                                    SettingName.SOURCE_MEDIA,
                                    " to a disk image file or a block device, or ",
                                    SettingName.SOURCE_TREE,
                                    " to a tree of files."));
        }
        ErrorCollector errors = new ErrorCollector();
        errors.check(() -> source(media, source));
        errors.check(this::sysprep);
        errors.check(this::formats);
        errors.check(() -> TargetSchema.bind(items(root, "publish")));
        errors.throwAny();
        Source medium = source(media, source);
        return new ImageDescription(
                name,
                medium,
                EngineChoice.valueOf(required(root, "engine").toUpperCase(Locale.ROOT)),
                sysprep(),
                items(root, "customise").stream().map(Binder::action).toList(),
                shrink(),
                virtualSize(medium.made()),
                flag(required(root, "repair")),
                flag(required(root, "allowUnsupported")),
                flag(required(root, "sbom")),
                map(root, "properties"),
                map(root, "labels"),
                formats(),
                words(root, "checksums"),
                TargetSchema.bind(items(root, "publish")));
    }

    /** Shrinking a new disk of a given size leaves space behind its last partition. */
    private @Nullable Long virtualSize(@Nullable NewDisk made) {
        if (text(root, "size") != null) {
            return size(root, "size");
        }
        return made == null || shrink() == null ? null : made.size();
    }

    private Source source(String media, Mapping source) {
        List<Node> further = items(source, "disks");
        if (further.size() >= Source.MOST_DISKS) {
            throw Mistakes.at(
                    source.origin(),
                    "source.disks",
                    (further.size() + 1) + " disks; a guest has " + Source.MOST_DISKS + " at the most",
                    "Leave some out.");
        }
        List<Disk> disks = new ArrayList<>();
        Map<String, String> places = new HashMap<>(Map.of(media, "source.media"));
        for (Node item : further) {
            Disk disk = disk(item);
            String place = "source.disks[" + disks.size() + "]";
            String other = places.putIfAbsent(disk.media(), place);
            if (other != null) {
                throw Mistakes.at(item.origin(), place, "the same medium as " + other, "Name each disk once.");
            }
            disks.add(disk);
        }
        if (text(source, "tree") == null) {
            refuseDisk();
            return new Source(media, text(source, "format"), disks);
        }
        if (!disks.isEmpty() || text(source, "format") != null) {
            throw Mistakes.at(
                    source.origin(),
                    "source",
                    Message.of("disks and format are of media, and not of a tree"),
                    Message.of(
                            "Leave them out, or set ",
                            SettingName.SOURCE_MEDIA,
                            " instead of ",
                            SettingName.SOURCE_TREE,
                            "."));
        }
        return new Source(media, null, List.of(), newDisk());
    }

    /** The disk or the tree. */
    private static @Nullable String medium(Mapping source) {
        String media = text(source, "media");
        String tree = text(source, "tree");
        if (media != null && tree != null) {
            throw Mistakes.at(source.origin(), "source", "both media and tree are given", "Remove one of the two.");
        }
        return media == null ? tree : media;
    }

    private void refuseDisk() {
        Node disk = root.entries().get("disk");
        if (disk != null) {
            throw Mistakes.at(
                    disk.origin(),
                    "disk",
                    Message.of("it describes a disk that is made of a tree, and the source is one already"),
                    Message.of(
                            "Remove it, or set ",
                            SettingName.SOURCE_TREE,
                            " instead of ",
                            SettingName.SOURCE_MEDIA,
                            "."));
        }
    }

    private NewDisk newDisk() {
        Mapping written = section(root, "disk");
        Section type = sectionType(Schema.IMAGE, "disk");
        Mapping disk = withDefaults(written == null ? new Mapping(Map.of(), root.origin()) : written, type);
        List<String> boot = words(disk, "boot");
        if (boot.size() > 1 && (boot.contains(Schema.NONE) || boot.contains(Schema.AUTO))) {
            throw Mistakes.at(
                    disk.origin(),
                    "disk.boot",
                    "auto and none cannot be combined with other words",
                    "Keep one of them.");
        }
        Mapping fileSystem = withDefaults(requiredSection(disk, "fileSystem"), sectionType(type, "fileSystem"));
        Shrink shrink = shrink();
        long free = shrink == null ? 0 : shrink.free();
        NewDisk.Table table = NewDisk.Table.valueOf(required(disk, "table").toUpperCase(Locale.ROOT));
        Long size = required(disk, "size").equals(Schema.AUTO) ? null : size(disk, "size") / MIB * MIB;
        if (size != null && size > table.largest()) {
            throw Mistakes.at(
                    disk.origin(),
                    "disk.size",
                    Message.of("an MBR cannot address more than 2 TiB"),
                    Message.of("Set ", SettingName.DISK_TABLE.to("gpt"), ", or give a smaller size."));
        }
        return new NewDisk(
                table,
                boot.contains(Schema.AUTO) ? null : firmware(boot),
                size,
                shrink == null || shrink.roomToBoot() ? Math.max(NewDisk.USUALLY_FREE, free) : free,
                new NewDisk.FileSystem(required(fileSystem, "type"), required(fileSystem, "label")));
    }

    private static List<NewDisk.Boot> firmware(List<String> words) {
        return words.stream()
                .filter(word -> !word.equals(Schema.NONE))
                .distinct()
                .map(word -> NewDisk.Boot.valueOf(word.toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** A word stands for the medium. */
    private static Disk disk(Node item) {
        return item instanceof Mapping disk
                ? new Disk(required(disk, "media"), text(disk, "format"))
                : new Disk(((Scalar) item).text(), null);
    }

    private Sysprep sysprep() {
        Mapping sysprep = withDefaults(requiredSection(root, "sysprep"), sectionType(Schema.IMAGE, "sysprep"));
        List<String> enable = words(sysprep, "enable");
        List<String> disable = words(sysprep, "disable");
        for (String operation : enable) {
            if (disable.contains(operation)) {
                throw Mistakes.at(
                        sysprep.origin(),
                        "sysprep",
                        operation + " is both enabled and disabled",
                        "Remove one of the two.");
            }
        }
        return new Sysprep(flag(required(sysprep, "defaults")), enable, disable, map(sysprep, "params"));
    }

    /** A word stands for the action's first key. */
    private static Action action(Node item) {
        Map.Entry<String, Node> action =
                ((Mapping) item).entries().entrySet().iterator().next();
        String name = action.getKey();
        return action.getValue() instanceof Scalar word
                ? new Action(
                        name, Map.of(ActionSchema.section(name).keys().get(0).name(), word.text()))
                : new Action(name, map((Mapping) item, name));
    }

    private @Nullable Shrink shrink() {
        Node node = root.entries().get("shrink");
        Mapping written = new Mapping(Map.of(), root.origin());
        if (node instanceof Mapping mapping) {
            written = mapping;
        } else if (!flag(required(root, "shrink"))) {
            return null;
        }
        Mapping shrink = withDefaults(written, sectionType(Schema.IMAGE, "shrink"));
        boolean automatic = required(shrink, "minimumFree").equals(Schema.AUTO);
        long slack = size(shrink, "slack");
        return new Shrink(automatic ? slack : Math.max(slack, size(shrink, "minimumFree")), automatic);
    }

    private List<Format> formats() {
        List<Format> formats = new ArrayList<>();
        for (Node item : items(root, "formats")) {
            if (item instanceof Mapping format) {
                String type = text(format, "type");
                if (type == null) {
                    throw Mistakes.at(item.origin(), "formats", "a format has no type", "Add type, for example qcow2.");
                }
                formats.add(new Format(type, map(format, "options"), text(format, "classifier"), text(format, "file")));
            } else if (item instanceof Scalar word) {
                formats.add(new Format(word.text(), Map.of(), null, null));
            }
        }
        return formats;
    }

    /** The schema's defaults, checked like anything that a user writes, with the tree laid over them. */
    private static Mapping withDefaults(Mapping tree, Section type) {
        Map<String, Node> defaults = new LinkedHashMap<>();
        Origin origin = Origin.of("default");
        for (Setting key : type.keys()) {
            String value = key.defaultValue();
            if (value != null) {
                defaults.put(key.name(), SchemaCheck.check(new Scalar(value, origin), key.type(), key.name()));
            }
        }
        Mapping merged = TreeMerge.merge(new Mapping(defaults, origin), tree, type);
        return new Mapping(merged.entries(), tree.origin());
    }

    private static Section sectionType(Section parent, String name) {
        ValueType type = parent.key(name).orElseThrow().type();
        return type instanceof Either either ? either.section() : (Section) type;
    }

    private static @Nullable String text(Mapping mapping, String key) {
        return mapping.entries().get(key) instanceof Scalar scalar ? scalar.text() : null;
    }

    private static String required(Mapping mapping, String key) {
        String text = text(mapping, key);
        if (text == null) {
            throw new IllegalStateException("the schema gives no default for " + key);
        }
        return text;
    }

    private static long size(Mapping mapping, String key) {
        return ByteSize.parse(required(mapping, key)).orElseThrow();
    }

    private static boolean flag(String text) {
        return Boolean.parseBoolean(text);
    }

    private static @Nullable Mapping section(Mapping mapping, String key) {
        return mapping.entries().get(key) instanceof Mapping section ? section : null;
    }

    private static Mapping requiredSection(Mapping mapping, String key) {
        return mapping.entries().get(key) instanceof Mapping section
                ? section
                : new Mapping(Map.of(), mapping.origin());
    }

    private static List<Node> items(Mapping mapping, String key) {
        return mapping.entries().get(key) instanceof Sequence sequence ? sequence.items() : List.of();
    }

    private static List<String> words(Mapping mapping, String key) {
        return items(mapping, key).stream()
                .map(item -> item instanceof Scalar scalar ? scalar.text() : "")
                .distinct()
                .toList();
    }

    private static Map<String, String> map(Mapping mapping, String key) {
        Map<String, String> map = new LinkedHashMap<>();
        requiredSection(mapping, key).entries().forEach((name, value) -> {
            if (value instanceof Scalar scalar) {
                map.put(name, scalar.text());
            }
        });
        return map;
    }
}
