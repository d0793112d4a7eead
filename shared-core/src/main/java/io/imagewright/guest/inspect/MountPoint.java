package io.imagewright.guest.inspect;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;

/** Mount points as fstab writes them, to canonical paths. */
final class MountPoint {

    /** Components; more is not taken for a mount point. */
    private static final int MAX_DEPTH = 64;

    private MountPoint() {}

    /**
     * Where a process whose root is the guest's root file system gets to; {@code ..} and links stay inside. What is not there keeps its name: it may come
     * with another file system, or be made at boot.
     *
     * @param text one character a byte
     * @return empty when it is no directory, or too deep
     */
    static Optional<GuestPath> canonical(GuestTree root, String text) {
        String[] names = text.split("/", MAX_DEPTH + 1);
        if (names.length > MAX_DEPTH || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        GuestPath at = GuestPath.ROOT;
        for (String name : names) {
            if (name.equals("..")) {
                at = at.parent().orElse(GuestPath.ROOT);
            } else if (!name.isEmpty() && !name.equals(".")) {
                GuestPath next = at.child(name.getBytes(StandardCharsets.ISO_8859_1));
                at = root.resolve(next).orElse(next);
            }
        }
        Optional<FileStat> stat = root.stat(at);
        return stat.isEmpty() || stat.get().isDirectory() ? Optional.of(at) : Optional.empty();
    }
}
