package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;

/** Mode and owner that the user asks for, each of them or not. */
record Attributes(Optional<Integer> mode, Optional<Owner> owner) {

    /** Makes the change that gives a file its content. */
    interface Content {
        Change to(GuestPath path, int permissions, int owner, int group);
    }

    /** Writes a file: the missing directories above it, the content, and for a file that is there already the attributes. */
    List<Change> write(Target target, GuestPath path, Content content) {
        List<Change> changes = new ArrayList<>(target.parents(path));
        Owner.Ids ids = ids(target);
        changes.add(content.to(path, mode.orElse(Change.DEFAULT_FILE_MODE), ids.userOr(0), ids.groupOr(0)));
        target.find(path).ifPresent(there -> changes.addAll(set(target, there, ids)));
        return changes;
    }

    /** Sets what differs on what is there. */
    List<Change> set(Target target, Entry there) {
        return set(target, there, ids(target));
    }

    /** Refuses mode and owner where the guest has none. */
    void requireUsable(Target target) {
        if (mode.isPresent() || owner.isPresent()) {
            target.refuseWindows("leave mode and owner out: Windows has access lists");
        }
    }

    Owner.Ids ids(Target target) {
        return owner.map(name -> name.in(target)).orElse(new Owner.Ids(Optional.empty(), Optional.empty()));
    }

    private List<Change> set(Target target, Entry there, Owner.Ids ids) {
        List<Change> changes = new ArrayList<>();
        if (target.facts().isWindows()) {
            return changes; // what an engine shows there is not the guest's
        }
        // chown(2) clears setuid and setgid, so as with programs the owner comes first
        if (ids.differFrom(there.stat())) {
            changes.add(new Change.SetOwner(
                    there.path(),
                    ids.userOr(there.stat().owner()),
                    ids.groupOr(there.stat().group())));
        }
        mode.filter(wanted -> wanted != there.stat().permissions())
                .ifPresent(wanted -> changes.add(new Change.SetPermissions(there.path(), wanted)));
        return changes;
    }
}
