package io.imagewright.spec;

import java.util.List;

import org.junit.Test;

import static io.imagewright.spec.Descriptions.mistake;
import static io.imagewright.spec.Descriptions.mistakeIn;
import static io.imagewright.spec.Descriptions.yaml;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Words of other tools get the word that serves here; a word is a row. */
public class ForeignWordsTest {

    /** A word, and how the message goes on after its path. */
    private record Row(String word, String message) {}

    private static final List<Row> ACTIONS = List.of(
            new Row("install", "no action installs, updates or removes packages. Use firstboot"),
            new Row("packages", "no action installs"),
            new Row("package_update", "no action installs"),
            new Row("run", "no action runs a program of the guest at build time. Use firstboot"),
            new Row("run-command", "no action runs a program"),
            new Row("RunCmd", "no action runs a program"),
            new Row("provisioners", "no action runs a program"),
            new Row("firstboot-command", "use firstboot"),
            new Row("root-password", "use password with user and hash"),
            new Row("chpasswd", "use password with user and hash"),
            new Row("ssh_authorized_keys", "use sshInject with user and key"),
            new Row("write_files", "use write or upload"),
            new Row("scrub", "use delete"),
            new Row("touch", "use write"),
            new Row("move", "no action copies inside of the guest"),
            new Row("symlink", "use link"),
            new Row("lineinfile", "use appendLine"),
            new Row("fqdn", "use hostname"),
            new Row("selinux-relabel", "leave it out"),
            new Row("users", "no action makes accounts"));

    private static final List<Row> IMAGE = List.of(
            new Row("hostname", "write it below customise"),
            new Row("packages", "in customise, no action installs"),
            new Row("runcmd", "in customise, no action runs"),
            new Row("customize", "write it customise"),
            new Row("output", "use formats"),
            new Row("iso_url", "use source.media"),
            new Row("disk_size", "use size"),
            new Row("version", "it is no part of a description, version sets it"));

    @Test
    public void actionsOfOtherTools() {
        for (Row row : ACTIONS) {
            String message = mistake(() -> yaml("customise:", "  - hostname: a", "  - " + row.word() + ": x"));
            assertTrue(message, message.startsWith("web.yaml line 3: customise[1]." + row.word() + ": unknown key; "));
            assertTrue(message, message.contains("unknown key; " + row.message()));
            assertTrue(message, message.contains(" Known here: appendLine, chmod,"));
        }
    }

    @Test
    public void keysOfOtherTools() {
        for (Row row : IMAGE) {
            String message = mistakeIn(row.word() + ": x");
            assertTrue(
                    message, message.startsWith("web.yaml line 1: " + row.word() + ": unknown key; " + row.message()));
        }
    }

    @Test
    public void keysWithinAnActionAreSuggestedByMeaning() {
        String[][] rows = {
            {"write: { dest: /a, content: x }", "Did you mean path?"},
            {"write: { path: /a, text: x }", "Did you mean content?"},
            {"write: { path: /a, content: x, permissions: 0644 }", "Did you mean mode?"},
            {"upload: { local: a, path: /a }", "Did you mean source?"},
            {"edit: { path: /a, regexp: a, replace: b }", "Did you mean match?"},
            {"password: { user: root, passwd: x }", "Did you mean hash?"},
            {"sshInject: { login: root, key: x }", "Did you mean user?"}
        };
        for (String[] row : rows) {
            String message = mistake(() -> yaml("customise:", "  - " + row[0]));
            assertTrue(message, message.contains(": unknown key. " + row[1]));
        }
        assertTrue(mistakeIn("source: { file: a.raw }").contains("source.file: unknown key. Did you mean media?"));
    }

    /** A word that came to be a key is no longer one of other tools only. */
    @Test
    public void noWordIsAKeyHere() {
        assertEquals(
                List.of(),
                Schema.IMAGE.names().stream()
                        .filter(name -> ForeignWords.IMAGE.containsKey(ForeignWords.normal(name)))
                        .toList());
        assertEquals(
                List.of(),
                ActionSchema.actions().names().stream()
                        .filter(name -> ForeignWords.ACTIONS.containsKey(ForeignWords.normal(name)))
                        .toList());
    }
}
