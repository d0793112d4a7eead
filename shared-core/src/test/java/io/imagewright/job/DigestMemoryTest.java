package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.disk.Extent;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

public class DigestMemoryTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final List<Extent> EXTENTS = List.of(new Extent(0, 4096), new Extent(8192, 4096));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path source;
    private Path directory;
    private DigestMemory memory;

    @Before
    public void makeSource() throws IOException {
        source = folder.newFile("disk.raw").toPath();
        Files.writeString(source, "disk");
        directory = folder.getRoot().toPath().resolve("cache");
        memory = new DigestMemory(directory);
    }

    @Test
    public void remembers_whatDidNotChange() {
        assertEquals(Optional.empty(), memory.recall(identity()));
        memory.note(identity(), DIGEST);
        assertEquals(Optional.of(DIGEST), memory.recall(identity()));
    }

    @Test
    public void distinguishesOtherKindsExtentsAndFiles() throws IOException {
        String one = identity();
        assertNotEquals(
                one,
                DigestMemory.identity("other", List.of(source), EXTENTS, later())
                        .orElseThrow());
        assertNotEquals(
                one,
                DigestMemory.identity("extents", List.of(source), EXTENTS.subList(0, 1), later())
                        .orElseThrow());
        assertNotEquals(
                one,
                DigestMemory.identity("extents", List.of(source, source), EXTENTS, later())
                        .orElseThrow());
    }

    @Test
    public void changedContentIsNotTheSame_evenWithTheOldTime() throws IOException {
        String before = identity();
        FileTime time = Files.getLastModifiedTime(source);
        Files.writeString(source, "DISK");
        Files.setLastModifiedTime(source, time);
        assertEquals(
                "a moment after a change nothing is sure",
                Optional.empty(),
                DigestMemory.identity("extents", List.of(source), EXTENTS));
        assertNotEquals(before, identity());
    }

    @Test
    public void devicesAndMissingFilesHaveNoIdentity() {
        assertEquals(Optional.empty(), DigestMemory.identity("extents", List.of(Path.of("/dev/null")), EXTENTS));
        assertEquals(Optional.empty(), DigestMemory.identity("extents", List.of(directory.resolve("no")), EXTENTS));
    }

    @Test
    public void damagedNotesAreNoNotes() throws IOException {
        memory.note(identity(), DIGEST);
        Files.writeString(directory.resolve(identity()), DIGEST.replace('a', 'X'));
        assertEquals(Optional.empty(), memory.recall(identity()));
        Files.writeString(directory.resolve(identity()), "x".repeat(100_000));
        assertEquals(Optional.empty(), memory.recall(identity()));
    }

    @Test
    public void forgetsAfterMonths_andLeavesNoTemporaryFile() throws IOException {
        memory.note("0".repeat(64), DIGEST);
        Files.setLastModifiedTime(
                directory.resolve("0".repeat(64)), FileTime.from(Instant.now().minusSeconds(100L * 24 * 3600)));
        memory.note(identity(), DIGEST);
        try (var notes = Files.list(directory)) {
            assertEquals(List.of(directory.resolve(identity())), notes.toList());
        }
    }

    @Test
    public void aCacheThatCannotBeWrittenIsNoFailure() throws IOException {
        Path file = folder.newFile("in-the-way").toPath();
        DigestMemory blocked = new DigestMemory(file.resolve("cache"));
        blocked.note(identity(), DIGEST);
        assertFalse(blocked.recall(identity()).isPresent());
    }

    @Test
    public void liesInTheUsersCache() {
        DigestMemory.ofUser(Map.of("XDG_CACHE_HOME", directory.toString())).note(identity(), DIGEST);
        assertTrue(Files.exists(directory.resolve("imagewright/sources").resolve(identity())));
    }

    private String identity() {
        return DigestMemory.identity("extents", List.of(source), EXTENTS, later())
                .orElseThrow();
    }

    /** When the source is not fresh any more. */
    private static Instant later() {
        return Instant.now().plusSeconds(60);
    }
}
