package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.disk.Extent;
import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;
import io.imagewright.exec.Accelerator;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.Ext4Guest;
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

    private static final int NUMBER = 1;
    private static Path disk = Path.of("unset");
    private static Appliance appliance;
    private static VolumeMounts mounts;

    @BeforeClass
    public static void launch() throws IOException {
        disk = FOLDER.getRoot().toPath().resolve("disk");
        SparseFile.create(disk, Ext4Guest.SIZE).close();
        Drive drive = new Drive(disk, false, "disk");
        appliance = Appliance.launch(
                GuestfsFiles.find(System.getenv()),
                ApplianceSettings.DEFAULT,
                Accelerator.find(new ProcessExec(), System.getenv()),
                List.of(drive),
                FOLDER.getRoot().toPath(),
                LaunchListener.NONE);
        mounts = new VolumeMounts(
                appliance, Map.of(NUMBER, new VolumeMounts.Device(drive.device(), "ext4", "", "partition 1 (ext4)")));
    }

    @AfterClass
    public static void shutDown() {
        if (appliance != null) {
            appliance.close();
        }
    }

    /** Made by the direct engine, which is quick, and put where the appliance has its drive. */
    @Override
    protected Guest guest(Consumer<TreeBuilder> content) throws Exception {
        mounts.unmount(NUMBER);
        Path made = FOLDER.newFile().toPath();
        Ext4Guest.make(made, content);
        try (SparseFile in = SparseFile.openRead(made);
                SparseFile out = SparseFile.openWrite(disk)) {
            SparseCopy.copyWhole(in, List.of(new Extent(0, Ext4Guest.SIZE)), out, 0, done -> {});
        }
        appliance.run(new BashScript().line("blockdev --flushbufs " + Drive.device("disk")));
        mounts.changed(NUMBER);
        return open();
    }

    @Override
    protected Guest reopen(Guest guest) {
        guest.close();
        Ext4Guest.requireSound(disk);
        return open();
    }

    private static Guest open() {
        return new LibguestfsGuest(
                appliance, mounts, new MountedVolumes(Map.of(GuestPath.ROOT, NUMBER)), true, TreeBuilder.MODIFIED);
    }
}
