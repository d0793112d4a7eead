package io.imagewright.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.ErrorCollector;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** Options with virt-customize's names; an option is a row. */
public class CustomiseOptionsTest {

    private static final String PATH = "{'path':'/etc/motd',";

    /**
     * An option that is served.
     *
     * @param actions the actions in effective's JSON, with single quotes
     */
    private record Served(String option, String value, String... actions) {}

    private static final List<Served> SERVED = List.of(
            new Served("--append-line", "/etc/motd:a:b", "{'appendLine':" + PATH + "'line':'a:b'}}"),
            new Served("--append-line", "/etc/motd:", "{'appendLine':" + PATH + "'line':''}}"),
            new Served("--chmod", "0640:/etc/motd", "{'chmod':" + PATH + "'mode':'0640'}}"),
            new Served("--chown", "ann:staff:/etc/motd", "{'chown':" + PATH + "'owner':'ann:staff'}}"),
            new Served("--chown", "33:/etc/motd", "{'chown':" + PATH + "'owner':'33'}}"),
            new Served("--copy-in", "files/etc/:/opt", "{'copyIn':{'source':'files/etc','into':'/opt'}}"),
            new Served("--delete", "/etc/motd", "{'delete':{'path':'/etc/motd'}}"),
            new Served("--scrub", "/etc/motd", "{'delete':{'path':'/etc/motd'}}"),
            new Served("--edit", "/etc/motd:s/a(b+)/x\\1/g", "{'edit':" + PATH + "'match':'a(b+)','replace':'x$1'}}"),
            new Served("--edit", "/etc/motd:s,^a/b,c,", "{'edit':" + PATH + "'match':'^a/b','replace':'c'}}"),
            new Served(
                    "--edit",
                    "/etc/motd:s/a\\/b$/\\$c/i",
                    "{'edit':" + PATH + "'match':'(?i)a/b$','replace':'\\\\$c'}}"),
            new Served("--firstboot", "grow.sh", "{'firstboot':{'script':'file:grow.sh'}}"),
            new Served("--firstboot-command", "a 'b' c", "{'firstboot':{'script':'#!/bin/sh\\na \u0001b\u0001 c\\n'}}"),
            new Served("--hostname", "web.example.org", "{'hostname':{'name':'web.example.org'}}"),
            new Served(
                    "--link",
                    "/a:/b:/c",
                    "{'link':{'path':'/b','target':'/a'}}",
                    "{'link':{'path':'/c','target':'/a'}}"),
            new Served("--mkdir", "/srv/www", "{'mkdir':{'path':'/srv/www'}}"),
            new Served("--password", "ann:file:a.hash", "{'password':{'user':'ann','hash':'file:a.hash'}}"),
            new Served("--password", "ann:disabled", "{'password':{'user':'ann','hash':'locked'}}"),
            new Served("--root-password", "file:r.hash", "{'password':{'user':'root','hash':'file:r.hash'}}"),
            new Served("--root-password", "locked", "{'password':{'user':'root','hash':'locked'}}"),
            new Served("--ssh-inject", "root:file:ops.pub", "{'sshInject':{'user':'root','key':'file:ops.pub'}}"),
            new Served(
                    "--ssh-inject", "ann:string:ssh-rsa A b:c", "{'sshInject':{'user':'ann','key':'ssh-rsa A b:c'}}"),
            new Served("--timezone", "Europe/Athens", "{'timezone':{'zone':'Europe/Athens'}}"),
            new Served("--truncate", "/etc/motd", "{'write':" + PATH + "'content':''}}"),
            new Served("--upload", "motd.txt:/etc/motd", "{'upload':{'source':'motd.txt','path':'/etc/motd'}}"),
            new Served("--upload", "files/motd:/etc/", "{'upload':{'source':'files/motd','path':'/etc/motd'}}"),
            new Served("--write", "/etc/motd:a: b\n", "{'write':" + PATH + "'content':'a: b\\n'}}"));

