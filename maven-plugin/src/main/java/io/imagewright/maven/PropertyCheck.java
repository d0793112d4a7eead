package io.imagewright.maven;

import java.util.Set;
import java.util.TreeSet;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Suggestion;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.Log;

/**
 * Catches misspelt {@code -Dimage.*} properties, which Maven itself ignores without a word. The known ones come from the plugin's
 * own descriptor, of all goals, as one command line may call several.
 */
final class PropertyCheck {

    private PropertyCheck() {}

    /**
     * @throws ImageException DESCRIPTION when a property is unknown but close to a known one; one that resembles none may be
     *     the user's own and is only mentioned
     */
    static void check(Set<String> properties, PluginDescriptor plugin, Log log) {
        Set<String> known = known(plugin);
        for (String property : new TreeSet<>(properties)) {
            if (!property.startsWith(PropertyOverrides.PREFIX)
                    || property.startsWith(PropertyOverrides.PARAM_PREFIX)
                    || known.contains(property)) {
                continue;
            }
            String near = Suggestion.nearest(property, known).orElse("");
            if (!near.isEmpty()) {
                throw ImageException.of(
                        Kind.DESCRIPTION, "-D" + property, "unknown property", "Did you mean -D" + near + "?");
            }
            log.warn("-D" + property + " has no effect on " + plugin.getArtifactId());
        }
    }

    private static Set<String> known(PluginDescriptor plugin) {
        Set<String> known = new TreeSet<>();
        for (MojoDescriptor mojo : plugin.getMojos()) {
            known.add(PropertyOverrides.PREFIX + mojo.getGoal() + ".skip");
            for (Parameter parameter : mojo.getParameters()) {
                String expression = parameter.getExpression();
                if (expression != null && expression.startsWith("${" + PropertyOverrides.PREFIX)) {
                    known.add(expression.substring(2, expression.length() - 1));
                }
            }
        }
        return known;
    }
}
