package io.imagewright.maven;

import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.imagewright.format.OutputFormat;
import io.imagewright.format.OutputFormats;
import org.apache.maven.artifact.handler.ArtifactHandler;
import org.apache.maven.lifecycle.mapping.LifecycleMapping;
import org.apache.maven.plugin.testing.MojoRule;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.PlexusContainer;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.Rule;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;

/** What projects get that declare the plugin with {@code <extensions>true</extensions>}. */
public class PackagingTest {

    @Rule
    public final MojoRule rule = new MojoRule();

    private <T> T lookup(Class<T> role, String hint) throws Exception {
        return rule.lookup(PlexusContainer.class).lookup(role, hint);
    }

    private static Xpp3Dom resource(String name) throws Exception {
        try (InputStream in = PackagingTest.class.getResourceAsStream(name)) {
            return Xpp3DomBuilder.build(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
    }

    @Test
    public void handlersAreThoseOfTheTableOfFormats_offTheClassPath() throws Exception {
        for (OutputFormat format : OutputFormats.all()) {
            ArtifactHandler handler = lookup(ArtifactHandler.class, format.artifactType());
            assertEquals(format.extension(), handler.getExtension());
            assertEquals("none", handler.getLanguage());
            assertFalse(format.word(), handler.isAddedToClasspath());
            assertNull("classifiers are the user's", handler.getClassifier());
        }
        Set<String> expected = new TreeSet<>(Set.of("disk-image"));
        OutputFormats.all().stream().map(OutputFormat::artifactType).forEach(expected::add);
        Set<String> declared = new TreeSet<>();
        for (Xpp3Dom component : resource("/META-INF/plexus/components.xml")
                .getChild("components")
                .getChildren()) {
            if (component.getChild("role").getValue().equals(ArtifactHandler.class.getName())) {
                declared.add(component.getChild("role-hint").getValue());
            }
        }
        assertEquals(expected, declared);
    }

    @Test
    public void typeOfThePackagingIsThatOfTheDefaultFormat() throws Exception {
        ArtifactHandler handler = lookup(ArtifactHandler.class, MainArtifact.PACKAGING);
        assertEquals(OutputFormats.of("qcow2").extension(), handler.getExtension());
        assertFalse(handler.isAddedToClasspath());
    }

    @Test
    public void packagingBuildsInstallsAndDeploysWithVersionsThatAreKnown() throws Exception {
        LifecycleMapping mapping = lookup(LifecycleMapping.class, MainArtifact.PACKAGING);
        List<String> goals = new ArrayList<>();
        mapping.getLifecycles()
                .get("default")
                .getLifecyclePhases()
                .forEach((phase, goal) -> goals.add(phase + "=" + goal));
        assertEquals(
                List.of(
                        "package=io.imagewright:image-maven-plugin:build",
                        "install=org.apache.maven.plugins:maven-install-plugin:3.1.4:install",
                        "deploy=org.apache.maven.plugins:maven-deploy-plugin:3.1.4:deploy"),
                goals);
    }

    @Test
    public void eclipseIsConfiguredToIgnoreEveryGoal() throws Exception {
        Xpp3Dom execution = resource("/META-INF/m2e/lifecycle-mapping-metadata.xml")
                .getChild("pluginExecutions")
                .getChild("pluginExecution");
        assertEquals("ignore", execution.getChild("action").getChild(0).getName());
        Set<String> ignored = new TreeSet<>(Set.of("help")); // which nobody binds
        for (Xpp3Dom goal :
                execution.getChild("pluginExecutionFilter").getChild("goals").getChildren()) {
            ignored.add(goal.getValue());
        }
        Set<String> goals = new TreeSet<>();
        for (Xpp3Dom mojo :
                resource("/META-INF/maven/plugin.xml").getChild("mojos").getChildren()) {
            goals.add(mojo.getChild("goal").getValue());
        }
        assertEquals(goals, ignored);
    }

    @Test
    public void ofSeveralImagesTheFirstOneHasNoClassifier() throws Exception {
        MavenProject project = rule.readMavenProject(new File("src/test/resources/projects/configured"));
        assertFalse(MainArtifact.isImage(project));
        project.setPackaging(MainArtifact.PACKAGING);
        BuildMojo mojo =
                (BuildMojo) rule.lookupConfiguredMojo(rule.newMavenSession(project), rule.newMojoExecution("build"));
        assertEquals("", mojo.requests().get("db").defaultClassifier());
        assertEquals("web", mojo.requests().get("web").defaultClassifier());
    }
}
