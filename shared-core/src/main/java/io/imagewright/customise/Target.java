package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.WindowsSystem;

/**
 * What an action sees.
 *
 * @param guest with the changes of earlier actions already showing
 * @param now seconds since the epoch for what is dated
 * @param own what builds write on this machine
 * @param warnings gets full sentences
 */
record Target(GuestTree guest, Facts facts, long now, OwnFiles own, Consumer<String> warnings) {

    /** Bytes that a text file may have to be edited. */
    private static final int LIMIT = 16 << 20;

    void warn(String message) {
        warnings.accept(message);
    }

    /** What the user would reach by this path, every link followed; its canonical path and what it is. */
    Optional<Entry> find(GuestPath path) {
        return guest.resolve(path).flatMap(canonical -> guest.stat(canonical).map(stat -> new Entry(canonical, stat)));
    }

    /** The same for what must be there. */
    Entry existing(GuestPath path) {
        return find(path)
                .orElseThrow(() -> refused(
                        path + " is not in the guest", "An action before this one can make it; check the path."));
    }

    /** The text of a regular file, one character for each byte; empty when there is none. */
    Optional<String> text(GuestPath path) {
        return Optional.ofNullable(guest.read(List.of(path), LIMIT).get(path)).map(Bytes::text);
    }

    /** The write that gives an existing file, or a new one of root's, another text; empty when it has it. */
    List<Change> rewrite(GuestPath path, String text) {
        return text(path).filter(text::equals).isPresent()
                ? List.of()
                : List.of(Change.Write.of(path, Bytes.ofText(text)));
    }

    /** The changes that make the missing directories above a path; root's, mode 0755. */
    List<Change> parents(GuestPath path) {
        return path.parent().map(this::directories).orElse(List.of());
    }

    /** The changes that make a directory and those above it, where they are missing. */
    List<Change> directories(GuestPath directory) {
        List<Change> changes = new ArrayList<>();
        if (find(directory).isEmpty()) {
            changes.addAll(parents(directory));
            changes.add(new Change.MakeDirectory(directory, 0755, 0, 0));
        }
        return changes;
    }

    /** Whether a regular file is there, links followed. */
    boolean isFile(GuestPath path) {
        return find(path).map(Entry::stat).filter(FileStat::isRegular).isPresent();
    }

    /** A path as the guest has it: in a Windows, names are found in any case. */
    GuestPath at(GuestPath path) {
        return facts.isWindows() ? WindowsSystem.of(guest).place(path) : path;
    }

    /**
     * Refuses a Windows.
     *
     * @param instead what the user can do, in the middle of a sentence
     */
    void refuseWindows(String instead) {
        refuseWindows(Message.of(instead));
    }

    /** The same where the way out refers to settings. */
    void refuseWindows(Message instead) {
        if (facts.isWindows()) {
            throw ImageException.of(
                    ImageException.Kind.UNSUPPORTED,
                    "Cannot do this to " + facts.product(),
                    "the action does not know Windows",
                    Message.of("Instead, ", instead, "."));
        }
    }

    /** Refuses a guest whose files this action does not know. */
    void requireLinux() {
        if (!facts.isLinux()) {
            throw ImageException.of(
                    ImageException.Kind.UNSUPPORTED,
                    "Cannot do this to " + (facts.product().isEmpty() ? "this guest" : facts.product()),
                    "the action knows Linux only",
                    "Use write, edit and upload on the files of that system.");
        }
    }

    /** An action that the guest does not allow. */
    static ImageException refused(String reason, String next) {
        return refused(reason, Message.of(next));
    }

    /** One with a way out that refers to settings. */
    static ImageException refused(String reason, Message next) {
        return ImageException.of(ImageException.Kind.DESCRIPTION, "Cannot be done", reason, next);
    }
}
