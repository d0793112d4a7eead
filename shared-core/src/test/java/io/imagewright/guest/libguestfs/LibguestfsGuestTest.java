package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.imagewright.disk.SparseFile;
import io.imagewright.guest.Change;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestContract;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeBuilder;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.rules.TemporaryFolder;

/** The engine libguestfs on an ext4 file system, in one appliance for all tests; e2fsck looks at it whenever it is opened again. */
public class LibguestfsGuestTest extends GuestContract {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final Drive DISK = new Drive(Path.of("unset"), false, "disk");
    private static Appliance appliance;

    @BeforeClass
    public static void launch() throws IOException {
        Path disk = FOLDER.newFile().toPath();
        disk.toFile().delete();
        SparseFile.create(disk, 96 << 20).close();
        appliance = Appliance.launch(
                GuestfsFiles.find(System.getenv()),
                ApplianceSettings.ordinary(true),
                List.of(new Drive(disk, false, DISK.label())),
                FOLDER.getRoot().toPath());
    }

    @AfterClass
    public static void shutDown() {
        if (appliance != null) {
            appliance.close();
        }
    }

    @Override
    protected Guest guest(Consumer<TreeBuilder> content) {
        TreeBuilder tree = new TreeBuilder();
        content.accept(tree);
        appliance.run(new Script().line("mkfs.ext4 -q -F " + DISK.device()));
        List<Change> changes = new ArrayList<>();
        Script times = new Script();
        for (TreeBuilder.Item item : tree.items()) {
            changes.addAll(make(item));
            if (item.kind() == TreeBuilder.Kind.FILE) {
                times.line("touch -m -d @" + item.modified() + " " + VOLUMES.word(item.path()));
            }
        }
        Guest guest = open();
        guest.apply(changes);
        appliance.run(times);
        guest.close();
        return open();
    }

    @Override
    protected Guest reopen(Guest guest) {
        guest.close();
        appliance.run(new Script().line("e2fsck -fn " + DISK.device() + " >&2"));
        return open();
    }

    private static final MountedVolumes VOLUMES = new MountedVolumes(Map.of(GuestPath.ROOT, "/v/disk"));

    private static Guest open() {
        appliance.run(new Script()
                .line("mkdir -p /v/disk")
                .line("mount -o noatime,nodev,nosuid,noexec " + DISK.device() + " /v/disk"));
        return new LibguestfsGuest(
                appliance,
                VOLUMES,
                TreeBuilder.MODIFIED,
                () -> appliance.run(new Script().line("umount /v/disk || mountpoint -q /v/disk || true")));
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
            case HARD_LINK -> changes.add(new Change.HardLink(path, Objects.requireNonNull(item.existing())));
        }
        item.xattrs().forEach((name, value) -> changes.add(new Change.SetXattr(path, name, value)));
        return changes;
    }
}
