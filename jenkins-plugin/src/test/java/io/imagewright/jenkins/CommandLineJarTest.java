package io.imagewright.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** What an agent does with the copy. */
@SuppressWarnings("NullAway") // there is no channel
public class CommandLineJarTest {

    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void onlyAWholeCopyGetsTheName() throws IOException {
        Path part = folder.newFile("jar.1.part").toPath();
        Path jar = part.resolveSibling("jar");
        Files.writeString(part, "ab");
        assertFalse(new CommandLineJar.Adopt("jar", OF_ABC).invoke(part.toFile(), null));
        assertFalse(new CommandLineJar.IsWhole(OF_ABC).invoke(jar.toFile(), null));
        Files.writeString(part, "abc");
        assertTrue(new CommandLineJar.Adopt("jar", OF_ABC).invoke(part.toFile(), null));
        assertTrue(new CommandLineJar.IsWhole(OF_ABC).invoke(jar.toFile(), null));
        assertFalse(Files.exists(part));
        Files.writeString(jar, "abd");
        assertFalse(new CommandLineJar.IsWhole(OF_ABC).invoke(jar.toFile(), null));
    }

    @Test
    public void theSecondNameIsTheSameFile_whicheverBuildComesFirst() throws IOException {
        Path jar = folder.newFile("jar").toPath();
        Files.writeString(jar, "abc");
        Path second = folder.getRoot().toPath().resolve("job@tmp/jar");
        assertTrue(new CommandLineJar.SecondName(jar.toString(), OF_ABC).invoke(second.toFile(), null));
        assertTrue(new CommandLineJar.SecondName(jar.toString(), OF_ABC).invoke(second.toFile(), null));
        assertEquals("abc", Files.readString(second));
        assertTrue(Files.isSameFile(jar, second));
        Files.delete(second);
        Files.writeString(second, "abd");
        assertTrue(new CommandLineJar.SecondName(jar.toString(), OF_ABC).invoke(second.toFile(), null));
        assertEquals("abc", Files.readString(second));
    }
}
