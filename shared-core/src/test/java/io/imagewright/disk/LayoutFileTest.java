package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class LayoutFileTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void givesBackWhatWasWritten() throws Exception {
        DiskLayout layout = new DiskLayout(
                9L << 40,
                List.of(
                        new Piece(0, 512, Path.of("/a"), 7L << 33),
                        new Piece(512, 1, Path.of("/ü b"), 0),
                        new Piece(8L << 40, 1L << 40, Path.of("/a"), 0)));
        Path file = folder.getRoot().toPath().resolve("layout");
        LayoutFile.write(layout, file);
        assertEquals(layout, LayoutFile.read(file));
    }

    @Test
    public void refusesAFileThatWasCut() throws Exception {
        Path file = folder.getRoot().toPath().resolve("layout");
        LayoutFile.write(new DiskLayout(512, List.of(new Piece(0, 512, Path.of("/a"), 0))), file);
        byte[] bytes = Files.readAllBytes(file);
        Path cut = folder.newFile().toPath();
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertThrows(IOException.class, () -> LayoutFile.read(cut));
        Files.write(cut, new byte[64]);
        assertThrows(IOException.class, () -> LayoutFile.read(cut));
    }
}
