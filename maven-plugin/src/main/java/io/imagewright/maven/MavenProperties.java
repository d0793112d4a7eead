package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.spec.DescriptionProperties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;

/**
 * What description files refer to, with Maven's own meaning: Maven's evaluator of plugin parameters looks it up. {@code -D} goes over the
 * properties of the POM; {@code ${project.*}}, {@code ${settings.*}}, {@code ${env.*}} and system properties are there, too.
 */
final class MavenProperties implements DescriptionProperties {

    private static final List<String> PROJECT = List.of(
            "project.artifactId",
            "project.basedir",
            "project.build.directory",
            "project.build.finalName",
            "project.description",
            "project.groupId",
            "project.name",
            "project.url",
            "project.version");

    private final MavenSession session;
    private final MojoExecution execution;

    MavenProperties(MavenSession session, MojoExecution execution) {
        this.session = session;
        this.execution = execution;
    }

    @Override
    public Optional<String> value(String name) {
        Object value;
        try {
            value = new PluginParameterExpressionEvaluator(session, execution).evaluate("${" + name + "}");
        } catch (ExpressionEvaluationException failure) {
            throw bad(name, String.valueOf(failure.getMessage()));
        } catch (StackOverflowError endless) {
            throw bad(name, "its value refers to itself");
        }
        if (value == null || ("${" + name + "}").equals(value)) {
            return Optional.empty();
        }
        boolean text = value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof File
                || value instanceof Path;
        if (!text) {
            throw bad(name, "it is no text in Maven");
        }
        return Optional.of(value.toString());
    }

    @Override
    public Collection<String> names() {
        Collection<String> names = new TreeSet<>(PROJECT);
        names.addAll(session.getUserProperties().stringPropertyNames());
        names.addAll(session.getSystemProperties().stringPropertyNames());
        names.addAll(session.getCurrentProject().getProperties().stringPropertyNames());
        return names;
    }

    @Override
    public String possible() {
        return "Define it below <properties> of the POM or with -D; ${project.*} and ${env.NAME} are known, too.";
    }

    private static ImageException bad(String name, String reason) {
        return ImageException.of(
                Kind.DESCRIPTION, "Cannot use the property ${" + name + "}", reason, "Use another one.");
    }
}
