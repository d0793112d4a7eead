package io.imagewright.maven;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** What Maven and the manual read of the plugin. */
public class DescriptorTest {

    /** The one goal made by the plugin tools. */
    private static final String HELP = "help";

    private static final Map<String, String> OF_A_GOAL = Map.of(
            "diff.oldImage", "image.diff.old", "diff.newImage", "image.diff.new", "diff.format", "image.diff.format");

    private static Xpp3Dom descriptor() throws Exception {
        try (InputStream in = DescriptorTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            return Xpp3DomBuilder.build(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
    }

    private static String text(Xpp3Dom element, String child) {
        Xpp3Dom found = element.getChild(child);
        return found == null || found.getValue() == null ? "" : found.getValue();
    }

    /** The properties of all goals. */
    static Set<String> properties() throws Exception {
        Set<String> properties = new TreeSet<>();
        for (Xpp3Dom mojo : descriptor().getChild("mojos").getChildren()) {
            Xpp3Dom configuration = mojo.getChild("configuration");
            for (Xpp3Dom parameter : configuration == null ? new Xpp3Dom[0] : configuration.getChildren()) {
                String expression = String.valueOf(parameter.getValue());
                if (expression.startsWith("${image.")) {
                    properties.add(expression.substring(2, expression.length() - 1));
                }
            }
        }
        return properties;
    }

    static List<String> goals() throws Exception {
        return java.util.Arrays.stream(descriptor().getChild("mojos").getChildren())
                .map(mojo -> text(mojo, "goal"))
                .sorted()
                .toList();
    }

    @Test
    public void goalsAreThreadSafeAndNeedNoProject() throws Exception {
        assertEquals("image", text(descriptor(), "goalPrefix"));
        for (Xpp3Dom mojo : descriptor().getChild("mojos").getChildren()) {
            assertEquals(text(mojo, "goal"), "true", text(mojo, "threadSafe"));
            assertEquals(text(mojo, "goal"), "false", text(mojo, "requiresProject"));
        }
    }

    @Test
    public void everyParameterIsDescribedDatedAndAProperty() throws Exception {
        int seen = 0;
        for (Xpp3Dom mojo : descriptor().getChild("mojos").getChildren()) {
            if (text(mojo, "goal").equals(HELP)) {
                continue;
            }
            for (Xpp3Dom parameter : mojo.getChild("parameters").getChildren()) {
                if (text(parameter, "editable").equals("false")) {
                    continue;
                }
                String name = text(parameter, "name");
                assertFalse(name, text(parameter, "description").isBlank());
                assertEquals(name, "0.1.0", text(parameter, "since"));
                Xpp3Dom configured = mojo.getChild("configuration").getChild(name);
                if (!name.equals("images")) {
                    assertEquals("${" + property(text(mojo, "goal"), name) + "}", configured.getValue());
                }
                seen++;
            }
        }
        assertTrue(seen > 40);
    }

    /** What of a goal alone would be a Java keyword, or means something else to other goals, has a property of that goal. */
    private static String property(String goal, String name) {
        return OF_A_GOAL.getOrDefault(goal + "." + name, "image." + name);
    }

    @Test
    public void allGoalsAreThere() throws Exception {
        assertEquals(
                List.of(
                        "build",
                        "checksum",
                        "convert",
                        "diff",
                        "doctor",
                        "effective",
                        "fetch",
                        "help",
                        "inspect",
                        "plan",
                        "publish",
                        "report",
                        "verify"),
                goals());
    }
}
