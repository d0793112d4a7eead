package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class GuestfsFilesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private GuestfsFiles find(Map<String, String> environment) {
        Path place = folder.getRoot().toPath();
        return GuestfsFiles.find(environment, List.of(place.resolve("nowhere"), place), List.of(place));
    }

    private Path file(String name) throws IOException {
        return Files.createFile(folder.getRoot().toPath().resolve(name));
    }

    @Test
    public void takesTheHighestVersion_byNumber() throws IOException {
        file("libguestfs-1.48.6.jar");
        Path newest = file("libguestfs-1.50.10.jar");
        file("libguestfs-1.50.9.jar");
        file("libguestfs-doc.jar");
        Path library = file("libguestfs_jni.so");
        assertEquals(new GuestfsFiles(newest, library), find(Map.of()));
    }

    @Test
    public void variablesWin() throws IOException {
        file("libguestfs-1.48.6.jar");
        file("libguestfs_jni.so");
        Path jar = file("mine.jar");
        Path library = file("mine.so");
        assertEquals(
                new GuestfsFiles(jar, library),
                find(Map.of(
                        GuestfsFiles.JAR_VARIABLE, jar.toString(), GuestfsFiles.LIBRARY_VARIABLE, library.toString())));
    }

    @Test
    public void saysWhatIsMissing_andWhatToInstall() throws IOException {
        ImageException jar = assertThrows(ImageException.class, () -> find(Map.of()));
        assertTrue(jar.getMessage(), jar.getMessage().contains("its Java classes"));
        assertTrue(jar.getMessage(), jar.getMessage().contains("Install the package libguestfs-java"));
        file("libguestfs-1.48.6.jar");
        ImageException library = assertThrows(ImageException.class, () -> find(Map.of()));
        assertTrue(library.getMessage(), library.getMessage().contains("its native library (libguestfs_jni.so)"));
        ImageException named =
                assertThrows(ImageException.class, () -> find(Map.of(GuestfsFiles.JAR_VARIABLE, "/no/such.jar")));
        assertTrue(named.getMessage(), named.getMessage().contains("which IMAGEWRIGHT_GUESTFS_JAR names, is no file"));
    }
}
