package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImagePlan;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Action;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What a user asks for is in the image after the clean-up, and what is secret is in nothing else. */
public class CustomisedBuildTest {

    private static final String HASH = "$6$imagewright$" + "S".repeat(86);
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0mZ4cU5p8R0dC1xqzv2n3Yc7v8gk6k1m0b7q4h3r5t ops";

    private static final List<Action> ACTIONS = List.of(
            new Action("sshInject", Map.of("user", "alice", "key", "file:ops.pub")),
            new Action("password", Map.of("user", "root", "hash", HASH)),
            new Action("write", Map.of("path", "/etc/motd", "content", "Welcome\n")),
            new Action("upload", Map.of("source", "big", "path", "/opt/big")),
            new Action("firstboot", Map.of("script", "#!/bin/sh\ntrue\n")),
            new Action("write", Map.of("path", "/etc/machine-id", "content", "fedcba9876543210fedcba9876543210\n")));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path disk;
    private Path project;

    @Before
    public void makeGuest() throws IOException {
        disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64)
                .file("usr/lib/systemd/systemd", "x")
                .file("home/alice/.ssh/authorized_keys", "old\n")
                .write();
        project = folder.newFolder("project").toPath();
        Files.writeString(project.resolve("ops.pub"), KEY + "\n");
        Files.write(project.resolve("big"), new byte[3 << 20]);
    }

    @Test
    public void whatIsAskedForSurvivesTheCleanUp_andTheSealComesLast() throws IOException {
        ImageBuildResult result = ImageBuild.run(request("out", ACTIONS, true), ProgressListener.NONE);
        Path image = result.outputs().get(0).file();
        assertEquals(KEY + "\n", cat(image, "/home/alice/.ssh/authorized_keys"));
        String shadow = cat(image, "/etc/shadow");
        assertTrue(shadow, shadow.startsWith("root:" + HASH + ":19675:0:99999:7:::\n"));
        assertTrue(shadow, shadow.contains("alice:*:"));
        assertEquals("Welcome\n", cat(image, "/etc/motd"));
        assertEquals("", cat(image, "/etc/machine-id"));
        assertEquals("", cat(image, "/root/.bash_history"));
        assertTrue(cat(image, "/etc/systemd/system/imagewright-firstboot-01-script.service")
                .contains("ExecStart="));
        Map<String, ImageBuildResult.OperationReport> operations = result.operations().stream()
                .collect(Collectors.toMap(ImageBuildResult.OperationReport::name, operation -> operation));
        assertEquals(8, operations.get("customise[2].write").bytes());
        assertEquals(3 << 20, operations.get("customise[3].upload").bytes());
        assertEquals(
                1,
                operations.get("seal.clear-local-machine-id-configuration-file").changes());
    }

    @Test
    public void aPlanListsTheSame_andNothingShowsTheSecret() throws IOException {
        List<String> outputs = new ArrayList<>();
        ProgressListener listener = event -> outputs.add(text(event));
        ImagePlan plan = ImageBuild.plan(request("out", ACTIONS, false), listener);
        ImageBuildResult result = ImageBuild.run(request("out", ACTIONS, false), listener);
        assertEquals(
                result.operations().stream()
                        .map(operation -> operation.name() + operation.changes())
                        .toList(),
                plan.operations().stream()
                        .map(operation -> operation.name() + operation.changes().size())
                        .toList());
        outputs.add(plan.toString());
        outputs.add(Files.readString(result.manifest()));
        outputs.add(Files.readString(result.manifest().resolveSibling("guest.build.json")));
        assertTrue(outputs.toString(), outputs.toString().contains("customise[1].password"));
        assertFalse(outputs.toString(), outputs.toString().contains("SSSSSSSS"));
    }

    @Test
    public void sameDescriptionAndFiles_sameBytes() throws IOException {
        Path first = ImageBuild.run(request("one", ACTIONS, true), ProgressListener.NONE)
                .outputs()
                .get(0)
                .file();
        Path second = ImageBuild.run(request("two", ACTIONS, true), ProgressListener.NONE)
                .outputs()
                .get(0)
                .file();
        assertEquals(-1, Files.mismatch(first, second));
    }

    @Test
    public void aChangedFile_isANewImage() throws IOException {
        assertFalse(ImageBuild.run(request("out", ACTIONS, false), ProgressListener.NONE)
                .isUpToDate());
        assertTrue(ImageBuild.run(request("out", ACTIONS, false), ProgressListener.NONE)
                .isUpToDate());
        Files.writeString(project.resolve("ops.pub"), KEY + "2\n");
        ImageBuildResult changed = ImageBuild.run(request("out", ACTIONS, false), ProgressListener.NONE);
        assertFalse(changed.isUpToDate());
        assertEquals(KEY + "2\n", cat(changed.outputs().get(0).file(), "/home/alice/.ssh/authorized_keys"));
        List<Action> fewer = ACTIONS.subList(0, 5);
        assertFalse(ImageBuild.run(request("out", fewer, false), ProgressListener.NONE)
                .isUpToDate());
    }

    @Test
    public void whatCannotBeDone_leavesNothing() throws IOException {
        List<Action> wrong = List.of(new Action("sshInject", Map.of("user", "alcie", "key", KEY)));
        assertTrue(failure(wrong).contains("Did you mean alice?"));
        List<Action> missing = List.of(new Action("upload", Map.of("source", "missing", "path", "/a")));
        assertTrue(failure(missing).contains("customise[0].upload: Cannot read missing: there is no such file"));
        List<Action> large = List.of(
                new Action("upload", Map.of("source", "big", "path", "/a")),
                new Action("upload", Map.of("source", "larger", "path", "/b")));
        Files.write(project.resolve("larger"), new byte[80 << 20]);
        assertTrue(failure(large), failure(large).contains("is full"));
        Path out = folder.getRoot().toPath().resolve("out");
        assertFalse(Files.exists(out));
    }

    private String failure(List<Action> actions) {
        return String.valueOf(assertThrows(
                        ImageException.class,
                        () -> ImageBuild.run(request("out", actions, true), ProgressListener.NONE))
                .getMessage());
    }

    private static String text(ProgressEvent event) {
        return event.toString();
    }

    private ImageBuildRequest request(String out, List<Action> actions, boolean force) {
        ImageDescription plain = Requests.description(disk, "raw");
        ImageDescription description = plain.toBuilder().customise(actions).build();
        return Requests.of(description, folder.getRoot().toPath().resolve(out)).toBuilder()
                .baseDirectory(project)
                .force(force)
                .build();
    }

    private String cat(Path image, String file) throws IOException {
        Path root = folder.getRoot().toPath().resolve("root.ext4");
        String offset = Arrays.stream(
                        GuestDisk.run("sfdisk", "-d", image.toString()).split("\n"))
                .filter(line -> line.contains("type=83"))
                .map(line -> line.replaceAll(".*start= *([0-9]+),.*", "$1"))
                .findFirst()
                .orElseThrow();
        GuestDisk.shell("dd if=\"$1\" of=\"$2\" bs=512 skip=$3 conv=sparse status=none", image, root, offset);
        Path copy = folder.getRoot().toPath().resolve("copy");
        Files.deleteIfExists(copy);
        GuestDisk.run("debugfs", "-R", "dump " + file + " " + copy, root.toString());
        return Files.exists(copy) ? Files.readString(copy, StandardCharsets.ISO_8859_1) : "";
    }
}
