package io.imagewright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.error.SampleMessages;
import io.imagewright.error.SettingName;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** A front end that runs this program has its own names for what its users set. */
public class FrontEndNamesTest {

    /** Of a front end; what it does not name is named as in a description. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("source.media", "source"),
            Map.entry("manifest", "manifest"),
            Map.entry("formats", "formats"),
            Map.entry("engine", "engine"),
            Map.entry("sysprep.enable", "enable"),
            Map.entry("sysprep.params", "params"),
            Map.entry("properties", "properties"),
            Map.entry("shrink", "shrink"),
            Map.entry("size", "size"),
            Map.entry("source.format", "sourceFormat"),
            Map.entry("boot.port", "bootPort"),
            Map.entry("boot.text", "bootText"),
            Map.entry("verify.signedBy", "signedBy"),
            Map.entry("tmpdir", "the work directory"),
            Map.entry("build", "imageBuild"),
            Map.entry("inspect", "imageInspect"));

    private static String failure(List<String> arguments) {
        ObjectNode input = new JsonMapper().createObjectNode();
        arguments.forEach(input.putArray("arguments")::add);
        NAMES.forEach(input.putObject("names")::put);
        Run run = Run.of(input.toString(), Map.of(), "from-stdin");
        assertFalse(arguments.toString(), run.exitCode() == ExitCode.DONE);
        return run.err().strip();
    }

    private record Row(String command, String option, String value, String begin) {}

    private static Row build(String option, String value, String begin) {
        return new Row("build", option, value, begin);
    }

    private static Row verify(String option, String value, String begin) {
        return new Row("verify", option, value, begin);
    }

    /** A wrong value of each setting is reported by the front end's name of it. */
    @Test
    public void everySettingIsNamedAsTheFrontEndNamesIt() {
        for (Row row : List.of(
                build("--size", "big", "size: expected "),
                build("--format", "qcow3", "Unknown format 'qcow3'"),
                build("--engine", "fast", "engine: expected auto, direct or libguestfs"),
                build("--param", "A", "params: 'A' is not a value for it"),
                build("--property", "A B=1", "properties A B: "),
                build("--shrink-it", "x", ""),
                verify("--boot-port", "http", "bootPort: 'http' is not a value for it"),
                verify("--boot-port", "99999", "bootPort"),
                verify("--boot-text", "(", "Cannot wait for '(' (bootText)"),
                verify("--signed-by", "me", "Cannot use 'me' (signedBy)"))) {
            List<String> arguments = new ArrayList<>(List.of(
                    row.command(),
                    row.command().equals("verify") ? "web-1.image-manifest.json" : "disk.raw",
                    row.option() + "=" + row.value()));
            if (row.command().equals("verify")) {
                arguments.add("--boot");
            }
            String err = failure(arguments);
            assertTrue(row + ": " + err, err.startsWith("imagewright: " + row.begin()));
            boolean isOurMistake = row.option().equals("--shrink-it");
            assertTrue(
                    row + ": " + err,
                    isOurMistake || !err.replaceAll("`gpg [^`]*`", "").contains("--"));
            assertFalse(row + ": " + err, err.contains("image.") && !err.contains("image-manifest"));
            assertFalse(row + ": " + err, err.contains("Usage:") || err.contains("SOURCE") || err.contains("MANIFEST"));
        }
    }

    @Test
    public void operandsToo() {
        for (String[] row : new String[][] {
            {"build", "a.raw", "b.raw", "source: one disk, "},
            {"build", "/", "source: a running system "},
            {"verify", "disk.raw", "manifest: disk.raw is no manifest"},
            {"verify", "no.image-manifest.json", "Cannot read no.image-manifest.json: it does not exist. "}
        }) {
            List<String> arguments = List.of(row).subList(0, row.length - 1);
            assertTrue(
                    arguments + ": " + failure(arguments),
                    failure(arguments).startsWith("imagewright: " + row[row.length - 1]));
        }
        assertEquals("imagewright: source: a value is missing", failure(List.of("build")));
    }

    /** What would be ignored is refused. */
    @Test
    public void unknownKeysAreRefused() {
        for (Map.Entry<String, String> row : Map.of(
                        "--size", "key --size. Use size.",
                        "SOURCE", "key SOURCE. Use source.media.",
                        "sise",
                                "key sise. Use the path of a key of the description, such as source.media, a command (build, inspect)",
                        "source.sise", "key source.sise. Use the path ",
                        "size.x", "key size.x. Use the path ",
                        "", "key of other characters. Use the path ")
                .entrySet()) {
            ObjectNode input = new JsonMapper().createObjectNode();
            input.putArray("arguments").add("build").add("disk.raw");
            input.putObject("names").put(row.getKey(), "x");
            Run run = Run.of(input.toString(), Map.of(), "from-stdin");
            assertTrue(
                    run.err(),
                    run.err().startsWith("imagewright: from-stdin: names has the unknown " + row.getValue()));
        }
        for (String known : List.of("size", "sysprep.params.unattend", "formats.file", "gpg.homedir", "inspect")) {
            ObjectNode input = new JsonMapper().createObjectNode();
            input.putArray("arguments").add("build").add("--size=big").add("disk.raw");
            input.putObject("names").put(known, "x");
            Run run = Run.of(input.toString(), Map.of(), "from-stdin");
            assertFalse(run.err(), run.err().contains("unknown key"));
        }
    }

    @Test
    public void messagesOfTheCore() {
        FrontEndNames names = new FrontEndNames(NAMES);
        assertEquals(
                "Cannot work in /nowhere (the work directory): it does not exist. Name an existing directory.",
                SampleMessages.NO_WORK_DIRECTORY.in(names));
        assertTrue(SampleMessages.NOT_BUILT.in(names).endsWith("Build it first with imageBuild."));
        assertTrue(SampleMessages.UNSUPPORTED
                .in(names)
                .contains("or set allowUnsupported: true in an image description to take"));
        assertEquals("enable: off", names.setting(SettingName.SYSPREP_ENABLE.to("off")));
        assertEquals("params unattend", names.setting(SettingName.parameter("unattend")));
        assertEquals("shrink.minimumFree in an image description", names.setting(SettingName.MINIMUM_FREE));
        assertEquals("gpg.homedir", names.setting(SettingName.GPG_HOMEDIR));
        assertEquals("gpg.homedir", names.option("--gpg-homedir"));
        assertEquals("noSysprep", names.option("--no-sysprep"));
    }
}
