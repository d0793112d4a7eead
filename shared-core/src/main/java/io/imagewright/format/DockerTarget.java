package io.imagewright.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/**
 * What a container image is called where it is loaded: {@code name:tag}, the name with a registry and directories if
 * need be. The grammar is that of the distribution project, {@code reference/regexp.go}.
 */
record DockerTarget(String name, String tag) {

    /** The option that users write. */
    static final String OPTION = "dockerTarget";

    private static final int LONGEST_NAME = 255;

    private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final String HOST = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String DOMAIN = HOST + "(?:\\." + HOST + ")*(?::[0-9]{1,5})?";

    private static final Pattern NAME = Pattern.compile("(?:" + DOMAIN + "/)?" + COMPONENT + "(?:/" + COMPONENT + ")*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    /**
     * What a user wrote.
     *
     * @throws ImageException DESCRIPTION when it is no {@code name:tag}
     */
    static DockerTarget of(String format, String text) {
        int colon = text.lastIndexOf(':');
        DockerTarget target = new DockerTarget(text.substring(0, Math.max(0, colon)), text.substring(colon + 1));
        if (!target.isValid()) {
            throw OptionValues.bad(
                    format,
                    OPTION,
                    text,
                    "name:tag, the name in lower case, such as web:1.0 or registry.example.org:5000/ops/web:1.0");
        }
        return target;
    }

    /**
     * Of the image's name and version: the name in lower case, and what a container image cannot have in either
     * replaced by hyphens.
     *
     * @throws ImageException DESCRIPTION when nothing is left then
     */
    static DockerTarget usual(String format, String imageName, String version) {
        String name = imageName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        // only these may stand between letters and digits, and nothing before or behind them
        name = name.replaceAll("(?:(?!__)(?!-+)[._-]{2,}|[._-]*-[._-]*)", "-").replaceAll("^[._-]+|[._-]+$", "");
        String tag = version.replaceAll("[^A-Za-z0-9_.-]", "-").replaceAll("^[.-]+", "");
        DockerTarget target = new DockerTarget(name, tag.substring(0, Math.min(tag.length(), 128)));
        if (!target.isValid()) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "Cannot name the container image of format " + format,
                    "the image's name '" + imageName + "' and version '" + version + "' make no name:tag",
                    Message.of("Set ", SettingName.formatOption(OPTION), "."));
        }
        return target;
    }

    /**
     * A format's options with the name of the image of one disk: that which is given, or the usual one, with a suffix
     * for further disks.
     *
     * @param disk index from 0
     * @throws ImageException DESCRIPTION when it is no {@code name:tag}
     */
    static Map<String, String> settled(
            String format, Map<String, String> given, String imageName, String version, int disk) {
        String text = given.get(OPTION);
        DockerTarget target = text == null ? usual(format, imageName, version) : of(format, text);
        Map<String, String> options = new HashMap<>(given);
        options.put(
                OPTION, target.withSuffix(disk > 0 ? "-disk" + (disk + 1) : "").text());
        return options;
    }

    private boolean isValid() {
        return name.length() <= LONGEST_NAME
                && NAME.matcher(name).matches()
                && TAG.matcher(tag).matches();
    }

    /** Another image of the same tag. */
    DockerTarget withSuffix(String suffix) {
        return new DockerTarget(name + suffix, tag);
    }

    /** As it is written: {@code name:tag}. */
    String text() {
        return name + ":" + tag;
    }

    /** With what Docker adds where no registry is named; {@code reference/normalize.go}. */
    String full() {
        int slash = name.indexOf('/');
        String first = name.substring(0, Math.max(0, slash));
        boolean domain = first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        return domain ? text() : "docker.io/" + (slash < 0 ? "library/" : "") + text();
    }
}
