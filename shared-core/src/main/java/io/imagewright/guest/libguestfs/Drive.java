package io.imagewright.guest.libguestfs;

import java.nio.file.Path;

/**
 * A file that the appliance sees as a disk.
 *
 * @param label letters; the device is {@code /dev/disk/guestfs/<label>}
 */
record Drive(Path file, boolean readOnly, String label) {

    String device() {
        return device(label);
    }

    static String device(String label) {
        return "/dev/disk/guestfs/" + label;
    }
}
