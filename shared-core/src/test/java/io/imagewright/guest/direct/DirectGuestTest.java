package io.imagewright.guest.direct;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.imagewright.guest.Change;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestContract;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeBuilder;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** The direct engine on an ext4 file system made by mke2fs, checked by e2fsck whenever it is opened again. */
public class DirectGuestTest extends GuestContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final DirectEngine engine = new DirectEngine(ExtFixture.EXEC, TreeBuilder.MODIFIED);
    private Path file = Path.of("unset");

    @Override
    protected Guest guest(Consumer<TreeBuilder> content) throws Exception {
        TreeBuilder tree = new TreeBuilder();
        content.accept(tree);
        file = folder.newFile().toPath();
        ExtFixture.run("mke2fs", "-q", "-F", "-t", "ext4", file.toString(), "96M");
        try (Guest guest = open()) {
            for (TreeBuilder.Item item : tree.items()) {
                guest.apply(make(item));
            }
        }
        setTimes(tree);
        return open();
    }

    @Override
    protected Guest reopen(Guest guest) {
        guest.close();
        ExtFixture.run("e2fsck", "-fn", file.toString());
        return open();
    }

    private Guest open() {
        return engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), true);
    }

    private static List<Change> make(TreeBuilder.Item item) {
        List<Change> changes = new ArrayList<>();
        GuestPath path = item.path();
        switch (item.kind()) {
            case DIRECTORY ->
                changes.add(new Change.MakeDirectory(path, item.permissions(), item.owner(), item.group()));
            case FILE ->
                changes.add(new Change.Write(path, item.content(), item.permissions(), item.owner(), item.group()));
            case SYMLINK ->
                changes.add(new Change.SymbolicLink(path, item.content().display()));
            case HARD_LINK -> changes.add(new Change.HardLink(path, java.util.Objects.requireNonNull(item.existing())));
        }
        item.xattrs().forEach((name, value) -> changes.add(new Change.SetXattr(path, name, value)));
        return changes;
    }

    private void setTimes(TreeBuilder tree) {
        for (TreeBuilder.Item item : tree.items()) {
            if (item.modified() != TreeBuilder.MODIFIED) {
                ExtFixture.run(
                        "debugfs",
                        "-w",
                        "-R",
                        "set_inode_field " + item.path() + " mtime @" + item.modified(),
                        file.toString());
            }
        }
    }
}
