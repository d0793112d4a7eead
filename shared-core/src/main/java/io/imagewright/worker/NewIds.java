package io.imagewright.worker;

import java.io.IOException;
import java.util.List;

import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.VolumeId;
import io.imagewright.guest.direct.DirectEngine;
import io.imagewright.progress.Steps;

/** Gives working copies the ids that operations asked for. */
final class NewIds {

    private NewIds() {}

    /** Sets them, of file systems whose directories were rewritten just now. */
    static void set(WorkingDisks disks, DirectEngine engine, List<VolumeId> ids, Steps steps) throws IOException {
        if (ids.isEmpty()) {
            return;
        }
        steps.perform("uuids", step -> {
            for (VolumeId id : ids) {
                set(disks, engine, id);
            }
            step.detail(ids.size() + " volumes");
        });
    }

    private static void set(WorkingDisks disks, DirectEngine engine, VolumeId id) throws IOException {
        VolumeFile file = disks.file(id.partition());
        boolean isExt = disks.volumes().stream()
                .filter(volume -> volume.partition() == id.partition())
                .anyMatch(Volume::isExt);
        if (isExt) {
            engine.setUuid(file.file(), file.subject(), id.uuid());
        } else {
            disks.of(id.partition()).setSwapUuid(id.partition(), id.uuid());
        }
    }
}
