package io.imagewright.sysprep;

import java.util.List;
import java.util.Optional;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/**
 * What an operation that is off leaves in the image.
 *
 * @param operation its name
 * @param what what it leaves, a noun
 * @param files the files that it would change; at least one
 */
record Kept(String operation, String what, List<GuestPath> files) {

    /** Files that a warning names. */
    private static final int NAMED = 3;

    Kept {
        files = List.copyOf(files);
    }

    /** Empty when the operation would change nothing. */
    static Optional<Kept> by(Operation operation, List<Change> changes) {
        List<GuestPath> files = changes.stream().map(Change::path).distinct().toList();
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(new Kept(operation.name(), operation.keptWhenOff(), files));
    }

    /** A full sentence. */
    Message warning() {
        List<String> named =
                files.stream().limit(NAMED).map(GuestPath::toString).toList();
        int more = files.size() - named.size();
        return Message.of(
                "The image keeps " + what + ", which all machines made from it share: " + String.join(", ", named)
                        + (more == 0 ? "" : " and " + more + " more") + ". `",
                SettingName.SYSPREP_ENABLE.to(operation),
                "' removes them, `",
                SettingName.SYSPREP_DISABLE.to(operation),
                "' keeps them without this warning.");
    }
}
