package io.imagewright.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.cyclonedx.CycloneDxSchema;

/**
 * Words of package managers for licences, put into those of <a href="https://spdx.org/licenses/">SPDX</a> where they mean the same: Debian's
 * short names differ in a few. The identifiers are those that CycloneDX' schema allows.
 */
final class SpdxLicence {

    /** Debian's names of licences that SPDX calls otherwise; see its copyright format, 1.0, "License short name". */
    private static final Map<String, String> DEBIAN = Map.of("expat", "MIT");

    /** {@code GPL-2+} of Debian: that version or later; {@code GPL-2}: that version only. */
    private static final Pattern GNU = Pattern.compile("(?i)(A|L)?GPL-(\\d)(\\.\\d)?(\\+?)");

    /** What stands between licences, and around them. */
    private static final Pattern WORD = Pattern.compile("[^\\s()]+|[()]");

    private static final int LONGEST_EXPRESSION = 1000;

    private final Map<String, String> identifiers;

    private SpdxLicence(Map<String, String> identifiers) {
        this.identifiers = identifiers;
    }

    /** Reads the list. */
    static SpdxLicence load() {
        Map<String, String> identifiers = new HashMap<>();
        try (InputStream schema = CycloneDxSchema.class.getResourceAsStream("/spdx.schema.json")) {
            if (schema != null) {
                for (JsonNode id : new ObjectMapper().readTree(schema).path("enum")) {
                    identifiers.put(id.asText().toLowerCase(Locale.ROOT), id.asText());
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException("cyclonedx-core-java is not whole", broken);
        }
        return new SpdxLicence(identifiers);
    }

    /** The identifier of one licence; empty when SPDX has none. */
    Optional<String> identifier(String word) {
        Matcher gnu = GNU.matcher(word);
        String lower = word.toLowerCase(Locale.ROOT);
        if (gnu.matches()) {
            String minor = gnu.group(3) == null ? ".0" : gnu.group(3);
            String family = gnu.group(1) == null ? "" : gnu.group(1);
            lower = (family + "GPL-" + gnu.group(2) + minor + (gnu.group(4).isEmpty() ? "-only" : "-or-later"))
                    .toLowerCase(Locale.ROOT);
        }
        return Optional.ofNullable(
                identifiers.get(DEBIAN.getOrDefault(lower, lower).toLowerCase(Locale.ROOT)));
    }

    /**
     * The expression of SPDX that a text is: identifiers with {@code AND}, {@code OR}, {@code WITH} and brackets. Empty when it is none, one of its
     * words being no identifier among them.
     */
    Optional<String> expression(String text) {
        if (text.length() > LONGEST_EXPRESSION) {
            return Optional.empty();
        }
        Matcher words = WORD.matcher(text);
        StringJoiner expression = new StringJoiner(" ");
        boolean wantsName = true;
        int depth = 0;
        while (words.find()) {
            String word = words.group();
            boolean joins = word.matches("(?i)and|or|with");
            if (wantsName == (joins || word.equals(")"))) {
                return Optional.empty();
            }
            if (word.equals("(")) {
                depth++;
            } else if (word.equals(")")) {
                depth--;
            } else if (joins) {
                word = word.toUpperCase(Locale.ROOT);
                wantsName = true;
            } else {
                word = identifier(word).orElse("");
                wantsName = false;
            }
            if (depth < 0 || word.isEmpty()) {
                return Optional.empty();
            }
            expression.add(word);
        }
        return wantsName || depth != 0
                ? Optional.empty()
                : Optional.of(expression.toString().replace("( ", "(").replace(" )", ")"));
    }
}
