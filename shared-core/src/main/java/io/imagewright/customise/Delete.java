package io.imagewright.customise;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/** {@code delete}: removes a file, a link, or a directory with all below. */
record Delete(GuestPath path) implements Action {

    @Override
    public List<Change> plan(Target target) {
        GuestPath place = target.at(path);
        if (target.guest().stat(place).isEmpty()) {
            target.warn("There is no " + place + " to delete. Patterns such as * are names here.");
            return List.of();
        }
        return List.of(new Change.DeleteTree(place));
    }
}
