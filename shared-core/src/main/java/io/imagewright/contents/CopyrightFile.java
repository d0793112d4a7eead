package io.imagewright.contents;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import io.imagewright.guest.packages.InstalledPackage;

/**
 * Debian's <a href="https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/">machine-readable copyright files</a>: paragraphs of
 * fields; {@code License:} has a short name on its first line, and the text below.
 */
final class CopyrightFile {

    private static final String LICENCE = "license:";
    private static final String FILES = "files:";

    /** The field that distinguishes such a file from prose; its value was other addresses before the format was settled. */
    private static final Pattern FORMAT =
            Pattern.compile("(?i)format(?:-specification)?:.*(?:copyright-format|dep-?5).*");

    /** One word, perhaps with an exception. */
    private static final String NAME = "[^\\s,]++(?: with (?:[^\\s,]++ )*?[^\\s,]*?[Ee]xceptions?)?";

    /** A name, or several with {@code and} or {@code or} between them; what has other words is the text of a licence. */
    private static final Pattern SHORT_NAME =
            Pattern.compile(NAME + "(?:(?:, (?:and |or )?| (?:and|or) )" + NAME + ")*+");

    private static final int MAX_LENGTH = 250;

    /** Names of one file; with more the package's licence is unknown. */
    private static final int MAX_NAMES = 50;

    private CopyrightFile() {}

    /**
     * The short names of the licences that files are under, each once, in the file's order; empty when the file is prose, or says nothing clear. A paragraph
     * without {@code Files:}, but for the first, gives only a text.
     */
    static String licence(String text) {
        Set<String> names = new LinkedHashSet<>();
        boolean header = false;
        boolean speaksOfFiles = true;
        for (String line : text.lines().toList()) {
            if (!header && !line.isBlank() && !line.startsWith("#") && !line.startsWith(" ")) {
                // the field may stand behind others of the first paragraph
                header = FORMAT.matcher(line).matches();
                if (!header && !line.contains(":")) {
                    return "";
                }
            }
            if (line.isBlank()) {
                speaksOfFiles = false;
            } else if (isField(line, FILES)) {
                speaksOfFiles = true;
            } else if (speaksOfFiles && isField(line, LICENCE)) {
                String name = line.substring(LICENCE.length()).strip();
                if (name.length() > MAX_LENGTH || !SHORT_NAME.matcher(name).matches()) {
                    return "";
                }
                names.add(name);
            }
        }
        return !header || names.size() > MAX_NAMES ? "" : String.join(InstalledPackage.SEPARATOR, names);
    }

    private static boolean isField(String line, String name) {
        return line.regionMatches(true, 0, name, 0, name.length());
    }
}
