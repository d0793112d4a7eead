package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.ExtTools;

/**
 * Checks the ext2/3/4 file systems of the sources. Builds, plans and inspections make the same checks, where possible before anything is
 * copied.
 */
final class SourceCheck {

    private static final String STEP = "check";

    private final OpenedJob open;
    private boolean sound;

    SourceCheck(OpenedJob open) {
        this.open = open;
    }

    /**
     * Refuses, by their superblocks, file systems that no engine can work on.
     *
     * @param repair whether damaged superblocks are to be repaired instead
     * @throws io.imagewright.error.ImageException UNSUPPORTED or SOURCE, see {@link ExtTools#requireUsable}
     */
    static void requireUsable(WorkingDisks disks, boolean repair) {
        disks.volumes().stream()
                .filter(Volume::isExt)
                .forEach(volume -> ExtTools.requireUsable(disks.file(volume.partition()), volume.length(), repair));
    }

    /**
     * Checks the sources where they lie.
     *
     * @return whether that was possible; else a journal must be replayed, or errors repaired, in copies first
     */
    boolean sources() throws IOException {
        sound = !open.job().description().repair() && open.extVolumes().stream().allMatch(ExtTools::isSettled);
        if (sound) {
            List<VolumeFile> volumes = volumes();
            open.steps().perform(STEP, step -> volumes.forEach(open.ext()::requireSound));
        }
        return sound;
    }

    private List<VolumeFile> volumes() throws IOException {
        List<VolumeFile> volumes = new ArrayList<>();
        for (WorkingDisk disk : open.disks().all()) {
            // a name of our own for it: e2fsck takes what follows a question mark for options
            Path link = open.job().directories().work().resolve("source" + disk.index());
            Files.createSymbolicLink(link, disk.source().path());
            disk.volumes().stream()
                    .filter(Volume::isExt)
                    .map(volume -> disk.file(volume.partition()))
                    .map(file -> disk.isRaw() ? new VolumeFile(link, file.offset(), file.subject()) : file)
                    .forEach(volumes::add);
        }
        return volumes;
    }

    /** Replays the journals of the copies and checks them, unless their sources are known to be sound. */
    void copies() {
        if (!sound) {
            open.steps()
                    .perform(
                            STEP,
                            step -> open.extVolumes()
                                    .forEach(file -> open.ext()
                                            .settle(
                                                    file.file(),
                                                    file.subject(),
                                                    open.job().description().repair())));
        }
    }
}
