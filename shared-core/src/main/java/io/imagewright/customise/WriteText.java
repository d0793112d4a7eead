package io.imagewright.customise;

import java.util.List;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/** {@code write}: gives a file this content. */
record WriteText(GuestPath path, String content, Attributes attributes) implements Action {

    @Override
    public List<Change> plan(Target target) {
        attributes.requireUsable(target);
        GuestPath place = target.at(path);
        return attributes.write(
                target,
                place,
                (file, mode, owner, group) -> new Change.Write(file, Bytes.of(content), mode, owner, group));
    }

    /** Only the path: the content may be secret. */
    @Override
    public String toString() {
        return path.toString();
    }
}
