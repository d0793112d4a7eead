package io.imagewright.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.error.CommandName;
import io.imagewright.error.SampleMessages;
import io.imagewright.error.SettingName;
import io.imagewright.spec.DescriptionShortcuts;
import io.imagewright.spec.SchemaPaths;
import org.junit.Test;
import picocli.CommandLine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

/** What users of the command line read for the settings and commands of the core's messages. */
public class OptionNamesTest {

    private static final OptionNames NAMES = OptionNames.INSTANCE;

    private static Map<String, CommandLine> commands() {
        return Imagewright.commandLine(CommandEnvironment.ofProcess()).getSubcommands();
    }

    private static Set<String> options() {
        return commands().values().stream()
                .flatMap(command -> Stream.concat(
                        command.getCommandSpec().options().stream().flatMap(option -> Arrays.stream(option.names())),
                        command.getCommandSpec().positionalParameters().stream()
                                .map(CommandLine.Model.ArgSpec::paramLabel)))
                .collect(Collectors.toSet());
    }

    @Test
    public void eachOptionInTheTableIsOne() {
        Set<String> options = options();
        OptionNames.options().values().forEach(option -> assertTrue(option, options.contains(option)));
    }

    /** A new shortcut of the schema is an option, and a row of the table. */
    @Test
    public void everyShortcutOfTheSchema_isAnOption() {
        for (DescriptionShortcuts.Shortcut shortcut : DescriptionShortcuts.all()) {
            String path = String.join(".", shortcut.path());
            assertTrue(path, OptionNames.options().containsKey(path) || path.equals("sysprep"));
        }
        assertTrue(options().contains("--no-sysprep"));
    }

    /** A new setting of the schema has words by itself; a new one of the run is a row of a table. */
    @Test
    public void everySettingHasWords() {
        List<SettingName> settings = new ArrayList<>(SchemaPaths.all());
        settings.addAll(SettingName.OF_RUN);
        for (SettingName setting : settings) {
            assertNotEquals(setting.path(), NAMES.setting(setting));
        }
        for (CommandName command : CommandName.values()) {
            assertTrue(command.word(), commands().containsKey(command.word()));
        }
    }

    @Test
    public void words() {
        for (Map.Entry<SettingName, String> row : Map.ofEntries(
                        Map.entry(SettingName.TMPDIR, "--tmpdir"),
                        Map.entry(SettingName.FORCE.to("true"), "--force"),
                        Map.entry(SettingName.ENGINE.to("libguestfs"), "--engine=libguestfs"),
                        Map.entry(SettingName.SHRINK.to("false"), "--no-shrink"),
                        Map.entry(SettingName.SYSPREP_DISABLE.to("a,b"), "--disable=a,b"),
                        Map.entry(SettingName.parameter("unattend"), "--param unattend"),
                        Map.entry(SettingName.parameter("unattend").to("a.xml"), "--param unattend=a.xml"),
                        Map.entry(SettingName.MINIMUM_FREE, "shrink.minimumFree in the description"),
                        Map.entry(SettingName.FORMAT_CLASSIFIER, "formats.classifier in the description"),
                        Map.entry(SettingName.CUSTOMISE, "customise in the description"))
                .entrySet()) {
            assertEquals(row.getValue(), NAMES.setting(row.getKey()));
        }
        assertEquals("`imagewright build`", NAMES.command(CommandName.BUILD));
    }

    @Test
    public void messagesOfTheCore() {
        assertEquals(
                "Cannot work in /nowhere (--tmpdir): it does not exist. Name an existing directory.",
                SampleMessages.NO_WORK_DIRECTORY.in(NAMES));
        assertEquals(
                "Cannot find the finished image web 1: there is no /nowhere/web-1.image-manifest.json. Build it first with"
                        + " `imagewright build`.",
                SampleMessages.NOT_BUILT.in(NAMES));
        assertEquals(
                "Unknown Operating System: partition 1. Give a disk with one system on plain partitions, or set"
                        + " --allow-unsupported to take the medium as it is, without sysprep and shrink.",
                SampleMessages.UNSUPPORTED.in(NAMES));
    }
}
