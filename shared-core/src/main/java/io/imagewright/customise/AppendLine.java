package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/** {@code appendLine}: adds a line at the end of a file, whose last line is ended first; a missing file is made. */
record AppendLine(GuestPath path, String line) implements Action {

    @Override
    public List<Change> plan(Target target) {
        GuestPath place = target.at(path);
        String text = target.text(place).orElse("");
        String ended = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        List<Change> changes = new ArrayList<>(target.parents(place));
        changes.add(Change.Write.of(place, Bytes.ofText(ended + Bytes.of(line).text() + "\n")));
        return changes;
    }
}
