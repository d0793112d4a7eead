package io.imagewright.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imagewright.GuestDisk;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class BuildCommandTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path top = Path.of("unset");
    private Path disk = Path.of("unset");

    @Before
    public void makeGuest() throws IOException {
        top = folder.getRoot().toPath();
        disk = new GuestDisk(top.resolve("guest"), "dos", 64).write();
    }

    private List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    public void printsProgressOnStandardError_andAnswersOnStandardOutput() throws IOException {
        Run run = Run.of("build", disk.toString(), "-d", top.resolve("out").toString(), "--name", "web");
        assertEquals(run.err(), 0, run.exitCode());
        assertTrue(run.err(), run.err().contains("inspect: Debian GNU/Linux 12 (bookworm)"));
        assertTrue(run.out(), run.out().startsWith("Image web: Debian GNU/Linux 12 (bookworm), from a disk of "));
        assertTrue(run.out(), run.out().contains("web-1.qcow2: "));
        Run again = Run.of("build", disk.toString(), "-d", top.resolve("out").toString(), "--name", "web");
        assertEquals(List.of("Image web is up to date"), again.lines());

        String manifest = top.resolve("out/web-1.image-manifest.json").toString();
        Run verified = Run.of("verify", manifest);
        assertEquals(List.of("Image web is whole: web-1.qcow2"), verified.lines());
        assertEquals(0, Run.of("checksum", "--checksum=sha512", manifest).exitCode());
        assertTrue(Files.exists(top.resolve("out/web-1.qcow2.sha512sum")));
        Run report = Run.of("report", "-d", top.toString(), manifest);
        assertEquals(List.of(top.resolve("web-1.report.html").toString()), report.lines());
        publishAndFetch(manifest);
        GuestDisk.put(top.resolve("out/web-1.qcow2"), 100, new byte[] {1});
        Run damaged = Run.of("verify", manifest);
        assertEquals(1, damaged.exitCode());
        assertTrue(damaged.err(), damaged.err().contains("Build it again with `imagewright build`."));
    }

    private void publishAndFetch(String manifest) throws IOException {
        Path description = Files.writeString(
                top.resolve("targets.yaml"),
                "name: web\nsource: { media: any }\npublish: [{ id: share, type: directory, path: '" + top
                        + "/${where}' }]\n");
        List<String> publish =
                List.of("publish", "--description", description.toString(), "-D", "where=store", manifest);
        String place = "share (" + top.resolve("store") + ")";
        Run planned =
                Run.of(Stream.concat(publish.stream(), Stream.of("--dry-run")).toArray(String[]::new));
        assertTrue(planned.out(), planned.out().startsWith("web 1: would be published to " + place + ": "));
        assertFalse(Files.exists(top.resolve("store")));
        Run done = Run.of(publish.toArray(String[]::new));
        assertEquals(done.err(), 0, done.exitCode());
        assertTrue(done.out(), done.out().startsWith("web 1: published to " + place + ": "));
        Run again = Run.of(publish.toArray(String[]::new));
        assertEquals(List.of("web 1: nothing to send to " + place + ", which has the same files"), again.lines());
        Path fetched = top.resolve("fetched");
        Run back = Run.of("fetch", "--description", description.toString(), "-Dwhere=store", "-d", fetched.toString());
        assertEquals(back.err(), 0, back.exitCode());
        assertEquals(List.of("Image web 1 in " + fetched + ": web-1.qcow2"), back.lines());
        assertEquals(-1, Files.mismatch(top.resolve("out/web-1.qcow2"), fetched.resolve("web-1.qcow2")));
    }

    @Test
    public void optionsOfVirtCustomizeReachTheGuest_andVerboseShowsPrograms() throws IOException {
        Path text = Files.writeString(top.resolve("motd.txt"), "hello world\n");
        Path out = top.resolve("out");
        Run run = Run.of(
                "build",
                disk.toString(),
                "-d=" + out,
                "--name=web",
                "--format=RAW",
                "--verbose",
                "--no-shrink",
                "--upload=" + text + ":/etc/motd",
                "--edit=/etc/motd:s/^hello/bye/",
                "--append-line=/etc/motd:last",
                "--hostname=first.example.org",
                "--hostname=web.example.org",
                "--link=/etc/motd:/etc/motd2");
        assertEquals(run.err(), 0, run.exitCode());
        assertTrue(run.err(), run.err().contains("customise: 6 actions"));
        assertTrue(
                run.err(),
                run.err().lines().anyMatch(line -> line.matches("\\+ e2fsck .* \\(exit code 0, \\d+ ms\\)")));
        GuestDisk.shell(
                "d=\"$1/web-1.raw?offset=$((41 << 20))\"; test \"$(debugfs -R 'cat /etc/motd' \"$d\")\" = \"$(printf 'bye world\\nlast')\""
                        + " && test \"$(debugfs -R 'cat /etc/hostname' \"$d\")\" = web.example.org",
                out);
    }

    /** Each line is an object; the last one is the result. */
    @Test
    public void printsOneObjectALine_forPrograms() throws IOException {
        Run run = Run.of(
                "build", disk.toString(), "-d", top.resolve("out").toString(), "--progress=json", "--format=raw,qcow2");
        assertEquals(run.err(), 0, run.exitCode());
        assertEquals("", run.err());
        JsonMapper mapper = new JsonMapper();
        JsonNode last = mapper.missingNode();
        boolean started = false;
        for (String line : run.lines()) {
            last = mapper.readTree(line);
            assertTrue(line, last.path("type").isTextual());
            started |= last.path("subtype").asText().equals("task-start");
        }
        assertTrue(started);
        assertEquals("image-result", last.path("type").asText());
        assertEquals("build", last.path("command").asText());
        assertEquals("raw", last.at("/result/manifest/artifacts/0/format").asText());
        assertEquals(64, last.at("/result/manifest/artifacts/0/sha256").asText().length());
        assertTrue(last.at("/result/build/seconds").asDouble() > 0);
        assertEquals(
                names(top.resolve("out")).size() - 1, last.at("/result/files").size());
    }

    @Test
    public void failuresOfTheWork_areMessagesToo() throws IOException {
        Path empty = top.resolve("empty.raw");
        Files.write(empty, new byte[1 << 20]);
        Run run = Run.of("build", empty.toString(), "-d", top.resolve("out").toString(), "--progress=json");
        assertEquals(1, run.exitCode());
        JsonNode last = new JsonMapper().readTree(run.lines().get(run.lines().size() - 1));
        assertEquals("image-error", last.path("type").asText());
        assertTrue(run.err(), run.err().startsWith("imagewright: "));
        assertFalse(Files.exists(top.resolve("out/empty-1.qcow2")));
    }

    /** As snf-mkimage does: the image under the name that was asked for, and three files beside it. */
    @Test
    public void outfile_leavesWhatSnfMkimageLeaves() throws IOException {
        Files.createDirectory(top.resolve("out"));
        Run run = Run.of("mkimage", "-s", "-o", top.resolve("out/web.img").toString(), disk.toString());
        assertEquals(run.err(), 0, run.exitCode());
        assertEquals("", run.err());
        assertTrue(names(top.resolve("out"))
                .containsAll(List.of("web.img", "web.img.md5sum", "web.img.meta", "web.img.variant")));
        GuestDisk.shell("cd \"$1\" && md5sum -c --quiet web.img.md5sum", top.resolve("out"));
    }

    @Test
    public void printsAlone_buildNothing() throws IOException {
        List<String> before = names(top);
        Run run = Run.of(
                "build",
                disk.toString(),
                "--print-metadata",
                "--print-syspreps",
                "--print-sysprep-params",
                "-s",
                "-m",
                "own=value");
        assertEquals(run.err(), 0, run.exitCode());
        assertTrue(run.lines().contains("OSFAMILY=linux"));
        assertTrue(run.lines().contains("OWN=value"));
        assertTrue(run.lines().contains("Enabled: cleanup-log"));
        assertTrue(run.lines().contains("NAME:        bootmenu_timeout"));
        assertEquals(before, names(top));
    }

    @Test
    public void inspectAndPlan_changeNothing() throws IOException {
        assertTrue(Run.of("inspect", disk.toString()).out().startsWith("Image "));
        Run plan = Run.of("plan", disk.toString(), "--output=json");
        assertTrue(new JsonMapper().readTree(plan.out()).path("operations").size() > 5);
        Run inspected = Run.of("inspect", disk.toString(), "--progress=json");
        JsonNode last = new JsonMapper()
                .readTree(inspected.lines().get(inspected.lines().size() - 1));
        assertEquals("linux", last.at("/result/osFamily").asText());
    }

    @Test
    public void convertAndDiff() throws IOException {
        Run converted = Run.of(
                "convert",
                disk.toString(),
                "--format=qcow2",
                "--name=copy",
                "-d",
                top.resolve("out").toString());
        assertEquals(converted.err(), 0, converted.exitCode());
        Run diff =
                Run.of("diff", disk.toString(), top.resolve("out/copy-1.qcow2").toString());
        assertEquals(diff.err(), 0, diff.exitCode());
        assertTrue(diff.out(), diff.out().contains("no difference"));
    }

    /** Of several images each is reported; the worst decides the exit code. */
    @Test
    public void verifyReportsEveryImage() throws IOException {
        Path out = top.resolve("out");
        for (String name : List.of("a", "b")) {
            assertEquals(
                    0,
                    Run.of("convert", disk.toString(), "--format=raw", "--name=" + name, "-d", out.toString())
                            .exitCode());
        }
        GuestDisk.put(out.resolve("a-1.raw"), 3 << 20, new byte[] {42});
        Run run = Run.of(
                "verify",
                out.resolve("a-1.image-manifest.json").toString(),
                out.resolve("b-1.image-manifest.json").toString());
        assertEquals(1, run.exitCode());
        assertTrue(run.err(), run.err().contains("Image a is not what was built"));
        assertEquals(List.of("Image b is whole: b-1.raw"), run.lines());
    }

    /** Also where something else would be printed. */
    @Test
    public void jsonMeansJson() throws IOException {
        Run printed = Run.of("build", disk.toString(), "--print-metadata", "--progress=json");
        Run compared = Run.of("diff", disk.toString(), disk.toString(), "--progress=json");
        for (Run run : List.of(printed, compared)) {
            assertEquals(run.err(), 0, run.exitCode());
            for (String line : run.lines()) {
                assertTrue(line, new JsonMapper().readTree(line).path("type").isTextual());
            }
            assertTrue(run.out().contains("image-result"));
        }
    }

    @Test
    public void timestampsGoBeforeLines() {
        Run run = Run.of("inspect", disk.toString(), "--add-timestamp");
        assertTrue(run.err(), run.err().lines().allMatch(line -> line.matches("\\[[0-9]+\\.[0-9]{3}s] .*")));
    }
}
