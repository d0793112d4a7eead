package io.imagewright.guest.libguestfs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.GuestView;

/**
 * Makes one script of many changes, with as few commands as can be: the appliance starts ten in a second. Each path is resolved here, against the tree with the earlier changes in it: no link of the guest is
 * followed in the appliance.
 */
final class ChangeScript {

    /** Files that one rm takes; the kernel allows 2 MiB of arguments, a path has 4 KiB. */
    private static final int MAX_ARGUMENTS = 400;

    /** The kernel takes it away when content changes. */
    private static final String CAPABILITY = "security.capability";

    private final Snapshot snapshot;
    private final MountedVolumes volumes;
    private final Appliance appliance;
    private final long now;
    private final GuestView view;
    private final List<String> lines = new ArrayList<>();

    /** The command that removes the files collected so far. */
    private String removal = "";

    private final List<String> removed = new ArrayList<>();

    /** Those of them that are filled with zeros before. */
    private final List<String> zeroed = new ArrayList<>();

    /** What was made, and what it still has to be given. */
    private final NavigableSet<GuestPath> made = new TreeSet<>();

    private final Map<String, List<String>> owners = new LinkedHashMap<>();
    private final Map<String, List<String>> modes = new LinkedHashMap<>();
    private final List<String> dated = new ArrayList<>();

    /** Number of the line that gives a file its content and of the next, which gives it its time. */
    private final Map<GuestPath, Integer> contents = new HashMap<>();

    /**
     * @param tree what the changes are for
     * @param snapshot of that tree
     * @param now time of what is made new, seconds since the epoch
     */
    ChangeScript(GuestTree tree, Snapshot snapshot, MountedVolumes volumes, Appliance appliance, long now) {
        this.snapshot = snapshot;
        this.volumes = volumes;
        this.appliance = appliance;
        this.now = now;
        this.view = new GuestView(tree, volumes.pointsBelowRoot());
    }

    /** The script that does the changes in this order; content goes into the mailbox. */
    BashScript of(List<Change> changes) {
        for (Change change : changes) {
            Optional<GuestPath> place = place(change.path());
            Optional<FileStat> before = place.flatMap(view::stat);
            Optional<Content> content = content(change);
            Optional<GuestPath> followed = content.isPresent() ? view.resolve(change.path()) : Optional.empty();
            Optional<FileStat> there = followed.flatMap(view::stat);
            // refuses what cannot be done
            view.add(List.of(change));
            if (change instanceof Change.HardLink
                    || Stream.concat(place.stream(), followed.stream()).anyMatch(this::isOrHoldsMade)) {
                finishMade();
            }
            if (place.isPresent() && content.isPresent()) {
                write(content.get(), followed.orElse(place.get()), there);
            } else if (place.isPresent()) {
                add(change, volumes.word(place.get()), place.get(), before);
            }
        }
        finishMade();
        flush();
        BashScript script = new BashScript();
        lines.forEach(script::line);
        return script;
    }

    private boolean isOrHoldsMade(GuestPath place) {
        GuestPath next = made.ceiling(place);
        return next != null && next.startsWith(place);
    }

    /**
     * What a file is given.
     *
     * @param at its first byte in the drive that brings it in
     */
    private record Content(long at, long size, int permissions, int owner, int group) {}

    private Optional<Content> content(Change change) {
        if (change instanceof Change.Write write) {
            long at = appliance.put(write.content().toArray());
            return Optional.of(
                    new Content(at, write.content().size(), write.permissions(), write.owner(), write.group()));
        }
        if (change instanceof Change.Upload upload) {
            long at = appliance.put(upload.source(), upload.size());
            return Optional.of(new Content(at, upload.size(), upload.permissions(), upload.owner(), upload.group()));
        }
        return Optional.empty();
    }

    /** The canonical path of a name, itself not followed; empty when its directory is not there. */
    private Optional<GuestPath> place(GuestPath path) {
        Optional<GuestPath> parent = path.parent();
        return parent.isEmpty()
                ? Optional.of(path)
                : view.resolve(parent.get()).map(directory -> directory.child(path.nameBytes(path.depth() - 1)));
    }

    private void add(Change change, String word, GuestPath place, Optional<FileStat> before) {
        if (!(change instanceof Change.Truncate)) {
            // the name may stand for another file from now on
            contents.keySet().removeIf(path -> path.startsWith(place));
        }
        if (change instanceof Change.Delete) {
            before.ifPresent(stat -> delete(word, stat));
        } else if (change instanceof Change.DeleteTree) {
            before.ifPresent(stat -> remove("rm -rf --one-file-system --", word));
        } else if (change instanceof Change.Scrub) {
            before.ifPresent(stat -> scrub(word, stat));
        } else if (change instanceof Change.Truncate truncate) {
            before.filter(FileStat::isRegular)
                    .ifPresent(stat -> keeping(place, word, stat, "truncate -s " + truncate.size() + " " + word));
        } else if (change instanceof Change.MakeDirectory directory) {
            if (before.isEmpty()) {
                line("mkdir " + word);
                own(place, directory.owner(), directory.group(), directory.permissions());
            }
        } else if (change instanceof Change.HardLink link) {
            place(link.existing()).ifPresent(existing -> line("ln -T " + volumes.word(existing) + " " + word));
        } else if (change instanceof Change.SymbolicLink link) {
            line("ln -s -f -T -- " + BashScript.word(link.target()) + " " + word);
            made.add(place);
            dated.add(word);
        } else {
            before.ifPresent(stat -> describe(change, word, stat));
        }
    }

