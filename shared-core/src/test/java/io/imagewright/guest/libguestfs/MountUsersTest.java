package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

public class MountUsersTest {

    /** How a process may use a directory, as the start of its command. */
    private static final List<String> USES = List.of("cd \"$1\"", "exec 7> \"$1/open\"", "exec > \"$1/log\"");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whoUsesIt_isNamed_withCommandAndProcess() throws Exception {
        for (String use : USES) {
            Path top = folder.newFolder().toPath();
            assertEquals(List.of(), MountUsers.of(top));
            Process process = new ProcessBuilder("sh", "-c", use + "; exec sleep 60", "sh", top.toString()).start();
            try {
                String expected = "sleep (process " + process.pid() + ")";
                for (int i = 0; i < 100 && !List.of(expected).equals(MountUsers.of(top)); i++) {
                    Thread.sleep(50);
                }
                assertEquals(use, List.of(expected), MountUsers.of(top));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    public void aNameThatOnlyBeginsAlike_isNotBelow() throws IOException, InterruptedException {
        Path top = folder.newFolder("mount").toPath();
        Path other = Files.createDirectory(top.resolveSibling("mount2"));
        Process process =
                new ProcessBuilder("sleep", "60").directory(other.toFile()).start();
        try {
            assertEquals(List.of(), MountUsers.of(top));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