    /** An option, its value (empty for none), and what its message holds. */
    private record Refused(String option, String value, String message) {}

    private static final List<Refused> REFUSED = List.of(
            new Refused("--chmod", "640:/etc/motd", "would be decimal. Write it in octal: 0640."),
            new Refused("--chown", "root:etc/motd", "expected OWNER:FILE"),
            new Refused("--delete", "/var/log/*.log", "patterns are not expanded here. Name each file"),
            new Refused(
                    "--delete", "etc", "delete.path: expected an absolute path in the guest without .., found 'etc'"),
            new Refused("--edit", "/etc/motd:tr/a/b/", "is no substitution s/REGEX/REPLACEMENT/g"),
            new Refused("--edit", "/etc/motd:s/a/b/", "Add g, or bind the expression"),
            new Refused("--edit", "/etc/motd:s/a/b/e", "needs Perl"),
            new Refused("--edit", "/etc/motd:s/$HOME/b/g", "needs Perl"),
            new Refused("--edit", "/etc/motd:s/a/$&/g", "the replacement needs Perl"),
            new Refused("--hostname", "web_1", "expected a host name"),
            new Refused("--link", "/a", "expected TARGET:LINK[:LINK...]"),
            new Refused("--password", "ann", "expected USER:SELECTOR"),
            new Refused("--password", "ann:password:s3cret", "a password must not be an argument"),
            new Refused("--root-password", "password:s3cret", "a password must not be an argument"),
            new Refused("--root-password", "s3cret", "expected file:FILE, locked or disabled"),
            new Refused("--root-password", "random", "Use file:FILE with a hash in it, or --ssh-inject."),
            new Refused("--ssh-inject", "root", "Write USER:file:FILE"),
            new Refused("--ssh-inject", "root:s3cret", "no key is given"),
            new Refused("--upload", "web", "expected FILE:DEST"),
            new Refused("--write", "/etc/motd", "expected FILE:CONTENT"),
            new Refused("--install", "nginx,curl", "Use --firstboot, or --host-run SCRIPT"),
            new Refused("--update", "", "no program of the guest runs"),
            new Refused("--run", "setup.sh", "Use --firstboot, or --host-run SCRIPT"),
            new Refused("--move", "/a:/b", "nothing is copied or moved inside the guest"),
            new Refused("--touch", "/a", "Use --write FILE:"),
            new Refused("--memsize", "2048", "Use --appliance-memory."),
            new Refused("--dry-run", "", "Use `imagewright plan`."),
            new Refused("--key", "/dev/sda1:key:s3cret", "Set IMAGEWRIGHT_LUKS_KEY"));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final ErrorCollector failures = new ErrorCollector();

    private Path disk = Path.of("unset");

    @Before
    public void makeDisk() throws IOException {
        disk = folder.newFile("disk.raw").toPath();
    }

