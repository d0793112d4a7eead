package io.imagewright.spec;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.imagewright.spec.ImageDescription.Action;
import org.junit.Test;

import static io.imagewright.spec.Descriptions.mistakeIn;
import static io.imagewright.spec.Descriptions.yaml;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class ActionSchemaTest {

    /** SHA-512 of no password. */
    static final String HASH = "$6$imagewright$" + "A".repeat(86);

    private static List<Action> actions(String... lines) {
        return yaml(all(lines)).describe().customise();
    }

    private static String mistake(String line) {
        return mistakeIn(all(line));
    }

    private static String[] all(String... lines) {
        return ("name: web\nsource: { media: a }\ncustomise:\n  - " + String.join("\n  - ", lines)).split("\n", -1);
    }

    private static void assertMistake(String expected, String line) {
        String message = mistake(line);
        assertTrue(message, message.contains(expected));
    }

    @Test
    public void readsActionsInTheirOrder_shortFormsSpelledOut() {
        assertEquals(
                List.of(
                        new Action("hostname", Map.of("name", "web.example.org")),
                        new Action("mkdir", Map.of("path", "/srv")),
                        new Action("mkdir", Map.of("path", "/srv/a", "mode", "0750", "owner", "ann:33")),
                        new Action("delete", Map.of("path", "/x")),
                        new Action("edit", Map.of("path", "/x", "match", "a(b)", "replace", "$1")),
                        new Action("hostname", Map.of("name", "again"))),
                actions(
                        "hostname: web.example.org",
                        "mkdir: /srv",
                        "mkdir: { path: /srv/a, mode: 0750, owner: ann:33 }",
                        "delete: /x",
                        "edit: { path: /x, match: a(b), replace: $1 }",
                        "hostname: { name: again }"));
    }

    @Test
    public void aListReplacesTheOneBelow() {
        DescriptionTree lower = yaml(all("hostname: a", "delete: /a"));
        assertEquals(
                List.of(new Action("hostname", Map.of("name", "b"))),
                yaml(all("hostname: b")).over(lower).describe().customise());
    }

    @Test
    public void reportsPathAndSuggestion() {
        assertEquals(
                "web.yaml line 4: customise[0].sshInjct: unknown key. Did you mean sshInject? Known here: appendLine, chmod, chown,"
                        + " copyIn, delete, edit, firstboot, growRoot, hostname, link, mkdir, password, sshInject, timezone, upload, write.",
                mistake("sshInjct: { user: root, key: a }"));
        assertMistake(
                "customise[0].sshInject.keys: unknown key. Did you mean key?", "sshInject: { user: root, keys: a }");
        assertMistake(
                "customise[0].sshInject: the key key is missing. Needed here: user, key.", "sshInject: { user: root }");
        assertMistake("customise[0]: expected one key, found delete, hostname", "{ delete: /a, hostname: b }");
        assertMistake("customise[0]: expected one of the keys write, upload", "hostname");
    }

    @Test
    public void refusesWhatCannotBe() {
        assertMistake("an absolute path in the guest without ..", "delete: ../etc");
        assertMistake("an absolute path in the guest without ..", "delete: /srv/../etc");
        assertMistake("three or four octal digits", "chmod: { path: /a, mode: u+x }");
        assertMistake("a user, user:group or :group", "chown: { path: /a, owner: 'a b' }");
        assertMistake("a host name", "hostname: web_1");
        assertMistake("a host name", "hostname: " + "a".repeat(65));
        assertMistake("a time zone such as Europe/Athens", "timezone: ../../etc/shadow");
        assertMistake("a regular expression of Java", "edit: { path: /a, match: '(', replace: b }");
        assertMistake(
                "a regular expression of Java", "edit: { path: /a, match: '" + "(".repeat(20_000) + "', replace: b }");
        assertMistake("a text of one line", "appendLine: { path: /a, line: \"a\\nb\" }");
    }

    @Test
    public void takesHashesOnly_andShowsNoneOfWhatItRefuses() {
        for (String hash : List.of(
                HASH,
                "$5$rounds=5000$salt$" + "a".repeat(43),
                "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7",
                "$2b$12$" + "a".repeat(53),
                "$1$salt$" + "a".repeat(22),
                "file:root.hash",
                "locked")) {
            assertEquals(
                    1, actions("password: { user: root, hash: '" + hash + "' }").size());
        }
        for (String hash : List.of("hunter2SECRET", "$6$salt$SECRET", "SECRETxxxxxxx", HASH + "SECRET", "")) {
            String message = mistake("password: { user: root, hash: '" + hash + "' }");
            assertTrue(message, message.contains("openssl passwd -6"));
            assertFalse(message, message.contains("SECRET"));
        }
    }

    @Test
    public void everyActionHasADescriptionAndNeedsItsFirstKeys() {
        for (Setting action : ActionSchema.actions().keys()) {
            assertTrue(action.name(), Pattern.matches("[A-Z].*\\.", action.description()));
            ValueType.Section section = ActionSchema.section(action.name());
            assertTrue(action.name(), section.names().containsAll(section.required()));
            assertEquals(
                    action.name(), section.keys().isEmpty(), section.required().isEmpty());
        }
    }
}
