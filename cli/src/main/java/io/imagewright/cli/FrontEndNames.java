package io.imagewright.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.imagewright.error.CommandName;
import io.imagewright.error.SettingName;
import io.imagewright.spec.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The words of a front end that runs this program for its users, who see neither options nor commands.
 *
 * @param names by the paths of settings, and by commands
 */
record FrontEndNames(Map<String, String> names) implements Vocabulary {

    private static final Pattern HYPHEN = Pattern.compile("-([a-z])");

    FrontEndNames {
        names = Map.copyOf(names);
    }

    /** An option that is no setting of the core is called as a setting would be. */
    @Override
    public String option(String option) {
        return OptionNames.setting(option)
                .map(this::setting)
                .orElseGet(() -> HYPHEN.matcher(option.replaceFirst("^--", "").toLowerCase(Locale.ROOT))
                        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT)));
    }

    @Override
    public String setting(SettingName setting) {
        String path = setting.path();
        String value = setting.value().isEmpty() ? "" : ": " + setting.value();
        @Nullable String name = names.get(path);
        if (name != null) {
            return name + value;
        }
        int dot = path.lastIndexOf('.');
        String map = path.substring(0, Math.max(dot, 0));
        if (OptionNames.MAPS.contains(map) && names.containsKey(map)) {
            return names.get(map) + " " + path.substring(dot + 1) + value;
        }
        boolean isOfDescription = Schema.IMAGE.key(path.split("\\.", 2)[0]).isPresent();
        return path + value + (isOfDescription ? " in an image description" : "");
    }

    @Override
    public String command(CommandName command) {
        return names.getOrDefault(command.word(), command.word());
    }
}
