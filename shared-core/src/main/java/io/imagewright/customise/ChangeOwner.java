package io.imagewright.customise;

import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/** {@code chown}: sets owner and group of a file or directory, links followed. */
record ChangeOwner(GuestPath path, Owner owner) implements Action {

    @Override
    public List<Change> plan(Target target) {
        target.refuseWindows("leave the owner out: Windows has access lists");
        return new Attributes(Optional.empty(), Optional.of(owner)).set(target, target.existing(path));
    }
}
