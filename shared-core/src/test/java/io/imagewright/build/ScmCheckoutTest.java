package io.imagewright.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.exec.ProcessExec;
import io.imagewright.manifest.ProjectOrigin;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;

public class ScmCheckoutTest {

    /** Address as configured, and what a manifest says. */
    private static final Map<String, String> ADDRESSES = Map.ofEntries(
            Map.entry("https://example.org/web.git", "https://example.org/web.git"),
            Map.entry("https://ann:token@example.org/web.git", "https://example.org/web.git"),
            Map.entry("https://token@example.org/web.git", "https://example.org/web.git"),
            Map.entry("https://ann:p@ss@example.org/web.git", "https://example.org/web.git"),
            Map.entry("https://example.org/web.git?private_token=x", "https://example.org/web.git"),
            Map.entry("https://ann:x@example.org/web@1.git?token=a@b#c", "https://example.org/web@1.git"),
            Map.entry("scm:git:https://ann:token@example.org/web.git", "https://example.org/web.git"),
            Map.entry("scm:svn:http://example.org/svn/web", "http://example.org/svn/web"),
            Map.entry("git@example.org:team/web.git", "git@example.org:team/web.git"),
            Map.entry("scm:git:git@example.org:team/web.git", "git@example.org:team/web.git"),
            Map.entry("ssh://git@example.org:22/web.git", "ssh://example.org:22/web.git"),
            // paths of this machine
            Map.entry("/srv/git/web.git", ""),
            Map.entry("../web", ""),
            Map.entry("file:///srv/git/web.git", ""),
            Map.entry("scm:git:file:///srv/git/web.git", ""),
            Map.entry("", ""));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void addressesHaveNoCredentials_andPathsAreNone() {
        ADDRESSES.forEach((written, shown) -> assertEquals(
                written, Optional.of(shown).filter(text -> !text.isEmpty()), ScmCheckout.publicAddress(written)));
    }

    @Test
    public void aCheckoutHasRevisionAndAddress() throws Exception {
        Path project = checkout();
        git(project, "remote", "add", "origin", "https://ann:secret@example.org/web.git");
        ProjectOrigin origin = origin(Files.createDirectories(project.resolve("image")), "com.example:web:1", null);
        assertNotNull(origin);
        assertEquals(git(project, "rev-parse", "HEAD"), origin.scmRevision());
        assertEquals("https://example.org/web.git", origin.scmUrl());
        assertEquals("com.example:web:1", origin.coordinates());
    }

    @Test
    public void theProjectsOwnAddressGoesFirst() throws Exception {
        Path project = checkout();
        git(project, "remote", "add", "origin", "https://example.org/fork.git");
        ProjectOrigin origin = origin(project, null, "https://example.org/web");
        assertNotNull(origin);
        assertEquals("https://example.org/web", origin.scmUrl());
    }

    @Test
    public void whatIsNoPartOfACheckoutHasNoRevision() throws Exception {
        assertNull(origin(folder.newFolder("plain").toPath(), null, null));
        Path fresh = folder.newFolder("fresh").toPath();
        git(fresh, "init", "--quiet");
        assertNull(origin(fresh, null, null));
        Path project = checkout();
        Files.writeString(project.resolve(".gitignore"), "target/\n");
        assertNull(origin(Files.createDirectories(project.resolve("target/it/project")), null, null));
    }

    private static @Nullable ProjectOrigin origin(Path directory, @Nullable String coordinates, @Nullable String url) {
        return new ScmCheckout(directory, new ProcessExec()).origin(coordinates, url);
    }

    private Path checkout() throws Exception {
        Path project = folder.newFolder().toPath();
        git(project, "init", "--quiet");
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        git(project, "add", "pom.xml");
        git(
                project,
                "-c",
                "user.name=ann",
                "-c",
                "user.email=ann@example.org",
                "commit",
                "--quiet",
                "--message",
                "first");
        return project;
    }

    private static String git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("git", "-C", directory.toString()));
        argv.addAll(List.of(arguments));
        Process git = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(output, 0, git.waitFor());
        return output;
    }
}
