package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Path;

import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class FreeSpaceTest {

    private static final long TOO_MUCH = 1L << 60;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Both directories on one file system: the advice is about the one whose files do not fit. */
    @Test
    public void advisesWhatHelps() throws IOException {
        Path work = folder.newFolder("work").toPath();
        Path output = folder.newFolder("output").toPath();
        refused(work, TOO_MUCH, output, 0, work, "tmpdir");
        refused(work, 0, output, TOO_MUCH, output, "output.directory");
        refused(work, TOO_MUCH, output, TOO_MUCH, output, "output.directory");
        FreeSpace.require(work, 0, output, 0);
    }

    private static void refused(Path work, long copies, Path output, long outputs, Path named, String advice) {
        ImageException refusal =
                assertThrows(ImageException.class, () -> FreeSpace.require(work, copies, output, outputs));
        assertTrue(refusal.getMessage(), refusal.getMessage().startsWith("Not enough space in " + named + ":"));
        assertTrue(refusal.getMessage(), refusal.next().toString().contains(advice));
        assertEquals(
                refusal.getMessage(),
                advice.equals("tmpdir"),
                refusal.next().toString().contains("tmpdir"));
    }
}
