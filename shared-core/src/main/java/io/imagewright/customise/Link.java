package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;

/** {@code link}: makes a symbolic link, in place of a file or link that is there, not of a directory. */
record Link(GuestPath path, String target) implements Action {

    @Override
    public List<Change> plan(Target guest) {
        guest.refuseWindows("write or copy the file itself");
        GuestPath place = guest.at(path);
        if (guest.guest().readLink(place).filter(Bytes.of(target)::equals).isPresent()) {
            return List.of();
        }
        if (guest.guest().stat(place).filter(FileStat::isDirectory).isPresent()) {
            throw Target.refused(place + " of the guest is a directory", "Delete it there first.");
        }
        List<Change> changes = new ArrayList<>(guest.parents(place));
        changes.add(new Change.SymbolicLink(place, target));
        return changes;
    }
}
