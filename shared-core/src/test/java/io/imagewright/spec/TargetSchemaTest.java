package io.imagewright.spec;

import java.util.List;
import java.util.Map;

import io.imagewright.spec.ImageDescription.PublishTarget;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.ErrorCollector;

import static io.imagewright.spec.Descriptions.mistakeIn;
import static io.imagewright.spec.Descriptions.yaml;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

/** Targets of {@code publish}; a mistake is a row. */
public class TargetSchemaTest {

    @Rule
    public final ErrorCollector failures = new ErrorCollector();

    private record Mistake(String targets, String place, String reason, String next) {}

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake("{ id: a, type: directory }", "publish[0]", "needs path", "Add path"),
            new Mistake("{ type: directory, path: /srv }", "publish[0]", "id", ""),
            new Mistake("{ id: a, path: /srv }", "publish[0]", "type", ""),
            new Mistake("{ id: a, type: directoy, path: /srv }", "publish[0].type", "directoy", "directory"),
            new Mistake("{ id: a, type: directory, pth: /srv }", "publish[0].pth", "unknown", "path"),
            new Mistake("{ id: a, type: directory, path: /srv, keep: 0 }", "publish[0].keep", "from 1 to 9999", ""),
            new Mistake("{ id: a, type: directory, path: /srv, keep: all }", "publish[0].keep", "all", ""),
            new Mistake("{ id: a, type: directory, path: '' }", "publish[0].path", "nothing", ""),
            new Mistake("{ id: 'a,b', type: directory, path: /srv }", "publish[0].id", "a,b", ""),
            new Mistake("/srv/images", "publish[0]", "expected keys", ""),
            new Mistake(
                    "{ id: a, type: directory, path: /srv }, { id: a, type: directory, path: /mnt }",
                    "publish[1].id",
                    "another target has the id a",
                    "an id of its own"));

    @Test
    public void mistakesAreReportedWhereTheyAre() {
        for (Mistake mistake : MISTAKES) {
            String message = mistakeIn("name: web", "source: { media: a }", "publish: [" + mistake.targets() + "]");
            for (String part : List.of(mistake.place(), mistake.reason(), mistake.next())) {
                if (!message.contains(part)) {
                    failures.addError(new AssertionError(mistake.targets() + ": " + part + ": " + message));
                }
            }
        }
    }

    @Test
    public void targetsAreNoPartOfTheContent() {
        String[] plain = {"name: web", "source: { media: a }"};
        ImageDescription image = yaml(
                        plain[0], plain[1], "publish: [{ id: share, type: DIRECTORY, path: /srv/images, keep: 3 }]")
                .describe();
        assertEquals(
                List.of(new PublishTarget("share", "directory", Map.of("path", "/srv/images", "keep", "3"))),
                image.publish());
        assertFalse(image.equals(yaml(plain).describe()));
        assertEquals(yaml(plain).describe(), image.withoutTargets());
    }
}
