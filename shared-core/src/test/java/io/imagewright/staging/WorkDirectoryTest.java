package io.imagewright.staging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class WorkDirectoryTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path top() {
        return folder.getRoot().toPath();
    }

    /** A build that failed or was stopped leaves no empty output directory. */
    @Test
    public void whatWasMadeForItAndIsEmptyGoesWithIt() {
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory staging = cleanup.create(top().resolve("target/image"));
            WorkDirectory work = cleanup.create(top().resolve("target/image"));
            assertTrue(Files.isDirectory(staging.path()) && Files.isDirectory(work.path()));
        }
        assertFalse(Files.exists(top().resolve("target")));
    }

    @Test
    public void whatExisted_orHoldsAnImage_stays() throws IOException {
        Files.createDirectory(top().resolve("empty"));
        WorkDirectory.create(top().resolve("empty")).close();
        assertTrue(Files.isDirectory(top().resolve("empty")));
        WorkDirectory finished = WorkDirectory.create(top().resolve("new/out"));
        Files.createFile(top().resolve("new/out/web-1.qcow2"));
        finished.close();
        assertTrue(Files.exists(top().resolve("new/out/web-1.qcow2")));
    }

    @Test
    public void aFileSystemWithoutNewFiles_isRefusedInOurWords() {
        ImageException failure = assertThrows(
                ImageException.class,
                () -> WorkDirectory.create(Path.of("/proc")).close());
        assertEquals(
                "Cannot write to /proc: its file system takes no new files. Make the directory writable or choose another one.",
                failure.getMessage());
    }
}