    /** Changes of what a file is, not of what it holds. */
    private void describe(Change change, String word, FileStat stat) {
        if (change instanceof Change.SetPermissions permissions) {
            // Linux keeps no mode of its own for a link
            if (!stat.isSymlink()) {
                line("chmod " + mode(permissions.permissions()) + " " + word);
            }
        } else if (change instanceof Change.SetOwner owner) {
            line("chown -h " + id(owner.owner()) + ":" + id(owner.group()) + " " + word);
            if (!stat.isSymlink()) { // chown takes setuid and setgid away
                line("chmod " + mode(stat.permissions()) + " " + word);
            }
        } else if (change instanceof Change.SetXattr xattr) {
            line("setfattr -h -n " + BashScript.word(xattr.name()) + " -v 0x"
                    + HexFormat.of().formatHex(xattr.value().toArray()) + " " + word);
        } else if (change instanceof Change.RemoveXattr xattr) {
            String name = BashScript.word(xattr.name());
            line("! getfattr -h -n " + name + " " + word + " > /dev/null 2>&1 || setfattr -h -x " + name + " " + word);
        }
    }

    private void delete(String word, FileStat stat) {
        if (stat.isDirectory()) {
            line("rmdir " + word);
        } else {
            remove("rm -f --", word);
        }
    }

    /** Zeros reach the disk before the name goes. */
    private void scrub(String word, FileStat stat) {
        remove("rm -f --", word);
        if (stat.isRegular() && stat.size() > 0) {
            zeroed.add(word);
        }
    }

    /** @param before what is there, which the content replaces and nothing else */
    private void write(Content content, GuestPath place, Optional<FileStat> before) {
        String word = volumes.word(place);
        String copy = BashScript.incoming(content.at(), content.size()) + " of=" + word;
        if (before.isEmpty()) {
            line(copy);
            own(place, content.owner(), content.group(), content.permissions());
        } else if (before.get().inode() < 0) {
            line(copy);
            made.add(place);
            dated.add(word);
        } else {
            // only the last content of a file counts
            Integer earlier = contents.remove(place);
            if (earlier != null) {
                lines.set(earlier, "");
                lines.set(earlier + 1, "");
            }
            int copied = keeping(place, word, before.get(), copy);
            if (lines.size() == copied + 2) {
                contents.put(place, copied);
            }
        }
    }

    /** Has what is new described with all that is new, before something else happens to it. */
    private void own(GuestPath place, int owner, int group, int permissions) {
        String word = volumes.word(place);
        made.add(place);
        owners.computeIfAbsent(id(owner) + ":" + id(group), first -> new ArrayList<>())
                .add(word);
        modes.computeIfAbsent(mode(permissions), first -> new ArrayList<>()).add(word);
        dated.add(word);
    }

    private void finishMade() {
        // chown takes setuid and setgid away
        owners.forEach((owner, words) -> each("chown -h " + owner + " --", words));
        modes.forEach((mode, words) -> each("chmod " + mode + " --", words));
        each("touch -h -m -d @" + now + " --", dated);
        owners.clear();
        modes.clear();
        dated.clear();
        made.clear();
    }

    private void each(String command, List<String> words) {
        for (int from = 0; from < words.size(); from += MAX_ARGUMENTS) {
            line(command + " " + String.join(" ", words.subList(from, Math.min(words.size(), from + MAX_ARGUMENTS))));
        }
    }

    /**
     * Runs a command that changes content and nothing else of the file.
     *
     * @return the number of its line; the last line added gives the file its time
     */
    private int keeping(GuestPath place, String word, FileStat stat, String command) {
        boolean program = (stat.permissions() & 0111) != 0;
        if (program) {
            line("capability=$(getfattr -h -n " + CAPABILITY + " -e hex --absolute-names " + word
                    + " 2> /dev/null | sed -n 's/^" + CAPABILITY + "=//p') || capability=");
        }
        line(command);
        int number = lines.size() - 1;
        if (program) {
            line("[ -z \"$capability\" ] || setfattr -h -n " + CAPABILITY + " -v \"$capability\" " + word);
            line("chmod " + mode(stat.permissions()) + " " + word);
        }
        line("touch -m -d @" + time(place, stat) + " " + word);
        return number;
    }

    /** When it was modified, with the fraction of a second where that is known. */
    private String time(GuestPath place, FileStat stat) {
        if (stat.inode() < 0) {
            return String.valueOf(now);
        }
        boolean known = snapshot.node(place)
                .filter(listed -> listed.inode() == stat.inode())
                .isPresent();
        return known ? snapshot.time(place) : String.valueOf(stat.modified());
    }

    /** With five digits: of fewer, chmod(1) leaves setuid and setgid of directories as they are. */
    private static String mode(int permissions) {
        return "0" + String.format("%04o", permissions);
    }

    private static String id(int id) {
        return Integer.toUnsignedString(id);
    }

    /** Collects files that one command removes. */
    private void remove(String command, String word) {
        if (!command.equals(removal) || removed.size() >= MAX_ARGUMENTS) {
            flush();
            removal = command;
        }
        removed.add(word);
    }

    private void line(String line) {
        flush();
        lines.add(line);
    }

    private void flush() {
        if (!zeroed.isEmpty()) {
            lines.add("shred -n 0 -z -x -- " + String.join(" ", zeroed));
            zeroed.clear();
        }
        if (!removed.isEmpty()) {
            lines.add(removal + " " + String.join(" ", removed));
            removed.clear();
        }
    }
}
