package io.imagewright.job;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.VolumeId;
import io.imagewright.guest.VolumeWork;
import io.imagewright.guest.direct.ExtTools;
import io.imagewright.progress.Steps;

/** Gives volumes the ids that operations asked for. */
final class NewIds {

    private final List<VolumeId> here;
    private final List<VolumeId> inAppliance;

    /** @param volumes of the disk, and in them */
    NewIds(List<VolumeId> ids, List<Volume> volumes) {
        Set<Integer> ours = volumes.stream()
                .filter(volume -> volume.isExt() || (volume.isSwap() && !volume.isInside()))
                .map(Volume::partition)
                .collect(Collectors.toSet());
        this.here = ids.stream().filter(id -> ours.contains(id.partition())).toList();
        this.inAppliance =
                ids.stream().filter(id -> !ours.contains(id.partition())).toList();
    }

    /** Sets those that only the engine can set; its file systems are clean. */
    void set(VolumeWork engine, Steps steps) {
        if (!inAppliance.isEmpty()) {
            steps.perform("appliance uuids", step -> {
                engine.identify(inAppliance);
                step.detail(inAppliance.size() + " volumes");
            });
        }
    }

    /** Sets those of working copies, of file systems whose directories were rewritten just now. */
    void set(WorkingDisks disks, ExtTools ext, Steps steps) throws IOException {
        if (here.isEmpty()) {
            return;
        }
        steps.perform("uuids", step -> {
            for (VolumeId id : here) {
                set(disks, ext, id);
            }
            step.detail(here.size() + " volumes");
        });
    }

    private static void set(WorkingDisks disks, ExtTools ext, VolumeId id) throws IOException {
        VolumeFile file = disks.file(id.partition());
        if (disks.isExt(id.partition())) {
            ext.setUuid(file.file(), file.subject(), id.uuid());
        } else {
            disks.of(id.partition()).setSwapUuid(id.partition(), id.uuid());
        }
    }
}
