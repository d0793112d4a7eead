package io.imagewright.customise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.error.FileFailure;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;

/**
 * {@code copyIn}: copies a directory, or a file, into a directory under its own name; of a source with a slash at its end, what it
 * holds; never what builds write there. Links are copied as links. A directory of the guest that is there, or a link to one, is filled and keeps mode and owner.
 */
record CopyIn(HostFile source, GuestPath into, Optional<Owner> owner) implements Action {

    @Override
    public List<HostFile> hostFiles() {
        return List.of(source);
    }

    @Override
    public List<Change> plan(Target target) {
        Attributes attributes = new Attributes(Optional.empty(), owner);
        attributes.requireUsable(target);
        GuestPath directory = target.at(into);
        List<Change> changes = new ArrayList<>(target.directories(directory));
        Owner.Ids ids = attributes.ids(target);
        boolean content = source.shown().endsWith("/") || source.shown().endsWith("/.");
        if (!Files.isDirectory(source.path())) {
            add(target, directory.child(name(source.path())), source, ids, changes);
            return changes;
        }
        Path real = real();
        GuestPath top = content ? directory : directory.child(name(source.path().normalize()));
        if (!content) {
            makeDirectory(target, top, source, ids, changes);
        }
        for (HostFile file : HostTree.below(source, target.own())) {
            GuestPath place = top;
            for (Path part : real.relativize(file.path())) {
                place = place.child(name(part));
            }
            add(target, place, file, ids, changes);
        }
        return changes;
    }

    private void add(Target target, GuestPath asked, HostFile file, Owner.Ids ids, List<Change> changes) {
        GuestPath place = target.at(asked);
        try {
            boolean top = file.equals(source);
            if (Files.isSymbolicLink(file.path()) && !top) {
                target.refuseWindows("copy the files that the links lead to");
                addLink(target, place, Files.readSymbolicLink(file.path()).toString(), ids, changes);
            } else if (Files.isDirectory(file.path(), LinkOption.NOFOLLOW_LINKS)) {
                makeDirectory(target, place, file, ids, changes);
            } else {
                HostFile.Stat stat = file.regular();
                changes.add(new Change.Upload(
                        place, file.path(), stat.size(), stat.permissions(), ids.userOr(0), ids.groupOr(0)));
                target.find(place)
                        .ifPresent(there -> changes.addAll(
                                new Attributes(Optional.of(stat.permissions()), owner).set(target, there)));
            }
        } catch (IOException failure) {
            throw file.unusable(FileFailure.reason(failure));
        }
    }

    private static void makeDirectory(
            Target target, GuestPath place, HostFile directory, Owner.Ids ids, List<Change> changes) {
        if (target.find(place).isEmpty()) {
            try {
                changes.add(
                        new Change.MakeDirectory(place, directory.stat().permissions(), ids.userOr(0), ids.groupOr(0)));
            } catch (IOException failure) {
                throw directory.unusable(FileFailure.reason(failure));
            }
        } else if (!target.existing(place).stat().isDirectory()) {
            throw Target.refused(place + " of the guest is no directory", "Delete it there first.");
        }
    }

    private static void addLink(Target target, GuestPath place, String text, Owner.Ids ids, List<Change> changes) {
        Optional<Entry> there = target.guest().stat(place).map(stat -> new Entry(place, stat));
        if (there.filter(entry -> entry.stat().isDirectory()).isPresent()) {
            throw Target.refused(place + " of the guest is a directory, not a link", "Delete it there first.");
        }
        changes.add(new Change.SymbolicLink(place, text));
        if (ids.userOr(0) != 0 || ids.groupOr(0) != 0) {
            changes.add(new Change.SetOwner(place, ids.userOr(0), ids.groupOr(0)));
        }
    }

    private Path real() {
        try {
            return source.path().toRealPath();
        } catch (IOException failure) {
            throw source.unusable(FileFailure.reason(failure));
        }
    }

    private static byte[] name(Path path) {
        return path.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    }
}
