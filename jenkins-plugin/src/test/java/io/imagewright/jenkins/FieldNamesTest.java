package io.imagewright.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.cli.OptionNames;
import io.imagewright.error.CommandName;
import io.imagewright.error.SettingName;
import io.imagewright.spec.DescriptionShortcuts;
import io.imagewright.spec.SchemaPaths;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class FieldNamesTest {

    /** What a user cannot set by a field, and the option of messages for programs. */
    private static final Set<String> NOT_FIELDS = Set.of("--tmpdir", "--progress");

    private static final Pattern OPTION = Pattern.compile("\\.(?:option|flag|each|all)\\(\"(--[a-z-]+)\"");

    private static Set<String> optionsOfTheSteps() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .map(FieldNamesTest::read)
                    .flatMap(text -> OPTION.matcher(text).results())
                    .map((MatchResult found) -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> fields() {
        Set<String> fields = new TreeSet<>();
        for (Class<?> step : DataBindingTest.STEPS) {
            fields.addAll(DataBindingTest.setters(step).keySet());
            Stream.of(DataBindingTest.constructor(step).getParameters()).forEach(each -> fields.add(each.getName()));
        }
        return fields;
    }

    /** A new option of a step is a row of the table. */
    @Test
    public void everyOptionThatAStepPassesIsNamedAsItsField() throws IOException {
        Set<String> options = optionsOfTheSteps();
        assertTrue(options.toString(), options.size() > 18);
        Set<String> fields = fields();
        for (String option : options) {
            if (!NOT_FIELDS.contains(option)) {
                // what is on by default has an option that switches it off
                String name = OptionNames.setting(option.replaceFirst("^--no-", "--"))
                        .map(setting -> String.valueOf(FieldNames.ALL.get(setting.path())))
                        .orElseGet(() -> option.substring("--".length()));
                assertTrue(option + " is called " + name, fields.contains(name));
            }
        }
    }

    /** What every front end takes beside description files; operations as a whole are switched off in a description. */
    @Test
    public void everyShortcutOfTheSchemaIsAField() {
        Set<String> fields = fields();
        for (DescriptionShortcuts.Shortcut shortcut : DescriptionShortcuts.all()) {
            if (!shortcut.word().equals("sysprep")) {
                assertTrue(shortcut.word(), fields.contains(shortcut.word()));
                assertEquals(shortcut.word(), FieldNames.ALL.get(String.join(".", shortcut.path())));
            }
        }
    }

    @Test
    public void noNameIsAnOption() {
        FieldNames.ALL.values().forEach(name -> assertFalse(name, name.contains("--") || name.contains("image.")));
    }

    /** Keys of the description that no field stands for are named as such; a new setting of the run is a row of the table. */
    @Test
    public void everySettingOfARunHasWords() {
        for (SettingName setting : SettingName.OF_RUN) {
            assertTrue(setting.path(), FieldNames.ALL.containsKey(setting.path()));
        }
        for (CommandName command : CommandName.values()) {
            assertTrue(command.word(), FieldNames.ALL.containsKey(command.word()));
        }
        Set<String> known = Stream.concat(
                        Stream.concat(SchemaPaths.all().stream(), SettingName.OF_RUN.stream())
                                .map(SettingName::path),
                        Stream.of(CommandName.values()).map(CommandName::word))
                .collect(Collectors.toSet());
        FieldNames.ALL.keySet().forEach(name -> assertTrue(name, known.contains(name)));
    }

    @Test
    public void theOperandIsNamedAsTheFieldThatHasIt() {
        Map<String, String> names = new Arguments("build")
                .operand(SettingName.SOURCE_MEDIA, "file", "image.yaml")
                .names();
        assertEquals("file", names.get("source.media"));
        assertEquals("size", names.get("size"));
    }
}
