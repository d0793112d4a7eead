package io.imagewright.customise;

import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/** {@code upload}: gives a file the content of a file of this machine. */
record Upload(HostFile source, GuestPath path, Attributes attributes) implements Action {

    @Override
    public List<HostFile> hostFiles() {
        return List.of(source);
    }

    @Override
    public List<Change> plan(Target target) {
        attributes.requireUsable(target);
        GuestPath place = target.at(path);
        HostFile.Stat stat = source.regular();
        return new Attributes(Optional.of(attributes.mode().orElse(stat.permissions())), attributes.owner())
                .write(
                        target,
                        place,
                        (file, mode, owner, group) ->
                                new Change.Upload(file, source.path(), stat.size(), mode, owner, group));
    }
}
