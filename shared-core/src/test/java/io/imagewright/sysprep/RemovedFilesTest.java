package io.imagewright.sysprep;

import java.util.List;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class RemovedFilesTest {

    private final MemoryGuest guest = MemoryGuest.of(tree -> tree.file("/home/ann/.history", "x".repeat(30))
            .file("/home/ann/work/secret-plan", "x".repeat(200))
            .symlink("/home/ann/work/link", "secret-plan")
            .file("/home/bob/.history", "x".repeat(10))
            .file("/var/log/syslog", "x".repeat(100))
            .file("/var/log/short", "x"));

    private Removed removed(List<Change> operation, Change... later) {
        RemovedFiles counted = new RemovedFiles();
        operation.forEach(change -> counted.count(guest, change));
        guest.apply(operation);
        guest.apply(List.of(later));
        return counted.in(guest);
    }

    private static GuestPath path(String path) {
        return GuestPath.of(path);
    }

    @Test
    public void deletedAndEmptiedFiles_count() {
        Removed removed = removed(List.of(
                new Change.Delete(path("/home/bob/.history")),
                new Change.Truncate(path("/var/log/syslog"), 40),
                new Change.Truncate(path("/var/log/short"), 40),
                new Change.Scrub(path("/home/ann/.history")),
                new Change.Delete(path("/not/there")),
                Change.Write.of(path("/var/log/new"), Bytes.of("web"))));
        assertEquals(new Removed(3, 100, List.of("/var/log", "/home/ann", "/home/bob")), removed);
    }

    @Test
    public void aTree_countsWithAllThatIsInIt_whereSomethingIsLeft() {
        assertEquals(new Removed(3, 230, List.of("/home")), removed(List.of(new Change.DeleteTree(path("/home/ann")))));
    }

    @Test
    public void whatALaterOperationTakesAway_isNotNamedEither() {
        assertEquals(
                new Removed(1, 30, List.of("/home")),
                removed(
                        List.of(new Change.Delete(path("/home/ann/.history"))),
                        new Change.DeleteTree(path("/home/ann"))));
    }

    @Test
    public void nothing() {
        assertEquals(Removed.NOTHING, removed(List.of()));
    }
}
