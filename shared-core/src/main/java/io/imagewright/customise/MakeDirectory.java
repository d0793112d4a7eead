package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;

/** {@code mkdir}: makes a directory and those above it; one that is there gets the mode and the owner that are asked for. */
record MakeDirectory(GuestPath path, Attributes attributes) implements Action {

    @Override
    public List<Change> plan(Target target) {
        attributes.requireUsable(target);
        GuestPath place = target.at(path);
        Optional<Entry> there = target.find(place);
        if (there.isPresent()) {
            if (!there.get().stat().isDirectory()) {
                throw Target.refused(place + " of the guest is a file", "Delete it there first.");
            }
            return attributes.set(target, there.get());
        }
        List<Change> changes = new ArrayList<>(target.parents(place));
        Owner.Ids ids = attributes.ids(target);
        changes.add(new Change.MakeDirectory(place, attributes.mode().orElse(0755), ids.userOr(0), ids.groupOr(0)));
        return changes;
    }
}
