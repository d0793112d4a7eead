package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.spec.ImageDescription;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** Properties describe the image that was built, not of its source. */
public class FactsOfTheImageTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> warnings = new ArrayList<>();

    private GuestDisk guest() throws IOException {
        return new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64)
                .file(
                        "usr/lib/systemd/system/ssh.service",
                        "[Service]\nExecStart=/usr/sbin/sshd -D\n[Install]\nWantedBy=multi-user.target\n")
                .debugfs("mkdir /etc/systemd")
                .debugfs("mkdir /etc/systemd/system")
                .debugfs("mkdir /etc/systemd/system/multi-user.target.wants")
                .debugfs("symlink /etc/systemd/system/multi-user.target.wants/ssh.service"
                        + " /usr/lib/systemd/system/ssh.service");
    }

    private ImageBuildResult build(GuestDisk guest, List<String> enable, Map<String, String> params)
            throws IOException {
        return build(guest, enable, params, Map.of());
    }

    private ImageBuildResult build(
            GuestDisk guest, List<String> enable, Map<String, String> params, Map<String, String> properties)
            throws IOException {
        ImageDescription plain = Requests.description(guest.write(), "diskdump");
        ImageDescription description = plain.toBuilder()
                .sysprep(new ImageDescription.Sysprep(enable, List.of(), params))
                .properties(properties)
                .build();
        return ImageBuild.run(
                Requests.inProcess(description, folder.getRoot().toPath().resolve("out")), event -> {
                    if (event instanceof ProgressEvent.Warning warning) {
                        warnings.add(warning.message().toString());
                    }
                });
    }

    private static String meta(ImageBuildResult result) throws IOException {
        return Files.readString(result.outputs().get(0).sidecars().values().stream()
                .filter(file -> file.toString().endsWith(".meta"))
                .findFirst()
                .orElseThrow());
    }

    @Test
    public void usersKeepTheirNames_whenTheirPasswordsGo() throws IOException {
        ImageBuildResult result = build(guest(), List.of(), Map.of());
        assertEquals("root alice", result.facts().properties().get("USERS"));
        assertTrue(meta(result), meta(result).contains("\"root alice\""));
        assertEquals(
                List.of(),
                warnings.stream().filter(text -> text.contains("locked")).toList());
    }

    @Test
    public void removedUsersAreGone_whereverTheyWereListed() throws IOException {
        ImageBuildResult result = build(guest(), List.of("remove-user-accounts"), Map.of());
        assertEquals("root", result.facts().properties().get("USERS"));
        assertEquals("ssh:port=22,user=root", result.facts().properties().get("REMOTE_CONNECTION"));
        assertFalse(meta(result), meta(result).contains("alice"));
        assertTrue(Files.readString(result.manifest()).contains("\"USERS\": \"root\""));
    }

    @Test
    public void theUsersOfCloudInit_areThoseOfItsNewConfiguration() throws IOException {
        ImageBuildResult result = build(
                guest().file("usr/lib/systemd/system-generators/cloud-init-generator", "")
                        .file("usr/bin/cloud-init", "")
                        .file("etc/cloud/cloud.cfg", "users: [default]\nsystem_info: {default_user: {name: debian}}\n"),
                List.of("rename-default-cloud-init-user", "enable-root-in-cloud-init"),
                Map.of("default_user", "ops"));
        assertEquals(warnings.toString(), "ops", result.facts().properties().get("CLOUD_INIT_DEFAULT_USER"));
        assertTrue(
                result.facts().properties().toString(),
                List.of(result.facts().properties().getOrDefault("USERS", "").split(" "))
                        .containsAll(List.of("root", "ops")));
        assertFalse(meta(result), meta(result).contains("user=debian"));
    }

    @Test
    public void whatTheUserSays_winsAllTheSame() throws IOException {
        ImageBuildResult result =
                build(guest(), List.of("remove-user-accounts"), Map.of(), Map.of("USERS", "root ops"));
        assertTrue(meta(result), meta(result).contains("\"root ops\""));
    }
}
