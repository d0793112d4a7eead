package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.error.SettingName;
import io.imagewright.spec.SchemaPaths;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** The core's messages are for all front ends: no text in its sources spells a setting or a command as one of them does. */
public class MessageSourcesTest {

    private static final Path SOURCES = Path.of("src/main/java/io/imagewright");

    /** What begins with a quote or a slash, each read to its own end, so that none begins within another; literals are the group. */
    private static final Pattern TOKEN =
            Pattern.compile("(\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+\"\"\"|\"(?:[^\"\\\\\n]++|\\\\.)*+\")"
                    + "|'(?:[^'\\\\\n]|\\\\.)[^'\n]*'|//[^\n]*|(?s:/\\*.*?\\*/)");

    /** Properties and goals of Maven, options of the command line that are not another program's, and names of front ends. */
    private static final Pattern OF_A_FRONT_END = Pattern.compile("-Dimage\\."
            + "|(?<![\\w./-])image\\.(?!manifest|json|yaml)[a-z][A-Za-z]*(?!\\w|\\.\\w)"
            + "|(?<![\\w./-])image:[a-z]+"
            + "|(?<![\\w-])--(tmpdir|force|engine|enable|disable|param|property|allow-unsupported|repair|shrink|sbom|disk|"
            + "image-version|source-format|output-directory|boot-[a-z]+|gpg-[a-z]+|signed-by|progress-monitor|appliance-[a-z-]+)(?![\\w-])"
            + "|\\bPOM\\b|\\bJenkins\\b|MAVEN_OPTS|settings\\.xml|<configuration>");

    /** Where texts are not messages of a run: they describe the keys of a description file themselves, for all front ends. */
    private static final Set<String> OF_DESCRIPTIONS = Set.of("spec", "error");

    private static List<String> texts(String source) {
        return TOKEN.matcher(source)
                .results()
                .map(token -> token.group(1))
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> found(Pattern pattern, Set<String> without) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            String name = SOURCES.relativize(file).toString();
            if (without.contains(name.split("/", 2)[0])) {
                continue;
            }
            for (String text : texts(Files.readString(file))) {
                if (pattern.matcher(text).find()) {
                    found.add(name + ": " + text);
                }
            }
        }
        return found;
    }

    @Test
    public void noTextHasAFrontEndsSpelling() throws IOException {
        assertTrue(sources().size() > 500);
        assertEquals(List.of(), found(OF_A_FRONT_END, Set.of()));
    }

    /** A path in a plain text could not be spelled otherwise. */
    @Test
    public void noTextNamesASettingByItself() throws IOException {
        assertEquals(List.of(), found(byPath(), OF_DESCRIPTIONS));
    }

    private static Pattern byPath() {
        Set<String> paths = new TreeSet<>();
        for (SettingName setting : SchemaPaths.all()) {
            if (setting.path().contains(".") && !setting.path().endsWith(".some_key")) {
                paths.add(Pattern.quote(setting.path()));
            }
        }
        paths.add(Pattern.quote(SettingName.SYSPREP_PARAMS.path()) + "\\.\\w+");
        String words = Stream.concat(SchemaPaths.all().stream(), SettingName.OF_RUN.stream())
                .map(SettingName::path)
                .filter(path -> !path.contains("."))
                .collect(Collectors.joining("|"));
        return Pattern.compile("\\((?:" + words + ")\\)|\\b(?:[Ss]et|[Ww]ith|[Ll]eave|under) (?:" + words + ")\\b|"
                + "(?<![\\w./-])(" + paths.stream().collect(Collectors.joining("|")) + ")(?![\\w/-])|\\b("
                + "engine: (?:auto|direct|libguestfs)|(?:repair|shrink|allowUnsupported|force): (?:true|false))");
    }

    /** A comment ends where it ends, and is none in a literal. */
    @Test
    public void literals() {
        assertEquals(
                List.of(
                        "\"a // b\"",
                        "\"/*\"",
                        "\"c\"",
                        "\"\\\\\"",
                        "\"*/ \\\" //\"",
                        "\"\"\"\n \"d\" // e\n\"\"\"",
                        "\"f\""),
                texts("""
                        // it's "no text"
                        x("a // b", '"', "/*"); // "no text"
                        /* "no text"
                         // */ y("c", '\\'', "\\\\", '\\\\', "*/ \\" //");
                        z(\"""
                         "d" // e
                        \""");
                        // "no text"
                        call("f");
                        """));
    }

    /** The patterns find what they are for. */
    @Test
    public void spellings() {
        for (String spelling : List.of(
                "Set image.force.",
                "with -Dimage.x=1",
                "by image:build",
                "set --tmpdir",
                "in the POM",
                "of settings.xml")) {
            assertTrue(spelling, OF_A_FRONT_END.matcher(spelling).find());
        }
        for (String other : List.of(
                "disk-image.raw",
                "--no-autostart",
                "--enable-native-access=A",
                "--disable-dirmngr",
                "org.opencontainers.image.title",
                "`gpg --export`")) {
            assertTrue(other, !OF_A_FRONT_END.matcher(other).find());
        }
        for (String path :
                List.of("Set shrink.slack.", "(sysprep.params.virtio)", "set engine: auto", "or repair: true")) {
            assertTrue(path, byPath().matcher(path).find());
        }
        for (String other : List.of("/etc/source.media", "engine: none", "my.shrink.slack")) {
            assertTrue(other, !byPath().matcher(other).find());
        }
    }
}
