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

    /** Of the drive with this index; libguestfs takes letters only. */
    static String label(int index) {
        StringBuilder label = new StringBuilder("disk");
        for (char digit : String.valueOf(index).toCharArray()) {
            label.append((char) ('a' + digit - '0'));
        }
        return label.toString();
    }

    static String device(String label) {
        return "/dev/disk/guestfs/" + label;
    }
}
