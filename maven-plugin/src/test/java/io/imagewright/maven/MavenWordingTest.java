package io.imagewright.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.imagewright.error.CommandName;
import io.imagewright.error.SampleMessages;
import io.imagewright.error.SettingName;
import io.imagewright.spec.SchemaPaths;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

/** What Maven's users read for the settings and commands of the core's messages. */
public class MavenWordingTest {

    private static final MavenWording WORDING = MavenWording.INSTANCE;

    private static final Set<String> OPEN_ENDED = Set.of("image.param.", "image.property.", "image.label.");

    /** A new setting of the schema has words by itself; a new one of the run is a row of a table. */
    @Test
    public void everySettingHasWords_andEachPropertyIsOneOfAGoal() throws Exception {
        List<SettingName> settings = new ArrayList<>(SchemaPaths.all());
        settings.addAll(SettingName.OF_RUN);
        Set<String> properties = DescriptorTest.properties();
        for (SettingName setting : settings) {
            String words = WORDING.setting(setting);
            assertNotEquals(setting.path(), words);
            boolean isProperty = words.startsWith("image.");
            assertTrue(
                    words,
                    !isProperty
                            || properties.contains(words)
                            || OPEN_ENDED.stream().anyMatch(words::startsWith));
            boolean isElement = words.matches("(<\\w+>)+")
                    && words.endsWith("<" + setting.path().replaceFirst(".*\\.", "") + ">");
            assertTrue(words, isProperty || isElement || SettingName.OF_RUN.contains(setting));
            assertTrue(words, !isElement || !SettingName.OF_RUN.contains(setting));
        }
        for (CommandName command : CommandName.values()) {
            assertTrue(command.word(), DescriptorTest.goals().contains(command.word()));
        }
    }

    @Test
    public void words() {
        for (Map.Entry<SettingName, String> row : Map.ofEntries(
                        Map.entry(SettingName.TMPDIR, "image.tmpdir"),
                        Map.entry(SettingName.FORCE.to("true"), "-Dimage.force=true"),
                        Map.entry(SettingName.ENGINE.to("libguestfs"), "-Dimage.engine=libguestfs"),
                        Map.entry(SettingName.SHRINK.to("false"), "-Dimage.shrink=false"),
                        Map.entry(SettingName.SYSPREP_DISABLE.to("a,b"), "-Dimage.disable=a,b"),
                        Map.entry(SettingName.SOURCE_FORMAT, "image.sourceFormat"),
                        Map.entry(SettingName.parameter("unattend"), "image.param.unattend"),
                        Map.entry(SettingName.MINIMUM_FREE, "<shrink><minimumFree>"),
                        Map.entry(
                                SettingName.MINIMUM_FREE.to("1GiB"),
                                "<shrink><minimumFree>1GiB</minimumFree></shrink>"),
                        Map.entry(SettingName.FORMAT_FILE, "<formats><format><file>"),
                        Map.entry(
                                SettingName.formatOption("dockerTarget").to("a:b"),
                                "<formats><format><options><dockerTarget>a:b</dockerTarget></options></format></formats>"),
                        Map.entry(SettingName.CUSTOMISE, "<customise>"))
                .entrySet()) {
            assertEquals(row.getValue(), WORDING.setting(row.getKey()));
        }
        assertEquals("image:build", WORDING.command(CommandName.BUILD));
    }

    @Test
    public void messagesOfTheCore() {
        assertEquals(
                "Cannot work in /nowhere (image.tmpdir): it does not exist. Name an existing directory.",
                SampleMessages.NO_WORK_DIRECTORY.in(WORDING));
        assertEquals(
                "Cannot find the finished image web 1: there is no /nowhere/web-1.image-manifest.json. Build it first with"
                        + " image:build.",
                SampleMessages.NOT_BUILT.in(WORDING));
        assertEquals(
                "Unknown Operating System: partition 1. Give a disk with one system on plain partitions, or set"
                        + " -Dimage.allowUnsupported=true to take the medium as it is, without sysprep and shrink.",
                SampleMessages.UNSUPPORTED.in(WORDING));
    }
}
