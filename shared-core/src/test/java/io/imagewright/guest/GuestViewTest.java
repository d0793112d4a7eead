package io.imagewright.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class GuestViewTest {

    private static final Set<GuestPath> MOUNTS = Set.of(GuestPath.of("/m"), GuestPath.of("/b/b"));

    private static void content(TreeBuilder t) {
        t.file("/a/a", "0123").file("/a/b", "x").hardLink("/b/a", "/a/a").hardLink("/c", "/a/a");
        t.symlink("/l", "a")
                .symlink("/a/up", "../b")
                .dir("/m")
                .file("/m/a", "on m")
                .hardLink("/m/b", "/m/a");
        t.dir("/a/c/a").file("/b/b/c", "deep").xattr("user.x", Bytes.of("1")).symlink("/b/l", "/nowhere");
    }

    @Test
    public void showsWhatTheGuestWouldShow_afterAnySequenceOfChanges() {
        for (int seed = 0; seed < 100; seed++) {
            MemoryGuest base = MemoryGuest.of(MOUNTS, GuestViewTest::content);
            MemoryGuest model = MemoryGuest.of(MOUNTS, GuestViewTest::content);
            Map<String, String> before = base.snapshot();
            GuestView view = new GuestView(base, MOUNTS);
            Random random = new Random(seed);
            List<Change> done = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                Change change = randomChange(random);
                assertEquals(
                        "seed " + seed + " refusal of " + change + " after " + done,
                        refuses(() -> model.apply(List.of(change))),
                        refuses(() -> view.add(List.of(change))));
                done.add(change);
                assertEquals("seed " + seed + " after " + done, picture(model), picture(view));
            }
            assertEquals("the base is never changed", before, base.snapshot());
        }
    }

    private static boolean refuses(Runnable work) {
        try {
            work.run();
            return false;
        } catch (ImageException e) {
            return true;
        }
    }

    private static GuestPath randomPath(Random random) {
        GuestPath path = GuestPath.ROOT;
        String[] names = {"a", "b", "c", "l", "m", "up"};
        for (int depth = random.nextInt(3); depth >= 0; depth--) {
            path = path.child(names[random.nextInt(names.length)]);
        }
        return path;
    }

    private static Change randomChange(Random random) {
        GuestPath path = randomPath(random);
        return switch (random.nextInt(13)) {
            case 0 -> new Change.Delete(path);
            case 1 -> random.nextInt(3) == 0 ? new Change.DeleteTree(path) : new Change.Delete(path);
            case 2 -> new Change.Scrub(path);
            case 3 -> new Change.Truncate(path, random.nextInt(8));
            case 4, 5 -> new Change.Write(path, Bytes.of("w" + random.nextInt(10)), 0600, 1, 2);
            case 6, 7 -> new Change.MakeDirectory(path, 0711, 3, 4);
            case 8 -> new Change.HardLink(path, randomPath(random));
            case 9 ->
                new Change.SymbolicLink(
                        path, random.nextBoolean() ? randomPath(random).toString() : "../a");
            case 10 -> new Change.SetPermissions(path, random.nextInt(07777));
            case 11 -> new Change.SetOwner(path, random.nextInt(9), random.nextInt(9));
            default ->
                random.nextBoolean()
                        ? new Change.SetXattr(path, "user.x", Bytes.of("" + random.nextInt(9)))
                        : new Change.RemoveXattr(path, "user.x");
        };
    }

    /** All that a guest shows, but inode numbers, and link counts and sizes of directories. */
    private static Map<String, Object> picture(GuestTree tree) {
        Map<String, Object> picture = new TreeMap<>();
        List<Entry> all = tree.walk(GuestPath.ROOT);
        for (Entry entry : all) {
            FileStat s = entry.stat();
            GuestPath path = entry.path();
            picture.put(
                    path.toString(),
                    List.of(
                            s.type(),
                            s.permissions(),
                            s.owner(),
                            s.group(),
                            s.isDirectory() ? 0 : s.size(),
                            s.modified(),
                            s.isDirectory() ? 0 : s.links(),
                            tree.xattrs(path),
                            tree.readLink(path),
                            tree.stat(path).equals(Optional.of(s)),
                            s.isRegular()
                                    ? tree.read(List.of(path), 100).get(path).text()
                                    : "",
                            (s.isDirectory() ? tree.list(path) : List.<Entry>of())
                                    .stream().map(e -> e.path()).toList()));
        }
        for (String link : List.of("/l", "/l/up", "/a/up/b", "/b/l")) {
            picture.put("resolved " + link, resolved(tree, GuestPath.of(link)));
            picture.put("walked " + link, walked(tree, GuestPath.of(link)));
        }
        picture.put("order", all.stream().map(e -> e.path()).toList());
        return picture;
    }

    private static Object resolved(GuestTree tree, GuestPath path) {
        try {
            return tree.resolve(path);
        } catch (ImageException e) {
            return "circle";
        }
    }

    private static Object walked(GuestTree tree, GuestPath path) {
        try {
            return tree.walk(path).stream().map(e -> e.path()).toList();
        } catch (ImageException e) {
            return "circle";
        }
    }

    @Test
    public void keepsEarlierChanges_whenOneIsRefused() {
        GuestView view = new GuestView(MemoryGuest.of(t -> t.file("/a", "1")));
        assertThrows(
                ImageException.class,
                () -> view.add(List.of(
                        new Change.Delete(GuestPath.of("/a")),
                        Change.Write.of(GuestPath.of("/no/dir/file"), Bytes.EMPTY))));
        assertEquals(List.of(new Change.Delete(GuestPath.of("/a"))), view.changes());
        assertTrue(view.stat(GuestPath.of("/a")).isEmpty());
    }
}
