package io.imagewright.sysprep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

public class ParameterFilesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private String digest(Map<String, String> written) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Operations operations = Operations.load(ParameterFilesTest.class.getClassLoader());
        ParameterFiles.digest(
                ParameterValues.of(operations, written, folder.getRoot().toPath()), digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    public void contentAndNamesOfFiles_arePartOfTheDigest() throws IOException, NoSuchAlgorithmException {
        Path drivers = folder.newFolder("virtio", "w10").toPath();
        Path file = Files.writeString(drivers.resolve("a.sys"), "1");
        Map<String, String> written = Map.of("virtio", "virtio", "default_user", "virtio");
        String first = digest(written);
        assertEquals(first, digest(written));
        assertNotEquals(first, digest(Map.of()));
        Files.writeString(file, "2");
        String second = digest(written);
        assertNotEquals(first, second);
        Files.move(file, drivers.resolve("b.sys"));
        assertNotEquals(second, digest(written));
    }

    @Test
    public void relativePaths_startAtTheProject() throws IOException {
        Files.writeString(folder.getRoot().toPath().resolve("answers.xml"), "<unattend/>");
        Operations operations = Operations.load(ParameterFilesTest.class.getClassLoader());
        ParameterValues values = ParameterValues.of(
                operations, Map.of("unattend", "answers.xml"), folder.getRoot().toPath());
        assertEquals(List.of(folder.getRoot().toPath().resolve("answers.xml").toString()), values.value("unattend"));
        assertEquals(List.of(""), values.value("virtio"));
    }
}
