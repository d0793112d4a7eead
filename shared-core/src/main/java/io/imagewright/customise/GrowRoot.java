package io.imagewright.customise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.inspect.GrowRootService;

/**
 * {@code growRoot}: a service of the guest's own init that makes the last partition and its file system fill the disk. It
 * looks at each boot whether there is room, as a disk may be enlarged at any time, and keeps no state but a tag of
 * LVM while its work there is half done. What the program needs of the guest's tools is checked here.
 */
record GrowRoot() implements Action {

    /** Under a name that SELinux policies let services run: everything below /usr/libexec is bin_t. */
    private static final GuestPath PROGRAM = GuestPath.of("/usr/libexec/" + GrowRootService.NAME);

    @Override
    public List<Change> plan(Target target) {
        target.refuseWindows(
                "extend the volume in an answer file (ExtendOSPartition), or with diskpart in a firstboot script");
        target.requireLinux();
        GrownVolume grown = GrownVolume.of(target.facts());
        grown.requireTools(target);
        List<Change> changes = new ArrayList<>(target.parents(PROGRAM));
        changes.add(new Change.Write(PROGRAM, program(), 0755, 0, 0));
        changes.addAll(GrowRootInit.of(target)
                .install(target, PROGRAM + " " + grown.mount().point()));
        return changes;
    }

    private static Bytes program() {
        try (InputStream script =
                Objects.requireNonNull(GrowRoot.class.getResourceAsStream("grow-root.sh"), "a part of this jar")) {
            return Bytes.of(script.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
