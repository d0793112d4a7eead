package io.imagewright.customise;

import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/** {@code chmod}: sets the mode of a file or directory, links followed. */
record ChangeMode(GuestPath path, int mode) implements Action {

    @Override
    public List<Change> plan(Target target) {
        target.refuseWindows("leave the mode out: Windows has access lists");
        return new Attributes(Optional.of(mode), Optional.empty()).set(target, target.existing(path));
    }
}
