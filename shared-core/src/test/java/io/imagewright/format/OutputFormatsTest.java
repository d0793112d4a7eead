package io.imagewright.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.guest.inspect.PartitionDump;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** A format is one class, which keeps the contract of outputs; nothing beside it depends on which format an output has. */
public class OutputFormatsTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    /** Readers of sources, whose formats are others, by words of which some are the same. */
    private static final Set<Path> READERS = Set.of(
            Path.of("shared-core/src/main/java/io/imagewright/disk"),
            Path.of("shared-core/src/main/java/io/imagewright/source"));

    @Test
    public void wordsAndExtensionsAreDistinct() {
        List<OutputFormat> all = OutputFormats.all();
        assertEquals(all.size(), all.stream().map(OutputFormat::word).distinct().count());
        assertEquals(
                all.size(), all.stream().map(OutputFormat::extension).distinct().count());
    }

    @Test
    public void eachClassKeepsTheContract() throws Exception {
        Set<Class<?>> tested = new HashSet<>();
        Path classes = Path.of(OutputFormatsTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        for (Path file : list(classes.resolve("io/imagewright/format"), "OutputTest.class")) {
            String name = file.getFileName().toString().replace(".class", "");
            OutputContract test = (OutputContract) Class.forName(getClass().getPackageName() + "." + name)
                    .getDeclaredConstructor()
                    .newInstance();
            tested.add(OutputFormats.of(test.format()).getClass());
        }
        Set<Class<?>> all =
                OutputFormats.all().stream().map(OutputFormat::getClass).collect(Collectors.toSet());
        assertEquals("a format without a subclass of OutputContract", all, tested);
    }

    @Test
    public void dumpsOfAPartitionAreThoseThatInspectionHasRulesFor() {
        assertEquals(
                Stream.of(PartitionDump.values()).map(PartitionDump::word).collect(Collectors.toSet()),
                OutputFormats.all().stream()
                        .filter(OutputFormat::isPartition)
                        .map(OutputFormat::word)
                        .collect(Collectors.toSet()));
    }

    @Test
    public void nothingComparesWordsOrClassesOfFormats() throws IOException {
        String words = OutputFormats.all().stream()
                .map(format -> Pattern.quote('"' + format.word() + '"'))
                .collect(Collectors.joining("|"));
        String types = OutputFormats.all().stream()
                .map(format -> format.getClass().getSimpleName())
                .distinct()
                .collect(Collectors.joining("|"));
        Pattern comparison = Pattern.compile("case [^:>;{]*(?:" + words + ")|(?:List|Set)\\.of\\([^;)]*(?:"
                + words + ")|[eE]quals(?:IgnoreCase)?\\((?:" + words
                + ")\\)|(?:" + words + ")\\.equals|instanceof (?:" + types + ")\\b");
        Set<String> found = new TreeSet<>();
        int read = 0;
        for (String module : List.of("shared-core", "cli", "maven-plugin", "jenkins-plugin")) {
            for (Path file : list(MODULE.resolveSibling(module).resolve("src/main/java"), ".java")) {
                Path path = MODULE.getParent().relativize(file);
                if (READERS.stream().noneMatch(path::startsWith)) {
                    read++;
                    Matcher matcher = comparison.matcher(Files.readString(file));
                    while (matcher.find()) {
                        found.add(path + ": " + matcher.group());
                    }
                }
            }
        }
        assertTrue("read " + read + " files", read > 500);
        assertEquals("code that depends on which format it is: make it a method of OutputFormat", Set.of(), found);
    }

    private static List<Path> list(Path directory, String end) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
