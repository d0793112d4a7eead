package io.imagewright.cli;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.imagewright.error.CommandName;
import io.imagewright.error.SettingName;
import org.jspecify.annotations.Nullable;

/** The words of the command line itself: options and commands. */
public final class OptionNames implements Vocabulary {

    static final OptionNames INSTANCE = new OptionNames();

    /** Options and operands, by the paths of their settings. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            entry(SettingName.NAME, "--name"),
            entry(SettingName.SOURCE_MEDIA, "SOURCE"),
            entry(SettingName.SOURCE_FORMAT, "--source-format"),
            entry(SettingName.SOURCE_DISKS, "--disk"),
            entry(SettingName.ENGINE, "--engine"),
            entry(SettingName.SYSPREP_ENABLE, "--enable"),
            entry(SettingName.SYSPREP_DISABLE, "--disable"),
            entry(SettingName.SYSPREP_PARAMS, "--param"),
            entry(SettingName.of("properties"), "--property"),
            entry(SettingName.of("labels"), "--label"),
            entry(SettingName.SHRINK, "--shrink"),
            entry(SettingName.SIZE, "--size"),
            entry(SettingName.REPAIR, "--repair"),
            entry(SettingName.ALLOW_UNSUPPORTED, "--allow-unsupported"),
            entry(SettingName.of("sbom"), "--sbom"),
            entry(SettingName.FORMATS, "--format"),
            entry(SettingName.CHECKSUMS, "--checksum"),
            entry(SettingName.APPLIANCE_MEMORY, "--appliance-memory"),
            entry(SettingName.BOOT_FIRMWARE, "--boot-firmware"),
            entry(SettingName.BOOT_MEMORY, "--boot-memory"),
            entry(SettingName.BOOT_PORT, "--boot-port"),
            entry(SettingName.BOOT_PROCESSORS, "--boot-processors"),
            entry(SettingName.BOOT_SECONDS, "--boot-seconds"),
            entry(SettingName.BOOT_TEXT, "--boot-text"),
            entry(SettingName.FORCE, "--force"),
            entry(SettingName.GPG_HOMEDIR, "--gpg-homedir"),
            entry(SettingName.GPG_KEYNAME, "--gpg-keyname"),
            entry(SettingName.KEYRING, "--keyring"),
            entry(SettingName.MANIFEST, "MANIFEST"),
            entry(SettingName.OUTPUT_DIRECTORY, "--output-directory"),
            entry(SettingName.PROGRESS_MONITOR, "--progress-monitor"),
            entry(SettingName.SIGNED_BY, "--signed-by"),
            entry(SettingName.TMPDIR, "--tmpdir"),
            entry(SettingName.VERBOSE, "--verbose"),
            entry(SettingName.VERSION, "--image-version"));

    /** What the environment sets. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            entry(SettingName.GPG_PASSPHRASE, PassphraseInput.GPG_VARIABLE + " in the environment"),
            entry(SettingName.JAVA_OPTIONS, "JAVA_TOOL_OPTIONS in the environment"));

    /** Options that take a key and a value. */
    static final Set<String> MAPS = Set.of(SettingName.SYSPREP_PARAMS.path(), "properties", "labels");

    private OptionNames() {}

    private static Map.Entry<String, String> entry(SettingName setting, String word) {
        return Map.entry(setting.path(), word);
    }

    /** The setting of an option, or of an operand by its label; empty for one that messages of the core never refer to. */
    public static Optional<SettingName> setting(String option) {
        return OPTIONS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(option))
                .map(entry -> SettingName.of(entry.getKey()))
                .findFirst();
    }

    static Map<String, String> options() {
        return OPTIONS;
    }

    @Override
    public String option(String option) {
        return option;
    }

    @Override
    public String setting(SettingName setting) {
        @Nullable String option = OPTIONS.get(setting.path());
        if (option != null) {
            return withValue(option, setting.value());
        }
        for (String map : MAPS) {
            if (setting.path().startsWith(map + ".")) {
                String key = setting.path().substring(map.length() + 1);
                return OPTIONS.get(map) + " " + key + (setting.value().isEmpty() ? "" : "=" + setting.value());
            }
        }
        @Nullable String other = OTHERS.get(setting.path());
        return other == null ? PATHS.setting(setting) + " in the description" : other;
    }

    private static String withValue(String option, String value) {
        return switch (value) {
            case "", "true" -> option;
            case "false" -> "--no-" + option.substring("--".length());
            default -> option + (option.startsWith("--") ? "=" : " ") + value;
        };
    }

    @Override
    public String command(CommandName command) {
        return "`imagewright " + command.word() + "`";
    }
}
