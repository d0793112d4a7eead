package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class WorkerClassPathTest {

    private static Artifact jar(String name) {
        Artifact artifact =
                new DefaultArtifact("g", name, "1", "runtime", "jar", null, new DefaultArtifactHandler("jar"));
        artifact.setFile(new File("/repository/" + name + ".jar"));
        return artifact;
    }

    @Test
    public void holdsPluginCoreAndTheUsersJarsOnceEach() {
        PluginDescriptor plugin = new PluginDescriptor();
        Artifact own = jar("image-maven-plugin");
        plugin.setPluginArtifact(own);
        plugin.setArtifacts(List.of(own, jar("imagewright-core"), jar("users-operations")));
        assertEquals(
                List.of(
                        Path.of("/repository/image-maven-plugin.jar"),
                        Path.of("/repository/imagewright-core.jar"),
                        Path.of("/repository/users-operations.jar")),
                WorkerClassPath.of(plugin));
    }

    @Test
    public void leavesOutWhatHasNoFile() {
        PluginDescriptor plugin = new PluginDescriptor();
        Artifact unresolved = jar("x");
        unresolved.setFile(null);
        plugin.setArtifacts(List.of(unresolved));
        assertEquals(List.of(), WorkerClassPath.of(plugin));
    }
}
