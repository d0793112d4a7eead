package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;
import io.imagewright.sysprep.unix.Reachable;

/**
 * An edit of the lines of some settings, links followed.
 *
 * @param files patterns, relative to the root
 * @param going lines that are removed
 * @param edit of the others
 */
record SettingsEdit(List<String> files, Predicate<String> going, UnaryOperator<String> edit) {

    /** Bytes; more is no file of settings. */
    private static final long LIMIT = 1 << 20;

    /** Copies the list. */
    SettingsEdit {
        files = List.copyOf(files);
    }

    /** The files, in Markdown. */
    String places() {
        return files.stream().map(file -> "`/" + file + "`").collect(Collectors.joining(", "));
    }

    /** One write for each file that changes, even if two names lead to it. */
    static List<Change> plan(OperationContext context, List<SettingsEdit> edits) {
        Map<GuestPath, Change> writes = new LinkedHashMap<>();
        for (SettingsEdit edit : edits) {
            for (String file : edit.files) {
                for (Entry entry : new Glob(file).below(context, GuestPath.ROOT)) {
                    Reachable.regularFile(context, entry.path())
                            .filter(real -> real.stat().size() <= LIMIT)
                            .flatMap(real -> ConfigFile.read(context, real.path()))
                            .flatMap(text -> text.with(edit.edited(text)))
                            .ifPresent(write -> writes.put(write.path(), write));
                }
            }
        }
        return new ArrayList<>(writes.values());
    }

    private String edited(ConfigFile file) {
        return new ConfigFile(file.path(), file.withoutLines(going)).mapLines(edit);
    }
}
