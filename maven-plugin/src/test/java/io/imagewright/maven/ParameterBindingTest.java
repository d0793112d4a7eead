package io.imagewright.maven;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.error.ImageException;
import io.imagewright.spec.DescriptionReader;
import io.imagewright.spec.DescriptionShortcuts;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Disk;
import io.imagewright.spec.ImageDescription.EngineChoice;
import io.imagewright.spec.ImageDescription.Format;
import io.imagewright.spec.ImageDescription.Source;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.plugin.testing.MojoRule;
import org.apache.maven.project.MavenProject;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** The goals as Maven makes and configures them, up to the requests for the core. */
public class ParameterBindingTest {

    @Rule
    public final MojoRule rule = new MojoRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final StringBuilder log = new StringBuilder();

    private BuildMojo mojo(String project, String... properties) throws Exception {
        File basedir = new File("src/test/resources/projects/" + project).getAbsoluteFile();
        MavenProject model = rule.readMavenProject(basedir);
        MavenSession session = rule.newMavenSession(model);
        for (int i = 0; i < properties.length; i += 2) {
            session.getUserProperties().setProperty(properties[i], properties[i + 1]);
        }
        BuildMojo mojo = (BuildMojo) rule.lookupConfiguredMojo(session, rule.newMojoExecution("build"));
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                log.append(line).append('\n');
            }

