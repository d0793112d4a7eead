package io.imagewright.guest.libguestfs;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;

/**
 * Contents of files, read ahead: who reads one configuration file will read those beside it, and each call of the appliance takes as long as
 * many files. Not thread-safe.
 */
final class SmallFiles {

    /** All of it is read at once: most of what is asked of a Linux is there. */
    private static final GuestPath ETC = GuestPath.of("/etc");

    /** Bytes of a file that is read without being asked for. */
    private static final int MAX_AHEAD = 128 << 10;

    /** Bytes of all that is kept. */
    private static final long MAX_KEPT = 64L << 20;

    /** Files of one call that were not asked for. */
    private static final int MAX_FILES = 10_000;

    /** Arguments of one cat; the kernel allows 2 MiB of them, a path has 4 KiB. */
    private static final int MAX_ARGUMENTS = 400;

    private final Appliance appliance;
    private final MountedVolumes volumes;
    private final Snapshot snapshot;
    private final Map<GuestPath, Bytes> kept = new HashMap<>();
    private final Set<GuestPath> readAhead = new LinkedHashSet<>();
    private long keptBytes;

    SmallFiles(Appliance appliance, MountedVolumes volumes, Snapshot snapshot) {
        this.appliance = appliance;
        this.volumes = volumes;
        this.snapshot = snapshot;
    }

    /**
     * Whole contents.
     *
     * @param files regular ones, by canonical path
     * @throws GuestfsFailure when they cannot be read
     */
    Map<GuestPath, Bytes> read(Collection<GuestPath> files) {
        Set<GuestPath> wanted = new LinkedHashSet<>(files);
        wanted.removeIf(kept::containsKey);
        Map<GuestPath, Bytes> contents = new HashMap<>();
        if (!wanted.isEmpty()) {
            contents.putAll(fetch(List.copyOf(withNeighbours(wanted))));
        }
        files.forEach(file -> {
            Bytes content = kept.get(file);
            if (content != null) {
                contents.put(file, content);
            }
        });
        contents.forEach(this::keep);
        return contents;
    }

    private void keep(GuestPath file, Bytes content) {
        if (keptBytes + content.size() <= MAX_KEPT && kept.putIfAbsent(file, content) == null) {
            keptBytes += content.size();
        }
    }

    private Set<GuestPath> withNeighbours(Set<GuestPath> wanted) {
        Set<GuestPath> all = new LinkedHashSet<>(wanted);
        long bytes = keptBytes;
        for (GuestPath file : wanted) {
            GuestPath directory = file.startsWith(ETC) ? ETC : file.parent().orElse(GuestPath.ROOT);
            if (!readAhead.add(directory)) {
                continue;
            }
            for (Entry entry : directory.equals(ETC) ? snapshot.walk(ETC) : snapshot.list(directory)) {
                long size = entry.stat().size();
                if (entry.stat().isRegular()
                        && size <= MAX_AHEAD
                        && bytes + size <= MAX_KEPT
                        && all.size() < wanted.size() + MAX_FILES
                        && !kept.containsKey(entry.path())
                        && all.add(entry.path())) {
                    bytes += size;
                }
            }
        }
        return all;
    }

    private Map<GuestPath, Bytes> fetch(List<GuestPath> files) {
        Script script = new Script();
        for (int from = 0; from < files.size(); from += MAX_ARGUMENTS) {
            StringBuilder words = new StringBuilder("cat --");
            files.subList(from, Math.min(files.size(), from + MAX_ARGUMENTS))
                    .forEach(file -> words.append(' ').append(volumes.word(file)));
            script.line(words.toString());
        }
        long total = files.stream().mapToLong(snapshot::size).sum();
        return appliance.fetch(script, total, (stream, length) -> {
            if (length != total) {
                throw new IOException("files of the guest do not have the length that their file system tells");
            }
            DataInputStream data = new DataInputStream(stream);
            Map<GuestPath, Bytes> contents = new HashMap<>();
            for (GuestPath file : files) {
                byte[] content = new byte[(int) snapshot.size(file)];
                data.readFully(content);
                contents.put(file, Bytes.of(content));
            }
            return contents;
        });
    }
}
