package io.imagewright.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.error.CommandName;
import io.imagewright.error.SettingName;
import io.imagewright.error.Wording;
import io.imagewright.spec.DescriptionShortcuts;
import io.imagewright.spec.Schema;
import io.imagewright.spec.ValueType;
import org.jspecify.annotations.Nullable;

/** The words of Maven's users: properties, elements of the configuration, and goals. */
final class MavenWording implements Wording {

    static final MavenWording INSTANCE = new MavenWording();

    /** Properties, by the paths of their settings, without {@link PropertyOverrides#PREFIX}. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            entry(SettingName.APPLIANCE_MEMORY, "applianceMemory"),
            entry(SettingName.BOOT_FIRMWARE, "bootFirmware"),
            entry(SettingName.BOOT_MEMORY, "bootMemory"),
            entry(SettingName.BOOT_PORT, "bootPort"),
            entry(SettingName.BOOT_PROCESSORS, "bootProcessors"),
            entry(SettingName.BOOT_SECONDS, "bootSeconds"),
            entry(SettingName.BOOT_TEXT, "bootText"),
            entry(SettingName.FORCE, "force"),
            entry(SettingName.GPG_HOMEDIR, "gpgHomedir"),
            entry(SettingName.GPG_KEYNAME, "gpgKeyname"),
            entry(SettingName.KEYRING, "keyring"),
            entry(SettingName.MANIFEST, "artifact"),
            entry(SettingName.OUTPUT_DIRECTORY, "outputDirectory"),
            entry(SettingName.PROGRESS_MONITOR, "progressMonitor"),
            entry(SettingName.SIGNED_BY, "signedBy"),
            entry(SettingName.TMPDIR, "tmpdir"),
            entry(SettingName.VERSION, "version"));

    /** What Maven has its own way for. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            entry(
                    SettingName.GPG_PASSPHRASE,
                    "MAVEN_GPG_PASSPHRASE in the environment, or as the password of the server image.gpgServer in settings.xml"),
            entry(SettingName.JAVA_OPTIONS, "MAVEN_OPTS"),
            entry(SettingName.VERBOSE, "-X"));

    private MavenWording() {}

    private static Map.Entry<String, String> entry(SettingName setting, String word) {
        return Map.entry(setting.path(), word);
    }

    @Override
    public String setting(SettingName setting) {
        @Nullable String other = OTHERS.get(setting.path());
        if (other != null) {
            return other;
        }
        return DescriptionShortcuts.of(setting.path())
                .or(() -> Optional.ofNullable(PROPERTIES.get(setting.path())))
                .map(property -> property(PropertyOverrides.PREFIX + property, setting.value()))
                .orElseGet(() -> elements(setting));
    }

    private static String property(String name, String value) {
        return value.isEmpty() ? name : "-D" + name + "=" + value;
    }

    /** A key that has no property is set in the configuration of an image, or under the same names in its description file. */
    private static String elements(SettingName setting) {
        List<String> names = elementNames(setting.path().split("\\.", -1));
        StringBuilder elements = new StringBuilder();
        for (String name : names) {
            elements.append('<').append(name).append('>');
        }
        if (!setting.value().isEmpty()) {
            elements.append(setting.value());
            for (int i = names.size() - 1; i >= 0; i--) {
                elements.append("</").append(names.get(i)).append('>');
            }
        }
        return elements.toString();
    }

    /** The words of a path, with the element of an item below each list. */
    private static List<String> elementNames(String[] path) {
        List<String> names = new ArrayList<>();
        String above = "";
        for (String word : path) {
            if (Schema.at(above).orElse(null) instanceof ValueType.ListOf list) {
                names.add(list.element());
            }
            names.add(word);
            above += (above.isEmpty() ? "" : ".") + word;
        }
        return names;
    }

    @Override
    public String command(CommandName command) {
        return "image:" + command.word();
    }
}