            @Override
            public void warn(CharSequence line) {
                log.append("warning: ").append(line).append('\n');
            }
        });
        return mojo;
    }

    private Map<String, ImageBuildRequest> requests(String project, String... properties) throws Exception {
        return mojo(project, properties).requests();
    }

    @Test
    public void skipPrintsThatItSkips() throws Exception {
        mojo("skipped").execute();
        assertEquals("Skipping, as image.skip is set\n", log.toString());
    }

    @Test
    public void pomWinsOverFileAndReachesTheRequest() throws Exception {
        ImageBuildRequest web = requests("configured").get("web");
        assertEquals(
                new Source(
                        "base/web.qcow2", "qcow2", List.of(new Disk("data.raw", null), new Disk("more.vmdk", "vmdk"))),
                web.description().source());
        assertEquals(EngineChoice.DIRECT, web.description().engine());
        assertEquals(List.of("cleanup-mail"), web.description().sysprep().enable());
        assertEquals(
                Map.of("bootmenu_timeout", "3"), web.description().sysprep().params());
        assertEquals(
                List.of(new Format("qcow2", Map.of(), null, null), new Format("diskdump", Map.of(), "raw", null)),
                web.description().formats());
        assertEquals("1.0", web.version());
        assertTrue(web.baseDirectory().endsWith("projects/configured"));
        assertTrue(web.outputDirectory().isAbsolute());
        assertNull(web.workDirectory());
        assertFalse(web.worker().inProcess());
    }

    /** A new one is a parameter of the goals, by its word, and a line of {@code pomParameters}. */
    @Test
    public void everyShortcutOfTheSchema_isAParameter() throws Exception {
        String descriptor = Files.readString(Path.of("target/classes/META-INF/maven/plugin.xml"));
        for (DescriptionShortcuts.Shortcut shortcut : DescriptionShortcuts.all()) {
            String word = shortcut.word();
            assertTrue(word, descriptor.contains("<name>" + word + "</name>"));
            assertTrue(word, descriptor.contains("${image." + word + "}"));
            if (!word.equals("name")) { // which is of an image that has none
                BuildMojo mojo = mojo("configured");
                rule.setVariableValueToObject(mojo, word, "x");
                assertEquals(word, "x", mojo.pomParameters(Map.of()).get(word));
            }
        }
    }

    @Test
    public void severalImagesGetTheirNamesAsClassifier_evenWhenFiltered() throws Exception {
        Map<String, ImageBuildRequest> requests = requests("configured", "image.filter", "db");
        assertEquals(List.of("db"), List.copyOf(requests.keySet()));
        assertEquals("db", requests.get("db").defaultClassifier());
        assertEquals("Skipping image web, as image.filter does not name it\n", log.toString());
    }

    @Test
    public void propertyWinsOverPom() throws Exception {
        Map<String, ImageBuildRequest> requests = requests(
                "configured",
                "image.engine",
                "auto",
                "image.disks",
                "x.raw, y.raw",
                "image.formats",
                "raw",
                "image.enable",
                "cleanup-log",
                "image.param.bootmenu_timeout",
                "7",
                "image.worker",
                "inprocess",
                "image.tmpdir",
                "/tmp");
        for (ImageBuildRequest request : requests.values()) {
            assertEquals(EngineChoice.AUTO, request.description().engine());
            assertEquals(
                    List.of(new Disk("x.raw", null), new Disk("y.raw", null)),
                    request.description().source().disks());
            assertEquals("raw", request.description().formats().get(0).type());
            assertEquals("7", request.description().sysprep().params().get("bootmenu_timeout"));
            assertTrue(request.worker().inProcess());
            assertEquals(new File("/tmp").toPath(), request.workDirectory());
        }
        assertEquals(
                List.of("cleanup-mail", "cleanup-log"),
                requests.get("web").description().sysprep().enable());
    }

    @Test
    public void propertyThatIsAlmostKnownIsRefused_andTheUsersOwnIsMentioned() throws Exception {
        BuildMojo mojo = mojo("configured", "image.shirnk", "false");
        MojoFailureException e = assertThrows(MojoFailureException.class, mojo::execute);
        assertEquals("-Dimage.shirnk: unknown property. Did you mean -Dimage.shrink?", e.getMessage());
        assertNull("a trace would be printed", e.getCause());
        requests("configured", "image.somethingOfMyOwn", "x");
        assertEquals("warning: -Dimage.somethingOfMyOwn has no effect on image-maven-plugin\n", log.toString());
    }

    @Test
    public void descriptionsReferToPropertiesWithMavensMeaning() throws Exception {
        ImageDescription image =
                requests("references", "disk.size", "20GiB").get("web").description();
        assertEquals("base/references.qcow2", image.source().media());
        assertEquals("-D wins over the POM", Long.valueOf(20L << 30), image.size());
        assertEquals("1.0", image.properties().get("VERSION"));
        assertEquals("of test", image.properties().get("NESTED"));
        assertTrue(new File(image.properties().get("BUILT_IN")).isAbsolute());
        assertEquals("a ${project.version}", image.properties().get("LITERAL"));
    }

    @Test
    public void aReferenceThatHasNoTextIsRefused() throws Exception {
        Map<String, String> mistakes = Map.of(
                "${disk.sise}",
                        "src/main/image/web.yaml line 2: size: unknown property ${disk.sise}. Did you mean disk.size? Define it below"
                                + " <properties> of the POM",
                "${project.versoin}", "size: unknown property ${project.versoin}. Did you mean project.version?",
                "${project.build}", "Cannot use the property ${project.build}: it is no text in Maven",
                "${endless}", "Cannot use the property ${endless}: its value refers to itself");
        Path file = Path.of("src/test/resources/projects/references/src/main/image/web.yaml");
        for (Map.Entry<String, String> row : mistakes.entrySet()) {
            MavenSession session = rule.newMavenSession(
                    rule.readMavenProject(new File("src/test/resources/projects/references").getAbsoluteFile()));
            session.getUserProperties().setProperty("endless", "${endless}");
            Path changed = folder.newFolder().toPath().resolve("web.yaml");
            Files.writeString(changed, Files.readString(file).replace("${disk.size}", row.getKey()));
            MavenProperties properties = new MavenProperties(session, rule.newMojoExecution("build"));
            ImageException e = assertThrows(
                    ImageException.class, () -> DescriptionReader.read(changed, "src/main/image/web.yaml", properties));
            assertTrue(e.getMessage(), String.valueOf(e.getMessage()).contains(row.getValue()));
        }
    }

    @Test
    public void filterThatNamesNoImageIsRefused() throws Exception {
        BuildMojo mojo = mojo("configured", "image.filter", "webb");
        ImageException e = assertThrows(ImageException.class, mojo::requests);
        assertEquals("image.filter: there is no image 'webb'. Did you mean web? Images here: db, web.", e.getMessage());
    }
}
