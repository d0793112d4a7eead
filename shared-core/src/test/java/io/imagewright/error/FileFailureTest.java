package io.imagewright.error;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.imagewright.error.ImageException.Kind;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class FileFailureTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** No reason is the path alone. */
    @Test
    public void everyKindOfFailureHasItsReason() {
        Map<Exception, String> reasons = new LinkedHashMap<>();
        reasons.put(new NoSuchFileException("/a"), "/a: it does not exist");
        reasons.put(new AccessDeniedException("/a"), "/a: permission denied");
        reasons.put(new FileAlreadyExistsException("/a"), "/a: it exists already");
        reasons.put(new NotDirectoryException("/a"), "/a: it is not a directory");
        reasons.put(new DirectoryNotEmptyException("/a"), "/a: the directory is not empty");
        reasons.put(new FileSystemLoopException("/a"), "/a: FileSystemLoop");
        reasons.put(new FileSystemException("/a", null, "Input/output error"), "/a: Input/output error");
        reasons.put(new FileSystemException("/a\u001b[2J", null, "Is a directory"), "/a?[2J: Is a directory");
        reasons.put(new FileSystemException(null, null, "No space left on device"), "No space left on device");
        reasons.put(new IOException("the pipe broke"), "the pipe broke");
        reasons.put(new IOException(), "IOException");
        reasons.put(new UncheckedIOException(new NoSuchFileException("/a")), "/a: it does not exist");
        reasons.forEach((failure, reason) -> assertEquals(reason, FileFailure.reason(failure)));
    }

    private String unreadable(String name) throws IOException {
        Path file = folder.getRoot().toPath().resolve(name);
        IOException failure = assertThrows(IOException.class, () -> Files.readAllBytes(file));
        String message = String.valueOf(
                FileFailure.unreadable(Kind.SOURCE, file, failure).getMessage());
        return message.replace(folder.getRoot().toPath().toString(), "DIR");
    }

    @Test
    public void aMissingFileIsNamedOnce_withWhatIsThere() throws IOException {
        assertEquals(
                "Cannot read DIR/web-1.json: it does not exist. The directory DIR is empty.", unreadable("web-1.json"));
        folder.newFile("web-2.json");
        folder.newFile(".hidden");
        assertEquals(
                "Cannot read DIR/web-1.json: it does not exist. Did you mean DIR/web-2.json?",
                unreadable("web-1.json"));
        assertEquals(
                "Cannot read DIR/disk.raw: it does not exist. The directory DIR holds web-2.json.",
                unreadable("disk.raw"));
        assertEquals(
                "Cannot read DIR/no/such/disk.raw: it does not exist."
                        + " There is no directory DIR/no/such; the nearest one is DIR.",
                unreadable("no/such/disk.raw"));
        for (int i = 0; i < 9; i++) {
            folder.newFile("some-other-name" + i);
        }
        assertTrue(unreadable("disk.raw")
                .endsWith("holds some-other-name0, some-other-name1, some-other-name2,"
                        + " some-other-name3, some-other-name4 and others."));
    }

    @Test
    public void aDirectory_andALinkThatEndsNowhere() throws IOException {
        Files.createDirectory(folder.getRoot().toPath().resolve("dir"));
        assertEquals(
                "Cannot read DIR/dir: Is a directory. Check the file and the disk that it is on.", unreadable("dir"));
        Path root = folder.getRoot().toPath();
        Files.createSymbolicLink(root.resolve("round"), Path.of("round"));
        assertTrue(unreadable("round"), unreadable("round").contains("Too many levels of symbolic links"));
    }
}
