package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileContent;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestPrograms;
import io.imagewright.guest.PathResolver;
import io.imagewright.guest.TreeMember;
import org.jspecify.annotations.Nullable;

/** A guest whose file systems the appliance has mounted. Not thread-safe. */
final class LibguestfsGuest implements Guest {

    /** Bytes of a file that are read at once. */
    private static final int AHEAD = 2 << 20;

    /** Bytes of the attributes of one file; the kernel allows 64 KiB each. */
    private static final long MAX_ATTRIBUTES = 4 << 20;

    private final Appliance appliance;
    private final MountedVolumes volumes;
    private final VolumeMounts mounts;
    private final boolean writable;
    private final long now;
    private @Nullable Snapshot snapshot;

    private final PathResolver resolver = new PathResolver(new PathResolver.Nodes() {
        @Override
        public Optional<FileStat> node(GuestPath canonical) {
            return snapshot().node(canonical);
        }

        @Override
        public Bytes target(GuestPath canonical) {
            return snapshot().target(canonical);
        }
    });

    /**
     * Mounts the volumes.
     *
     * @param now time of what is made new, seconds since the epoch
     */
    LibguestfsGuest(Appliance appliance, VolumeMounts mounts, MountedVolumes volumes, boolean writable, long now) {
        this.appliance = appliance;
        this.mounts = mounts;
        this.volumes = volumes;
        this.writable = writable;
        this.now = now;
        if (writable) {
            // of one btrfs, all mounts are for writing, or none
            mounts.unmountAll();
        }
        volumes.volumes().forEach(number -> mounts.mount(number, writable));
    }

    private Snapshot snapshot() {
        Snapshot known = snapshot;
        if (known == null) {
            Map<GuestPath, FileList> lists = new HashMap<>();
            volumes.numbers().forEach((point, number) -> lists.put(point, mounts.files(number)));
            known = new Snapshot(lists);
            snapshot = known;
        }
        return known;
    }

    @Override
    public Optional<FileStat> stat(GuestPath path) {
        return resolver.resolve(path, false).flatMap(snapshot()::node);
    }

    @Override
    public Optional<GuestPath> resolve(GuestPath path) {
        return resolver.resolve(path, true);
    }

    @Override
    public List<Entry> list(GuestPath directory) {
        return resolve(directory).map(snapshot()::list).orElse(List.of());
    }

    @Override
    public List<Entry> walk(GuestPath directory) {
        return resolve(directory).map(snapshot()::walk).orElse(List.of());
    }

    @Override
    public Map<GuestPath, Bytes> read(Collection<GuestPath> files, int limit) {
        Map<GuestPath, GuestPath> regular = new LinkedHashMap<>();
        for (GuestPath file : files) {
            regular(file).ifPresent(found -> {
                requireLength(file, snapshot().size(found), limit);
                regular.put(file, found);
            });
        }
        if (regular.isEmpty()) {
            return Map.of();
        }
        Map<GuestPath, Bytes> contents = reading(
                "files",
                () -> new SmallFiles(appliance, volumes, snapshot(), mounts.contents()).read(regular.values()));
        Map<GuestPath, Bytes> named = new LinkedHashMap<>();
        regular.forEach((file, found) -> named.put(file, contents.getOrDefault(found, Bytes.EMPTY)));
        return named;
    }

    private static void requireAll(long length, long expected) throws IOException {
        if (length != expected) {
            throw new IOException("files of the guest end before their length: the file system is damaged");
        }
    }

    private Optional<GuestPath> regular(GuestPath file) {
        return resolve(file)
                .filter(found ->
                        snapshot().node(found).filter(FileStat::isRegular).isPresent());
    }

    private static void requireLength(GuestPath file, long size, int limit) {
        if (size > limit) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot read " + file + " of the guest",
                    "it is " + size + " bytes long; at most " + limit + " make sense here",
                    "Look at the file in the guest.");
        }
    }

    @Override
    public Optional<FileContent> open(GuestPath file) {
        return regular(file).map(found -> new Pieces(found, snapshot().size(found)));
    }

    /** A file that is read piece by piece; the appliance is asked for more at once than its reader wants. */
    private final class Pieces implements FileContent {

        private final GuestPath file;
        private final long size;
        private byte[] ahead = new byte[0];
        private long at;

        Pieces(GuestPath file, long size) {
            this.file = file;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int read(long offset, byte[] into) {
            if (offset >= size) {
                return 0;
            }
            int wanted = (int) Math.min(into.length, size - offset);
            if (offset < at || offset + wanted > at + ahead.length) {
                ahead = piece(file, offset, (int) Math.min(Math.max(wanted, AHEAD), size - offset));
                at = offset;
            }
            System.arraycopy(ahead, (int) (offset - at), into, 0, wanted);
            return wanted;
        }
    }

    private byte[] piece(GuestPath file, long offset, int wanted) {
        BashScript script = new BashScript()
                .line("dd if=" + volumes.word(file) + " bs=1M iflag=skip_bytes,count_bytes,fullblock skip=" + offset
                        + " count=" + wanted + " status=none");
        return reading(
                file.toString(),
                () -> appliance.fetch(script, wanted, (stream, length) -> {
                    requireAll(length, wanted);
                    return stream.readNBytes(wanted);
                }));
    }

    @Override
    public Optional<Bytes> readLink(GuestPath path) {
        return resolver.resolve(path, false)
                .filter(found ->
                        snapshot().node(found).filter(FileStat::isSymlink).isPresent())
                .map(snapshot()::target);
    }

    @Override
    public Map<String, Bytes> xattrs(GuestPath path) {
        Optional<GuestPath> found = resolver.resolve(path, false)
                .filter(canonical -> snapshot().node(canonical).isPresent());
        if (found.isEmpty()) {
            return Map.of();
        }
        BashScript script =
                new BashScript().line("getfattr -h -d -m - -e hex --absolute-names " + volumes.word(found.get()));
        return reading(
                "attributes of " + path,
                () -> appliance.fetch(script, MAX_ATTRIBUTES, (stream, length) -> {
                    Map<String, Bytes> attributes = new LinkedHashMap<>();
                    AttributeDump.read(stream, length, (file, values) -> attributes.putAll(values));
                    return attributes;
                }));
    }

    @Override
    public void forEachMember(Path spool, Consumer<TreeMember> members) {
        new MountedMembers(appliance, volumes, snapshot()).forEachMember(spool, members);
    }

    @Override
    public void apply(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        BashScript script = new ChangeScript(this, snapshot(), volumes, appliance, now).of(changes);
        try {
            appliance.run(script);
        } catch (GuestfsFailure failure) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot change the guest",
                    String.valueOf(failure.getMessage()),
                    "Look for a file system that is full or damaged.",
                    failure);
        } finally {
            forget();
        }
    }

    @Override
    public Optional<GuestPrograms> programs() {
        return writable ? Optional.of(new MountedTree(appliance, volumes, this::forget)) : Optional.empty();
    }

    private void forget() {
        volumes.volumes().forEach(mounts::changed);
        snapshot = null;
    }

    /** Has the appliance read something of the guest; what it cannot read is the guest's fault. */
    static <T> T reading(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (GuestfsFailure failure) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot read " + what + " of the guest",
                    String.valueOf(failure.getMessage()),
                    "Look for a damaged file system in the guest.",
                    failure);
        }
    }

    @Override
    public void close() {
        if (writable) {
            volumes.volumes().forEach(mounts::unmount);
        }
    }
}
