package io.imagewright.boot;

import java.nio.file.Path;
import java.util.List;

import io.imagewright.api.BootSettings;

/**
 * What is to be started.
 *
 * @param disks image files of the guest's disks, in its order
 * @param format of all of them, as {@link io.imagewright.disk.SourceImage#open} takes it
 * @param isWindows whether the guest is a Windows, which lacks drivers for qemu's own devices
 * @param awaited what shows that it is up
 * @param log file for what the serial console said, should the guest not come up
 * @param screenshot file for a picture of the screen then, PNG
 */
public record BootRequest(
        List<Path> disks,
        String format,
        boolean isWindows,
        BootSettings settings,
        Awaited awaited,
        Path log,
        Path screenshot) {

    /** Copies the list. */
    public BootRequest {
        disks = List.copyOf(disks);
    }
}
