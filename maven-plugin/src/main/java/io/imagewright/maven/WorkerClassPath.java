package io.imagewright.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.jspecify.annotations.Nullable;

/** Jars of the worker JVM: the plugin, the core and its libraries, and what the user put among the plugin's dependencies. */
final class WorkerClassPath {

    private WorkerClassPath() {}

    static List<Path> of(PluginDescriptor plugin) {
        Set<Path> jars = new LinkedHashSet<>();
        add(jars, plugin.getPluginArtifact());
        for (Artifact artifact : plugin.getArtifacts()) {
            add(jars, artifact);
        }
        return new ArrayList<>(jars);
    }

    private static void add(Set<Path> jars, @Nullable Artifact artifact) {
        if (artifact != null && artifact.getFile() != null) {
            jars.add(artifact.getFile().toPath().toAbsolutePath());
        }
    }
}