    private Run effective(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("effective", "--output=json"));
        Arrays.stream(arguments).map(Object::toString).forEach(all::add);
        return Run.of(all.toArray(String[]::new));
    }

    private static List<String> actions(Run run) throws IOException {
        assertEquals(run.err(), 0, run.exitCode());
        List<String> actions = new ArrayList<>();
        for (JsonNode action : new JsonMapper().readTree(run.out()).path("customise")) {
            actions.add(action.toString().replace('\'', '\u0001').replace('"', '\''));
        }
        return actions;
    }

    @Test
    public void anOptionIsItsAction() {
        SERVED.forEach(row -> failures.checkSucceeds(() -> {
            assertEquals(row.option(), List.of(row.actions()), actions(effective(disk, row.option(), row.value())));
            assertEquals(
                    row.option(), List.of(row.actions()), actions(effective(row.option() + "=" + row.value(), disk)));
            return done();
        }));
    }

    @Test
    public void whatNothingServesIsRefused_withWhatToUse() {
        REFUSED.forEach(row -> failures.checkSucceeds(() -> {
            Run run =
                    row.value().isEmpty() ? effective(disk, row.option()) : effective(disk, row.option(), row.value());
            assertEquals(row + run.err(), 2, run.exitCode());
            assertTrue(row + run.err(), run.err().startsWith("imagewright: " + row.option() + ": "));
            assertTrue(row + run.err(), run.err().contains(row.message()));
            assertFalse(run.err(), (run.err() + run.out()).contains("s3cret"));
            return done();
        }));
    }

    private static @Nullable Void done() {
        return null;
    }

    @Test
    public void theOrderIsThatOfTheCommandLine_afterTheDescription() throws IOException {
        Path description = folder.getRoot().toPath().resolve("web.yaml");
        Files.writeString(description, """
                source: { media: disk.raw }
                customise: [ { hostname: first } ]
                """);
        assertEquals(
                List.of(
                        "{'hostname':{'name':'first'}}",
                        "{'write':{'path':'/a','content':'1'}}",
                        "{'delete':{'path':'/a'}}",
                        "{'write':{'path':'/a','content':'2'}}",
                        "{'hostname':{'name':'last'}}"),
                actions(effective(
                        "--write", "/a:1", "--delete=/a", description, "--write", "/a:2", "--hostname", "last")));
    }

    @Test
    public void commandsComeFromAFile() throws IOException {
        Path commands = folder.getRoot().toPath().resolve("commands");
        Files.writeString(commands, """
                # comment

                write /etc/motd:Hello there
                edit /etc/motd:\\
                  s/^Hello/Bye/
                selinux-relabel
                """);
        assertEquals(
                List.of(
                        "{'mkdir':{'path':'/a'}}",
                        "{'write':{'path':'/etc/motd','content':'Hello there'}}",
                        "{'edit':{'path':'/etc/motd','match':'^Hello','replace':'Bye'}}"),
                actions(effective(disk, "--mkdir=/a", "--commands-from-file", commands)));
        for (String[] row : new String[][] {
            {"wirte /a:b", "unknown command. Did you mean write?"},
            {"commands-from-file x", "unknown command"},
            {"install nginx", "no program of the guest runs"},
            {"\nroot-password password:s3cret", "commands line 2: a password must not be an argument"},
            {"hostname a_b", "commands line 1: hostname"}
        }) {
            Files.writeString(commands, row[0] + "\n");
            Run run = effective(disk, "--commands-from-file", commands);
            assertEquals(2, run.exitCode());
            assertTrue(run.err(), run.err().contains(row[1]));
            assertFalse(run.err(), run.err().contains("s3cret"));
        }
        Run missing = effective(disk, "--commands-from-file", commands + "x");
        assertEquals(2, missing.exitCode());
    }

    @Test
    public void whatHappensAnywayIsAWarning() {
        Run run = effective(disk, "--selinux-relabel", "--no-logfile");
        assertEquals(run.err(), 0, run.exitCode());
        assertTrue(run.err(), run.err().contains("Warning: --selinux-relabel has no effect, as a guest with SELinux"));
    }

    @Test
    public void aMissingValueIsNotTheNextOption() {
        Run run = effective(disk, "--write", "--hostname", "web");
        assertEquals(2, run.exitCode());
        assertTrue(run.err(), run.err().contains("Missing required parameter for option '--write' (FILE:CONTENT)"));
    }

    @Test
    public void helpAndManualShowThoseThatAreServed() {
        String help = Run.of("build", "--help").out();
        String page = Run.of("man-page").out();
        for (CustomiseOption option : CustomiseTable.all()) {
            boolean served = option instanceof CustomiseOption.Served;
            assertEquals(option.name(), served, help.contains(option.name() + "="));
            assertEquals(
                    option.name(), served, page.contains("\\fB" + option.name().replace("-", "\\-") + " "));
        }
    }
}
