package io.imagewright.guest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.imagewright.hive.Hive;
import io.imagewright.hive.MemoryFile;

/** Changes of which some edit the registry, made into changes that every engine knows: all edits of a hive are one write of its file. */
public final class RegistryBatch {

    private final GuestView view;
    private final List<Change> settled = new ArrayList<>();
    private final Set<GuestPath> edited = new LinkedHashSet<>();
    private final List<MemoryFile> files = new ArrayList<>();

    private RegistryBatch(GuestView view) {
        this.view = view;
    }

    /** Applies changes to a guest whose file systems are mounted here. */
    public static void apply(Guest guest, Collection<GuestPath> mountPoints, List<Change> changes) {
        if (changes.stream().noneMatch(Change.EditRegistry.class::isInstance)) {
            guest.apply(changes);
            return;
        }
        GuestView view = new GuestView(guest, mountPoints);
        RegistryBatch batch = new RegistryBatch(view);
        try (Registry registry = view.registry()) {
            changes.forEach(batch::add);
            batch.write(List.copyOf(batch.edited), registry);
            guest.apply(batch.settled);
        } finally {
            batch.files.forEach(MemoryFile::close);
        }
    }

    private void add(Change change) {
        if (change instanceof Change.EditRegistry) {
            edited.add(change.path());
        } else {
            // what happens to the file itself finds the edits of before in it
            write(edited.stream().filter(hive -> touches(change, hive)).toList(), view.registry());
            settled.add(change);
        }
        view.add(List.of(change));
    }

    private static boolean touches(Change change, GuestPath hive) {
        return hive.startsWith(change.path())
                || (change instanceof Change.HardLink link && link.existing().equals(hive));
    }

    private void write(List<GuestPath> paths, Registry registry) {
        for (GuestPath path : paths) {
            registry.hive(path).filter(Hive::isEdited).ifPresent(hive -> {
                MemoryFile file = hive.save();
                files.add(file);
                settled.add(new Change.Upload(path, file.path(), file.size(), Change.DEFAULT_FILE_MODE, 0, 0));
            });
            edited.remove(path);
        }
    }
}
