package io.imagewright.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class ImageOptionsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path disk = Path.of("unset");
    private Path description = Path.of("unset");

    @Before
    public void describe() throws IOException {
        disk = folder.newFile("debian-12.qcow2").toPath();
        description = folder.getRoot().toPath().resolve("web.yaml");
        Files.writeString(description, """
                source: { media: base.qcow2 }
                sysprep: { enable: [cleanup-mail], params: { bootmenu_timeout: 3 } }
                properties: { DESCRIPTION: from the file, OWNER: ops }
                formats: [qcow2, raw]
                """);
    }

    private JsonNode effective(String... options) throws IOException {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "effective";
        arguments[1] = "--output";
        arguments[2] = "json";
        System.arraycopy(options, 0, arguments, 3, options.length);
        Run run = Run.of(arguments);
        assertEquals(run.err(), 0, run.exitCode());
        return new JsonMapper().readTree(run.out());
    }

    @Test
    public void aDiskIsDescriptionEnough() throws IOException {
        JsonNode image = effective(disk.toString());
        assertEquals("debian-12", image.at("/name").asText());
        assertEquals(disk.toString(), image.at("/source/media").asText());
        assertEquals("qcow2", image.at("/formats/0/type").asText());
    }

    @Test
    public void optionsGoOverTheFile() throws IOException {
        JsonNode image = effective(
                description.toString(),
                "--name=shop",
                "--property=DESCRIPTION=build 7, at last",
                "--param",
                "bootmenu_timeout=9",
                "--format=tar.zst,oci",
                "--checksum=md5,sha512",
                "--no-shrink",
                "--no-sbom",
                "--size",
                "10GiB",
                "--source-format=qcow2");
        assertEquals("shop", image.at("/name").asText());
        assertEquals("build 7, at last", image.at("/properties/DESCRIPTION").asText());
        assertEquals("ops", image.at("/properties/OWNER").asText());
        assertEquals("9", image.at("/sysprep/params/bootmenu_timeout").asText());
        assertEquals("oci", image.at("/formats/1/type").asText());
        assertEquals("sha512", image.at("/checksums/1").asText());
        assertFalse(image.at("/shrink").asBoolean(true));
        assertFalse(image.at("/sbom").asBoolean(true));
        assertEquals("cleanup-mail", image.at("/sysprep/enable/0").asText());
        assertEquals("qcow2", image.at("/source/format").asText());
    }

    @Test
    public void descriptionsReferToPropertiesOfTheCommandLine() throws IOException {
        Files.writeString(description, """
                source: { media: '${base}/${env.RELEASE}.qcow2' }
                properties: { VERSION: '${project.version}', LITERAL: '$${base}' }
                """);
        Run run = Run.of(
                "",
                Map.of("RELEASE", "bookworm"),
                "effective",
                "--output=json",
                "-Dproject.version=3",
                "--define",
                "base=disks",
                description.toString());
        assertEquals(run.err(), 0, run.exitCode());
        JsonNode image = new JsonMapper().readTree(run.out());
        assertEquals("disks/bookworm.qcow2", image.at("/source/media").asText());
        assertEquals("3", image.at("/properties/VERSION").asText());
        assertEquals("$${base}", image.at("/properties/LITERAL").asText());
        Run unknown = Run.of("", Map.of("RELEASE", "x"), "effective", description.toString(), "-D", "base=disks");
        assertEquals(2, unknown.exitCode());
        assertTrue(
                unknown.err(),
                unknown.err()
                        .contains(
                                "web.yaml line 2: properties.VERSION: unknown property ${project.version}. Define it with"
                                        + " --define NAME=VALUE, or use ${env.NAME} for a variable of the environment; ${project.*} needs"
                                        + " Maven, unless it is defined. Write $${ for a literal ${"));
    }

    @Test
    public void wordsAreReadInAnyLetterCase() throws IOException {
        JsonNode image = effective(
                disk.toString(), "--format=QCOW2,Raw", "--engine=AUTO", "--checksum=SHA256", "--source-format=Qcow2");
        assertEquals("qcow2", image.at("/formats/0/type").asText());
        assertEquals("raw", image.at("/formats/1/type").asText());
        assertEquals("auto", image.at("/engine").asText());
        assertEquals("sha256", image.at("/checksums/0").asText());
        assertEquals("qcow2", image.at("/source/format").asText());
    }

    @Test
    public void enableGoesOverDisable_asInSnfMkimage() throws IOException {
        JsonNode image = effective(
                disk.toString(), "--enable-sysprep=cleanup-mail", "--disable-sysprep", "cleanup-mail,cleanup-log");
        assertEquals("[\"cleanup-mail\"]", image.at("/sysprep/enable").toString());
        assertEquals("[\"cleanup-log\"]", image.at("/sysprep/disable").toString());
    }

    @Test
    public void optionsOfSnfMkimage() throws IOException {
        JsonNode image = effective(
                disk.toString(),
                "-o",
                folder.getRoot().toPath().resolve("web.img").toString(),
                "-m",
                "os=debian",
                "--sysprep-param=bootmenu_timeout=4",
                "--install-virtio=/srv/virtio",
                "--host-run=/srv/one.sh",
                "--host-run=/srv/two.sh",
                "--no-snapshot",
                "--allow-unsupported",
                "--tmpdir=" + folder.getRoot());
        assertEquals("diskdump", image.at("/formats/0/type").asText());
        assertEquals("web.img", image.at("/formats/0/file").asText());
        assertEquals("md5", image.at("/checksums/0").asText());
        assertEquals("debian", image.at("/properties/OS").asText());
        assertEquals(
                "/srv/one.sh,/srv/two.sh", image.at("/sysprep/params/script").asText());
        assertEquals("script", image.at("/sysprep/enable/0").asText());
        assertEquals("/srv/virtio", image.at("/sysprep/params/virtio").asText());
        assertTrue(image.at("/allowUnsupported").asBoolean());
    }

    @Test
    public void noSysprep_disablesAllButWhatIsEnabled() throws IOException {
        JsonNode image = effective(disk.toString(), "--no-sysprep", "--enable", "cleanup-mail");
        assertFalse(image.at("/sysprep/defaults").asBoolean(true));
        assertEquals("[\"cleanup-mail\"]", image.at("/sysprep/enable").toString());
        assertFalse(image.at("/shrink").asBoolean(true));
    }

    @Test
    public void mistakesAreReportedInTheWordsOfTheOptions() {
        Run size = Run.of("effective", disk.toString(), "--size", "big");
        assertEquals(2, size.exitCode());
        assertTrue(size.err(), size.err().startsWith("imagewright: --size"));
        Run two = Run.of("effective", disk.toString(), description.toString());
        assertEquals(2, two.exitCode());
        assertTrue(two.err(), two.err().contains("Name further disks of one guest with --disk."));
        Run unknown = Run.of("effective", disk.toString(), "--sice=1");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err(), unknown.err().contains("--size"));
        Run missing = Run.of("effective", "nowhere.yaml");
        assertEquals(2, missing.exitCode());
        assertTrue(missing.err(), missing.err().contains("Cannot read the description nowhere.yaml: no such file"));
    }

    @Test
    public void uploadsAreRefused_andNoSecretIsPrinted() {
        Run run = Run.of("build", disk.toString(), "-u", "web", "-a", "https://example.org", "-t", "s3cret");
        assertEquals(2, run.exitCode());
        assertTrue(run.err(), run.err().contains("--authentication-url, --token, -u: images are not uploaded"));
        assertFalse(run.err().contains("s3cret"));
    }

    @Test
    public void standardInputThatIsNotWhatItMustBe_isNotQuoted() {
        Map<String, String> bad = Map.of(
                "s3cret",
                "it is no JSON object",
                "[\"s3cret\"]",
                "it is no JSON object",
                "\0\0\0s3cret",
                "it is no JSON object",
                "{\"luksKeys\": \"s3cret\"}",
                "luksKeys is no ARRAY",
                "{\"luksKeys\": [{\"s3cret\": 1}]}",
                "luksKeys holds something that is no text",
                "{\"gpgPasphrase\": \"s3cret\"}",
                "it has an unknown key");
        bad.forEach((input, reason) -> {
            Run run = Run.of(input, Map.of(), "build", disk.toString(), "--secrets-stdin");
            assertEquals(2, run.exitCode());
            assertTrue(run.err(), run.err().contains("--secrets-stdin: standard input cannot be taken: " + reason));
            assertFalse(run.err().contains("s3cret"));
        });
        Run long1 = Run.of(
                "{\"gpgPassphrase\":\"" + "x".repeat(1 << 20) + "\"}",
                Map.of(),
                "build",
                disk.toString(),
                "--secrets-stdin");
        assertTrue(long1.err(), long1.err().contains("it is longer than 1 MiB"));
    }

    /** An argument may be anybody's. */
    @Test
    public void anAtSignIsNoFile() throws IOException {
        Files.writeString(folder.getRoot().toPath().resolve("args"), "from-a-file");
        Run run = Run.of(
                "effective",
                disk.toString(),
                "--name",
                "@" + folder.getRoot().toPath().resolve("args"));
        assertEquals(2, run.exitCode());
        assertFalse(run.out().contains("from-a-file"));
    }

    @Test
    public void anOutfileThatIsNoFile_orADirectoryBeside_isRefused() {
        Run device = Run.of("effective", disk.toString(), "-o", "/dev/null");
        assertEquals(2, device.exitCode());
        assertTrue(device.err(), device.err().contains("--outfile: /dev/null is no regular file"));
        assertEquals(
                2,
                Run.of("effective", disk.toString(), "-o", "a.img", "-d", "elsewhere")
                        .exitCode());
    }

    @Test
    public void namesWithCommasAreNames() throws IOException {
        JsonNode image = effective(disk.toString(), "--disk", "a,b.raw", "--disk=c.raw");
        assertEquals("a,b.raw", image.at("/source/disks/0/media").asText());
        assertEquals("c.raw", image.at("/source/disks/1/media").asText());
        assertEquals(
                2, Run.of("effective", disk.toString(), "--host-run", "a,b.sh").exitCode());
    }

    @Test
    public void aMissingJarOfOperations_isReportedBeforeAnyWork() {
        Run run = Run.of("build", disk.toString(), "--operations", "/nowhere.jar");
        assertEquals(2, run.exitCode());
        assertTrue(run.err(), run.err().contains("--operations: there is no /nowhere.jar"));
    }

    @Test
    public void aVersionThatIsNoName_isReportedBeforeAnyWork() {
        Run run = Run.of("plan", disk.toString(), "-o", "x.img", "--image-version", "a/b");
        assertEquals(2, run.exitCode());
        assertTrue(run.err(), run.err().contains("Bad file name 'x-a/b' of the manifest"));
    }

    @Test
    public void timeIsReadAsInReproducibleBuilds() {
        Run run = Run.of("build", disk.toString(), "--timestamp", "yesterday");
        assertEquals(2, run.exitCode());
        assertTrue(run.err(), run.err().contains("--timestamp: expected a time such as"));
    }
}
