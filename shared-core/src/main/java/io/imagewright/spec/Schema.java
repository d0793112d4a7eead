package io.imagewright.spec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.imagewright.spec.ValueType.Either;
import io.imagewright.spec.ValueType.ListOf;
import io.imagewright.spec.ValueType.MapOf;
import io.imagewright.spec.ValueType.Section;
import io.imagewright.spec.ValueType.Text;
import io.imagewright.spec.ValueType.Words;
import org.jspecify.annotations.Nullable;

/**
 * The one table of everything that a description may hold. What the readers accept, the suggestions of error messages, the
 * defaults and the manual's reference page all come from here.
 */
public final class Schema {

    /** The version that this table describes. */
    public static final String VERSION = "image/v1";

    /** Lets a size follow from what is found. */
    static final String AUTO = "auto";

    /** Lets a disk boot with no firmware. */
    static final String NONE = "none";

    private static final Words FLAG = new Words(List.of("true", "false"));
    private static final Text SIZE = new Text(ByteSize.EXPECTED, ByteSize::isSize, false, false, ByteSize.PATTERN);
    private static final Text SIZE_OR_AUTO = new Text(
            "the word " + AUTO + ", or " + ByteSize.EXPECTED,
            Schema::isSizeOrAuto,
            false,
            false,
            AUTO + "|" + ByteSize.PATTERN);
    private static final Text OPERATION = Text.matching("the name of an operation", "[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Text FORMAT_WORD = Text.word("a format word such as qcow2", "[a-z0-9][a-z0-9._-]{0,99}");

    private static final Text MEDIUM = Text.matching("the path of a file or block device", "[^\\p{Cntrl}]{1,4096}");

    private static final Setting MEDIA = setting(
                    "media",
                    MEDIUM,
                    null,
                    "Disk image file, also one compressed by gzip, xz, zstd or bzip2, OVA, or block device; a relative path"
                            + " starts at the project.")
            .as("source");

    private static final Setting MEDIUM_FORMAT = setting(
                    "format",
                    FORMAT_WORD,
                    null,
                    "Format of the medium, for example raw, qcow2, raw.xz or ova; probed when not given. Set it for media from untrusted"
                            + " sources.")
            .as("sourceFormat");

    private static final Section SOURCE = new Section(List.of(
            MEDIA,
            MEDIUM_FORMAT,
            setting(
                            "disks",
                            new ListOf(
                                    new Either(MEDIUM, new Section(List.of(MEDIA, MEDIUM_FORMAT), List.of("media"))),
                                    "disk",
                                    false,
                                    null),
                            "",
                            "Further disks of the same guest, in the guest's order; 15 at the most.")
                    .as("disks"),
            setting(
                    "tree",
                    Text.matching("the path of a file or directory", "[^\\p{Cntrl}]{1,4096}"),
                    null,
                    "Tree of files that a disk is made of, instead of media: a directory, a tar, also one compressed by gzip, xz,"
                            + " zstd or bzip2, an OCI layout, an archive by docker save, or a squashfs.")));

    private static final Section FILE_SYSTEM = new Section(List.of(
            setting("type", new Words(NewDisk.FileSystem.TYPES), "ext4", "Type of the root file system."),
            setting(
                    "label",
                    Text.matching("up to 16 letters, digits, '_', '-' and '.'", "[A-Za-z0-9_.-]{1,16}"),
                    "root",
                    "Label of the root file system.")));

    private static final Section DISK = new Section(List.of(
            setting("table", new Words(List.of("gpt", "mbr")), "gpt", "Kind of the partition table."),
            setting(
                    "boot",
                    new ListOf(new Words(List.of("bios", "efi", AUTO, NONE)), "firmware", true, null),
                    AUTO,
                    "Firmware that the disk boots with, by the GRUB that is in the tree; auto for each one that the tree has a GRUB for;"
                            + " none for a disk without a boot loader."),
            setting(
                    "size",
                    SIZE_OR_AUTO,
                    AUTO,
                    "Bytes of the disk, of which whole MiB are used; its root file system fills it unless shrink is set, too. auto is"
                            + " what the tree needs, and shrink.minimumFree."),
            setting("fileSystem", FILE_SYSTEM, "", "The root file system, which is the last partition.")));

    private static final Section SYSPREP = new Section(List.of(
            setting(
                    "defaults",
                    FLAG,
                    "true",
                    "Whether the operations that are on by default run; sysprep: false stands for defaults: false. A layer that has it"
                            + " starts the lists enable and disable of lower layers again."),
            setting(
                            "enable",
                            new ListOf(OPERATION, "operation", false, "disable", "defaults"),
                            "",
                            "Operations to run beside those that run by default; adds to the lists of lower layers.")
                    .as("enable"),
            setting(
                            "disable",
                            new ListOf(OPERATION, "operation", false, "enable", "defaults"),
                            "",
                            "Operations not to run; adds to the lists of lower layers.")
                    .as("disable"),
            setting(
                    "params",
                    new MapOf("letters, digits, _ and -", Pattern.compile("[A-Za-z0-9_-]{1,100}"), false),
                    "",
                    "Parameters of operations.")));

    private static final Section SHRINK = new Section(List.of(
            setting("slack", SIZE, "8MiB", "Bytes left free in the shrunk file system."),
            setting(
                    "minimumFree",
                    SIZE_OR_AUTO,
                    AUTO,
                    "Bytes free at least in the shrunk file system, slack included; auto is 512MiB for a Linux whose root file"
                            + " system nothing grows at boot, 128MiB for one that grows, else 0.")));

    private static final Section FORMAT = new Section(List.of(
            setting("type", FORMAT_WORD, null, "Format word, for example qcow2."),
            setting(
                    "options",
                    new MapOf("letters, digits, _ and -", Pattern.compile("[A-Za-z0-9_-]{1,100}"), false),
                    "",
                    "Settings of the format."),
            setting(
                    "classifier",
                    Text.matching("letters, digits, '.', '_' and '-'", "[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                    null,
                    "Maven classifier; follows from the format when not given."),
            setting(
                    "file",
                    Text.matching(
                            "a file name of letters, digits, '.', '_', '+' and '-'",
                            "[A-Za-z0-9][A-Za-z0-9._+-]{0,199}"),
                    null,
                    "File name; <name>-<version>.<extension> when not given.")));

    private static final List<Setting> KEYS = List.of(
            setting("schema", new Words(List.of(VERSION)), VERSION, "Version of the description's schema."),
            setting(
                            "name",
                            Text.matching(
                                    "a name of letters, digits, '.', '_', '+' and '-'",
                                    "[A-Za-z0-9][A-Za-z0-9._+-]{0,99}"),
                            null,
                            "Base of all file names; a description file's own base name when not given.")
                    .as("name"),
            setting("source", SOURCE, null, "What the image is made from."),
            setting("disk", DISK, null, "The disk that is made of source.tree."),
            setting(
                            "engine",
                            new Words(List.of("auto", "direct", "libguestfs")),
                            "auto",
                            "What works on the guest; auto takes direct where it serves, else libguestfs.")
                    .as("engine"),
            setting(
                            "sysprep",
                            new Either(FLAG, SYSPREP, "defaults"),
                            "true",
                            "Which operations clean the guest up, and their parameters.")
                    .as("sysprep"),
            setting(
                    "customise",
                    new ListOf(ActionSchema.ACTION, "action", false, null),
                    "",
                    "Actions on the guest, after the clean-up and in this order."),
            setting(
                            "shrink",
                            new Either(FLAG, SHRINK),
                            "true",
                            "Whether, and how far, the disk is made small. The default is false with disk.size.")
                    .as("shrink"),
            setting(
                            "size",
                            new Text(
                                    ByteSize.EXPECTED + ", above zero",
                                    ByteSize::isPositive,
                                    false,
                                    false,
                                    ByteSize.PATTERN),
                            null,
                            "Virtual size of the output; follows from the content when not given. The last file system grows only at"
                                    + " deployment.")
                    .as("size"),
            setting(
                            "repair",
                            FLAG,
                            "false",
                            "Whether a damaged file system is repaired on the working copy instead of refused.")
                    .as("repair"),
            setting(
                            "allowUnsupported",
                            FLAG,
                            "false",
                            "Whether a medium with no system, several, or one that the engine cannot serve is taken as it is, without"
                                    + " sysprep and shrink, instead of refused.")
                    .as("allowUnsupported"),
            setting(
                            "sbom",
                            FLAG,
                            "true",
                            "Whether a bill of materials, CycloneDX JSON, of the packages inside is written and attached.")
                    .as("sbom"),
            setting(
                    "properties",
                    new MapOf("letters, digits and _", Pattern.compile("[A-Za-z0-9_]{1,100}"), true),
                    "",
                    "Image properties; keys are turned to upper case; they win over detected ones."),
            setting(
                    "labels",
                    new MapOf(
                            "letters, digits, '.', '_', '/' and '-'",
                            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}"),
                            false),
                    "",
                    "Labels of your own, for example a team or a ticket; the manifest holds them, nothing else uses them."),
            setting(
                            "formats",
                            new ListOf(new Either(FORMAT_WORD, FORMAT), "format", true, null),
                            "qcow2",
                            "Output formats.")
                    .as("formats"),
            setting(
                            "checksums",
                            new ListOf(
                                    Text.word("a digest word such as sha256", "[a-z0-9][a-z0-9-]{0,19}"),
                                    "checksum",
                                    false,
                                    null),
                            "sha256",
                            "Digests; a sidecar file is written for each.")
                    .as("checksums"),
            setting(
                    "publish",
                    new ListOf(TargetSchema.TARGET, "target", false, null),
                    "",
                    "Stores that finished images are published to, by the command publish; a build publishes nothing."));

    /** An image. */
    public static final Section IMAGE = new Section(KEYS, List.of(), ForeignWords.IMAGE);

    private Schema() {}

    private static boolean isSizeOrAuto(String text) {
        return text.equals(AUTO) || ByteSize.isSize(text);
    }

    private static Setting setting(String name, ValueType type, @Nullable String defaultValue, String description) {
        return new Setting(name, type, defaultValue, description);
    }

    /**
     * What may stand at a path of keys with dots between them.
     *
     * @param path keys of a list's items follow the list's own; entries of maps are texts
     * @return empty when there is no such key
     */
    public static Optional<ValueType> at(String path) {
        Optional<ValueType> type = Optional.of(IMAGE);
        for (String word : path.split("\\.", -1)) {
            type = type.flatMap(above -> below(above, word));
        }
        return type;
    }

    private static Optional<ValueType> below(ValueType above, String word) {
        if (above instanceof ListOf list) {
            return below(list.item(), word);
        }
        if (above instanceof Either either) {
            return below(either.section(), word);
        }
        if (above instanceof Section section) {
            return section.key(word).map(Setting::type);
        }
        return above instanceof MapOf ? Optional.of(new Text("a text", text -> true)) : Optional.empty();
    }
}
