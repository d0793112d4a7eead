package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.EngineChoice;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What only a mounted guest allows: its own programs run in it, and scripts of this machine on it. */
public class ProgramsInGuestTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<ProgressEvent> events = new ArrayList<>();

    /** When each line of a program was reported. */
    private final Map<String, Long> heard = new java.util.LinkedHashMap<>();

    private Path top;
    private GuestDisk guest;
    private List<String> mountsBefore;

    /** A guest with a shell and what that needs. */
    @Before
    public void makeGuest() throws IOException {
        top = folder.getRoot().toPath();
        mountsBefore = mounts();
        guest = new GuestDisk(top.resolve("guest"), "gpt", 96);
        guest.file("usr/local/share/ca-certificates/ipa-ca.crt", "IPA\n")
                .file("usr/local/share/ca-certificates/mine.crt", "MINE\n")
                .file("etc/ssl/certs/ca-certificates.crt", "IPA\nMINE\n")
                .file("dev/.keep", "")
                .file("proc/.keep", "")
                .file("bin/sh", "")
                .without("bin/sh");
        Path tree = top.resolve("guest/tree");
        GuestDisk.shell(
                "for file in \"$(readlink -f \"$(command -v dash)\")\" $(ldd \"$(command -v dash)\" | grep -o '/[^ ]*'); do"
                        + " mkdir -p \"$1$(dirname \"$file\")\"; cp -L \"$file\" \"$1$file\"; done;"
                        + " cp -L \"$(command -v dash)\" \"$1/bin/sh\"",
                tree);
        program(
                tree.resolve("usr/sbin/update-ca-certificates"),
                "cd /usr/local/share/ca-certificates",
                "echo left > /tmp/left; echo > /dev/null",
                "while read -r line < mine.crt; do echo \"$line\" > /etc/ssl/certs/ca-certificates.crt; break; done",
                "while read -r name rest; do case $name in *:) echo \"$name\";; esac; done < /proc/net/dev"
                        + " > /etc/interfaces",
                "echo $$ > /etc/pid",
                "echo begun; echo on the other stream >&2",
                // no sleep(1) in this guest
                "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo ended");
    }

    @After
    public void nothingIsMounted() throws IOException {
        assertEquals(mountsBefore, mounts());
    }

    /** Those of builds of this JVM, whose work directories have its number, and below the test's directory. */
    private List<String> mounts() throws IOException {
        String ours = ".imagewright-" + ProcessHandle.current().pid() + "-";
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .filter(line -> line.contains(ours) || line.contains(top.toString()))
                .toList();
    }

    private static void program(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\nset -e\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ImageBuildResult build(Map<String, String> params, EngineChoice engine) throws IOException {
        ImageDescription description = Requests.with(Requests.description(guest.write(), "raw"), params);
        return ImageBuild.run(Requests.of(Requests.with(description, engine), top.resolve("out")), this::hear);
    }

    private void hear(ProgressEvent event) {
        events.add(event);
        if (event instanceof ProgressEvent.Info info) {
            heard.put(info.message().toString(), System.nanoTime());
        }
    }

    private String text(ImageBuildResult result, String file) {
        return GuestDisk.shell(
                "debugfs -R \"cat $2\" \"$1?offset=$3\" 2> /dev/null",
                result.outputs().get(0).file(),
                file,
                guest.rootOffset());
    }

    private String log() {
        return events.stream()
                .filter(event -> !(event instanceof ProgressEvent.ProgramEnded))
                .map(ProgressEvent::toString)
                .collect(Collectors.joining("\n"));
    }

    @Test
    public void storeOfCertificates_isMadeAgainInTheGuest_andScriptsRunOnItsMount() throws IOException {
        Path script = top.resolve("label=linux/prepare.sh");
        program(
                script,
                "pwd > etc/where",
                "echo \"$IMAGEWRIGHT_PROPERTY_OSFAMILY $SNF_IMAGE_CREATOR_METADATA_OS\" > etc/which",
                "[ ! -e root/.bash_history ] && echo cleaned > etc/when",
                "echo to-be-sealed > etc/machine-id; chmod 444 etc/machine-id",
                "mkdir srv/b\u00f6se; echo said this");
        guest.file("srv/.keep", "");
        ImageBuildResult result = build(Map.of("script", script.toString()), EngineChoice.AUTO);
        assertTrue(log(), log().contains("as the operation script needs the guest mounted"));
        assertTrue(log(), log().contains("prepare.sh: said this"));
        List<String> lines = heard.keySet().stream()
                .filter(line -> line.startsWith("update-ca-certificates: "))
                .toList();
        assertEquals(
                List.of(
                        "update-ca-certificates: begun",
                        "update-ca-certificates: on the other stream",
                        "update-ca-certificates: ended"),
                lines);
        long apart = heard.get(lines.get(2)) - heard.get(lines.get(0));
        assertTrue("reported while it runs: " + apart, apart > 300_000_000);
        assertEquals(log(), "MINE\n", text(result, "/etc/ssl/certs/ca-certificates.crt"));
        assertEquals("no network but its own", "lo:\n", text(result, "/etc/interfaces"));
        assertTrue(
                "processes of its own",
                Integer.parseInt(text(result, "/etc/pid").strip()) < 100);
        assertEquals("", text(result, "/tmp/left"));
        assertTrue(text(result, "/etc/where").endsWith("/mount\n"));
        assertEquals("linux debian\n", text(result, "/etc/which"));
        assertEquals("cleaned\n", text(result, "/etc/when"));
        assertEquals("uninitialized or empty after the script", "", text(result, "/etc/machine-id"));
        assertEquals(List.of(), warnings());
        GuestDisk.shell(
                "debugfs -R 'stat /srv/b\u00f6se' \"$1?offset=$2\" 2>&1 | grep -q directory",
                result.outputs().get(0).file(),
                guest.rootOffset());
    }

    private List<String> warnings() {
        return events.stream()
                .filter(event -> event instanceof ProgressEvent.Warning)
                .map(event -> ((ProgressEvent.Warning) event).message().toString())
                .filter(message -> message.contains("certificates"))
                .toList();
    }

    @Test
    public void scriptThatFails_endsTheBuild_andSoDoesNotAProgramOfTheGuest() throws IOException {
        program(top.resolve("guest/tree/usr/sbin/update-ca-certificates"), "echo the store is locked >&2; exit 5");
        Path script = top.resolve("fails.sh");
        program(script, "echo this is wrong >&2; exit 3");
        ImageException failed = assertThrows(
                ImageException.class, () -> build(Map.of("script", script.toString()), EngineChoice.LIBGUESTFS));
        assertTrue(failed.getMessage(), failed.getMessage().contains("Script: `" + script + "' failed"));
        assertTrue(failed.getMessage(), failed.getMessage().contains("exit code 3"));
        assertTrue(failed.getMessage(), failed.getMessage().contains("this is wrong"));
        assertTrue(
                warnings().toString(),
                warnings().get(0).startsWith("The guest could not make the store of trusted certificates again.")
                        && warnings().get(0).contains("the store is locked"));
        assertFalse(Files.exists(top.resolve("out/guest-1.raw")));
    }

    @Test
    public void aProcessThatTheScriptLeftBehind_isWaitedForAMoment_andNamedThen() throws IOException {
        Path brief = top.resolve("brief.sh");
        Path begun = top.resolve("begun");
        program(
                brief,
                "setsid sh -c 'echo $$ > " + begun + "; exec sleep 2' > /dev/null 2>&1 < /dev/null &",
                "while [ ! -s " + begun + " ]; do sleep 0.1; done");
        build(Map.of("script", brief.toString()), EngineChoice.LIBGUESTFS);
        Path leaves = top.resolve("leaves.sh");
        Path left = top.resolve("left");
        program(
                leaves,
                "setsid sh -c 'echo $$ > " + left + "; exec sleep 600' > /dev/null 2>&1 < /dev/null &",
                "while [ ! -s " + left + " ]; do sleep 0.1; done");
        ImageException failed = assertThrows(
                ImageException.class, () -> build(Map.of("script", leaves.toString()), EngineChoice.LIBGUESTFS));
        String process = Files.readString(left).strip();
        GuestDisk.run("kill", process);
        assertTrue(failed.getMessage(), failed.getMessage().contains("still used by sleep (process " + process + ")"));
    }

    @Test
    public void directRunsNothing_andSaysSo() throws IOException {
        Path program = top.resolve("guest/tree/usr/bin/true");
        ImageException refused = assertThrows(
                ImageException.class, () -> build(Map.of("script", program.toString()), EngineChoice.DIRECT));
        assertTrue(
                refused.getMessage(),
                refused.getMessage()
                        .contains("the operation script needs the guest mounted, and direct mounts nothing"));
        build(Map.of(), EngineChoice.DIRECT);
        assertTrue(
                warnings().toString(),
                warnings().get(0).startsWith("The store of trusted certificates is not made again"));
    }

    @Test
    public void killedWhileAScriptRuns_nothingStaysMounted() throws Exception {
        Path script = top.resolve("waits.sh");
        Path begun = top.resolve("begun");
        program(script, "echo > '" + begun + "'; exec sleep 600");
        Path out = folder.newFolder("out").toPath();
        Path tmp = folder.newFolder("tmp").toPath();
        try (BuildInChild build = new BuildInChild(top, guest.write(), out, tmp, "raw")
                .script(script)
                .start()) {
            build.await("the script", () -> Files.exists(begun));
            assertNotEquals(mountsBefore, mounts());
            build.processes().entrySet().stream()
                    .filter(process -> process.getValue().contains("io.imagewright.worker.WorkerMain"))
                    .forEach(process -> process.getKey().destroyForcibly());
            assertNotEquals(0, build.awaitEnd());
            build.assertNoProcessLeft(30);
            assertEquals(0, Generation.unfinished(tmp));
        }
    }
}
