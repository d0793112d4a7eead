package io.imagewright.guest.libguestfs;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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

    /** What was read, by its name in the appliance: good until a volume changes, for each guest that is made of the volumes. Not thread-safe. */
    static final class Kept {

        private final Map<String, Bytes> contents = new HashMap<>();
        private final Set<String> readAhead = new HashSet<>();
        private long bytes;

        private void keep(String name, Bytes content) {
            if (bytes + content.size() <= MAX_KEPT && contents.putIfAbsent(name, content) == null) {
                bytes += content.size();
            }
        }

        /** A volume was changed. */
        void clear() {
            contents.clear();
            readAhead.clear();
            bytes = 0;
        }
    }

    /** Files of one call that were not asked for. */
    private static final int MAX_FILES = 10_000;

    /** Arguments of one cat; the kernel allows 2 MiB of them, a path has 4 KiB. */
    private static final int MAX_ARGUMENTS = 400;

    private final Appliance appliance;
    private final MountedVolumes volumes;
    private final Snapshot snapshot;
    private final Kept kept;

    SmallFiles(Appliance appliance, MountedVolumes volumes, Snapshot snapshot, Kept kept) {
        this.appliance = appliance;
        this.volumes = volumes;
        this.snapshot = snapshot;
        this.kept = kept;
    }

    /**
     * Whole contents.
     *
     * @param files regular ones, by canonical path
     * @throws GuestfsFailure when they cannot be read
     */
    Map<GuestPath, Bytes> read(Collection<GuestPath> files) {
        Map<GuestPath, Bytes> contents = new HashMap<>();
        Set<GuestPath> wanted = new LinkedHashSet<>();
        for (GuestPath file : files) {
            Bytes content = kept.contents.get(volumes.word(file));
            if (content == null) {
                wanted.add(file);
            } else {
                contents.put(file, content);
            }
        }
        if (!wanted.isEmpty()) {
            Map<GuestPath, Bytes> read = fetch(List.copyOf(withNeighbours(wanted)));
            read.forEach((file, content) -> kept.keep(volumes.word(file), content));
            contents.putAll(read);
        }
        return contents;
    }

    private Set<GuestPath> withNeighbours(Set<GuestPath> wanted) {
        Set<GuestPath> all = new LinkedHashSet<>(wanted);
        long bytes = kept.bytes;
        for (GuestPath file : wanted) {
            GuestPath directory = file.startsWith(ETC) ? ETC : file.parent().orElse(GuestPath.ROOT);
            if (!kept.readAhead.add(volumes.word(directory))) {
                continue;
            }
            for (Entry entry : directory.equals(ETC) ? snapshot.walk(ETC) : snapshot.list(directory)) {
                long size = entry.stat().size();
                if (entry.stat().isRegular()
                        && size <= MAX_AHEAD
                        && bytes + size <= MAX_KEPT
                        && all.size() < wanted.size() + MAX_FILES
                        && !kept.contents.containsKey(volumes.word(entry.path()))
                        && all.add(entry.path())) {
                    bytes += size;
                }
            }
        }
        return all;
    }

    private Map<GuestPath, Bytes> fetch(List<GuestPath> files) {
        BashScript script = new BashScript();
        for (int from = 0; from < files.size(); from += MAX_ARGUMENTS) {
            StringBuilder words = new StringBuilder("cat --");
            files.subList(from, Math.min(files.size(), from + MAX_ARGUMENTS))
                    .forEach(file -> words.append(' ').append(volumes.word(file)));
            script.line(words.toString());
        }
        long total = files.stream().mapToLong(snapshot::size).sum();
        return appliance.fetch(script, total, (stream, length) -> {
            if (length != total) {
                throw new IOException("files of the guest do not have the length that their file system records");
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
