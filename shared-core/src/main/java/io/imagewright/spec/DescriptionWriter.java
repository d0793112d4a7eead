package io.imagewright.spec;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.jspecify.annotations.Nullable;

/**
 * Spells a complete description out, every default included, so that {@link DescriptionReader} would read the same. Secrets are not shown:
 * what stands in their place is refused by the reader.
 */
public final class DescriptionWriter {

    private DescriptionWriter() {}

    /** As YAML, with a line end. */
    public static String yaml(ImageDescription image) {
        try {
            return YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .build()
                    .writeValueAsString(tree(image));
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("a tree of maps is always writable", bug);
        }
    }

    /**
     * As maps, lists, texts, booleans and numbers, in the order of {@link Schema#IMAGE}. Sizes are bytes; a literal <code>${</code> is spelled
     * <code>$${</code>, as in a file.
     */
    public static Map<String, Object> tree(ImageDescription image) {
        Map<String, Object> spelled = new LinkedHashMap<>();
        Map<String, Object> values = values(image);
        values.putAll(flags(image));
        for (String key : Schema.IMAGE.names()) {
            Object value = values.get(key);
            if (value != null) {
                spelled.put(key, spelled(value));
            }
        }
        return spelled;
    }

    /** The components that are true or false; each has the name of its key. */
    private static Map<String, Object> flags(ImageDescription image) {
        Map<String, Object> flags = new LinkedHashMap<>();
        for (RecordComponent component : ImageDescription.class.getRecordComponents()) {
            if (component.getType() == boolean.class) {
                try {
                    flags.put(component.getName(), component.getAccessor().invoke(image));
                } catch (ReflectiveOperationException bug) {
                    throw new IllegalStateException("a component of a public record can be read", bug);
                }
            }
        }
        return flags;
    }

    private static Object spelled(Object value) {
        if (value instanceof String text) {
            return Interpolation.literal(text);
        } else if (value instanceof List<?> list) {
            return list.stream().map(DescriptionWriter::spelled).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> spelled = new LinkedHashMap<>();
            map.forEach((key, entry) -> spelled.put(String.valueOf(key), spelled(entry)));
            return spelled;
        }
        return value;
    }

    private static Map<String, Object> values(ImageDescription image) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", Schema.VERSION);
        tree.put("name", image.name());
        Map<String, Object> source = new LinkedHashMap<>();
        NewDisk made = image.source().made();
        source.put(made == null ? "media" : "tree", image.source().media());
        putKnown(source, "format", image.source().format());
        if (!image.source().disks().isEmpty()) {
            source.put(
                    "disks",
                    image.source().disks().stream().map(DescriptionWriter::disk).toList());
        }
        tree.put("source", source);
        if (made != null) {
            tree.put("disk", disk(made));
        }
        tree.put("engine", image.engine().name().toLowerCase(Locale.ROOT));
        ImageDescription.Sysprep sysprep = image.sysprep();
        Map<String, Object> operations = new LinkedHashMap<>();
        operations.put("defaults", sysprep.defaults());
        operations.put("enable", sysprep.enable());
        operations.put("disable", sysprep.disable());
        operations.put("params", new TreeMap<>(sysprep.params()));
        tree.put("sysprep", operations);
        tree.put(
                "customise",
                image.customise().stream()
                        .map(action -> Map.of(action.name(), ActionSchema.shown(action)))
                        .toList());
        ImageDescription.Shrink shrink = image.shrink();
        tree.put("shrink", shrink == null ? false : shrink(shrink));
        putKnown(tree, "size", image.size());
        tree.put("properties", new TreeMap<>(image.properties()));
        tree.put("labels", new TreeMap<>(image.labels()));
        tree.put(
                "formats",
                image.formats().stream().map(DescriptionWriter::format).toList());
        tree.put("checksums", List.copyOf(image.checksums()));
        if (!image.publish().isEmpty()) {
            tree.put(
                    "publish",
                    image.publish().stream().map(DescriptionWriter::target).toList());
        }
        return tree;
    }

    private static Map<String, Object> disk(NewDisk disk) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("table", disk.table().name().toLowerCase(Locale.ROOT));
        tree.put("boot", firmware(disk.boot()));
        Long size = disk.size();
        tree.put("size", size == null ? Schema.AUTO : size);
        Map<String, Object> fileSystem = new LinkedHashMap<>();
        fileSystem.put("type", disk.fileSystem().type());
        fileSystem.put("label", disk.fileSystem().label());
        tree.put("fileSystem", fileSystem);
        return tree;
    }

    private static List<String> firmware(@Nullable List<NewDisk.Boot> boot) {
        if (boot == null) {
            return List.of(Schema.AUTO);
        }
        List<String> words = boot.stream()
                .map(firmware -> firmware.name().toLowerCase(Locale.ROOT))
                .toList();
        return words.isEmpty() ? List.of(Schema.NONE) : words;
    }

    private static Map<String, Object> disk(ImageDescription.Disk disk) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("media", disk.media());
        putKnown(tree, "format", disk.format());
        return tree;
    }

    private static Map<String, Object> shrink(ImageDescription.Shrink shrink) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("slack", shrink.free());
        tree.put("minimumFree", shrink.roomToBoot() ? Schema.AUTO : shrink.free());
        return tree;
    }

    private static Map<String, Object> format(ImageDescription.Format format) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", format.type());
        tree.put("options", new TreeMap<>(format.options()));
        putKnown(tree, "classifier", format.classifier());
        putKnown(tree, "file", format.file());
        return tree;
    }

    private static Map<String, Object> target(ImageDescription.PublishTarget target) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", target.id());
        tree.put("type", target.type());
        tree.putAll(new TreeMap<>(target.settings()));
        return tree;
    }

    private static void putKnown(Map<String, Object> tree, String key, @Nullable Object value) {
        if (value != null) {
            tree.put(key, value);
        }
    }
}
