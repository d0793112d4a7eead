package io.imagewright.guest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.imagewright.exec.Command;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.direct.ExtTools;

/** A guest with given files in an ext4 file system made by mke2fs and the direct engine, checked by e2fsck. */
public final class Ext4Guest {

    /** Bytes of the file system. */
    public static final long SIZE = 96 << 20;

    private static final ProcessExec EXEC = new ProcessExec();
    private static final ExtTools ENGINE = new ExtTools(EXEC, TreeBuilder.MODIFIED);

    private Ext4Guest() {}

    /** Makes it in this file. */
    public static void make(Path file, Consumer<TreeBuilder> content) {
        TreeBuilder tree = new TreeBuilder();
        content.accept(tree);
        run("mke2fs", "-q", "-F", "-t", "ext4", file.toString(), SIZE / 1024 + "k");
        try (Guest guest = open(file)) {
            for (TreeBuilder.Item item : tree.items()) {
                guest.apply(changes(item));
            }
        }
        setTimes(file, tree);
    }

    /** Opens it for writing with the direct engine. */
    public static Guest open(Path file) {
        return ENGINE.open(Map.of(GuestPath.ROOT, new VolumeFile(file, 0, "partition 1 (ext4)")), true);
    }

    /** Fails when e2fsck finds errors. */
    public static void requireSound(Path file) {
        run("e2fsck", "-fn", file.toString());
    }

    private static List<Change> changes(TreeBuilder.Item item) {
        List<Change> changes = new ArrayList<>();
        GuestPath path = item.path();
        switch (item.kind()) {
            case DIRECTORY ->
                changes.add(new Change.MakeDirectory(path, item.permissions(), item.owner(), item.group()));
            case FILE ->
                changes.add(new Change.Write(path, item.content(), item.permissions(), item.owner(), item.group()));
            case SYMLINK ->
                changes.add(new Change.SymbolicLink(path, item.content().display()));
            case HARD_LINK -> changes.add(new Change.HardLink(path, Objects.requireNonNull(item.existing())));
        }
        item.xattrs().forEach((name, value) -> changes.add(new Change.SetXattr(path, name, value)));
        return changes;
    }

    private static void setTimes(Path file, TreeBuilder tree) {
        for (TreeBuilder.Item item : tree.items()) {
            if (item.modified() != TreeBuilder.MODIFIED) {
                run(
                        "debugfs",
                        "-w",
                        "-R",
                        "set_inode_field " + item.path() + " mtime @" + item.modified(),
                        file.toString());
            }
        }
    }

    private static void run(String... argv) {
        ExecResult result = EXEC.run(new Command(List.of(argv), Map.of(), Limits.ofTime(Duration.ofMinutes(2))));
        if (result.exitCode() != 0) {
            throw new AssertionError(
                    List.of(argv) + " ended with " + result.exitCode() + ": " + result.stdout() + result.stderr());
        }
    }
}
