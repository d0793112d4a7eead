package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.sysprep.OperationContext;

/**
 * Overwrites and removes files that hold secrets. A file that has another hard link elsewhere is removed without being overwritten, as tools
 * that save space link equal files: zeros written to a user's key ring would show up in the package that shipped it.
 */
public final class SecretFiles {

    private SecretFiles() {}

    /** The changes that remove these regular files, in the order given. */
    public static List<Change> remove(OperationContext context, Collection<Entry> files) {
        Map<FileStat, Integer> names = new HashMap<>();
        files.forEach(file -> names.merge(file.stat(), 1, Integer::sum));
        List<Change> changes = new ArrayList<>();
        for (Entry file : files) {
            if (file.stat().links() > names.getOrDefault(file.stat(), 0)) {
                context.warn(file.path()
                        + " has another name in the guest (a hard link); it is removed here, and what it held "
                        + "stays under its other name.");
                changes.add(new Change.Delete(file.path()));
            } else {
                changes.add(new Change.Scrub(file.path()));
            }
        }
        return changes;
    }
}
