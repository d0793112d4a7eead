package io.imagewright.guest.libguestfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.imagewright.disk.Piece;
import io.imagewright.disk.PieceList;
import io.imagewright.disk.Spool;
import io.imagewright.disk.ZeroScan;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeMember;

/** Passes on the files of a mounted guest for an archive, with one call for each kind of what is asked: attributes, devices, contents. */
final class MountedMembers {

    /** Bytes of all attributes; two million files with one of SELinux each. */
    private static final long MAX_ATTRIBUTES = 512L << 20;

    /** Bytes of all contents: what the mailbox holds. */
    private static final long MAX_CONTENTS = Mailbox.SIZE - (1 << 20);

    /** Of the contents, what is zeros is left out in runs of this many bytes; a multiple of a tar's blocks. */
    private static final int RUN = 64 << 10;

    private static final String MAJOR_MINOR = "%t %T";

    private final Appliance appliance;
    private final MountedVolumes volumes;
    private final List<Entry> files = new ArrayList<>();
    private final Snapshot snapshot;

    MountedMembers(Appliance appliance, MountedVolumes volumes, Snapshot snapshot) {
        this.appliance = appliance;
        this.volumes = volumes;
        this.snapshot = snapshot;
        files.add(new Entry(GuestPath.ROOT, snapshot.node(GuestPath.ROOT).orElseThrow()));
        files.addAll(snapshot.walk(GuestPath.ROOT));
    }

    void forEachMember(Path spool, Consumer<TreeMember> members) {
        Map<GuestPath, Map<String, Bytes>> attributes = attributes();
        Map<GuestPath, int[]> devices = devices();
        try (Spool contents = Spool.create(spool)) {
            Map<TreeMember.Identity, List<Piece>> data = contents(contents);
            for (Entry file : files) {
                int[] device = devices.getOrDefault(file.path(), new int[2]);
                members.accept(new TreeMember(
                        file.path(),
                        file.stat(),
                        volumes.number(file.path()),
                        device[0],
                        device[1],
                        file.stat().isSymlink() ? snapshot.target(file.path()) : Bytes.EMPTY,
                        attributes.getOrDefault(file.path(), Map.of()),
                        data.getOrDefault(identity(file), List.of())));
            }
        }
    }

    private TreeMember.Identity identity(Entry file) {
        return new TreeMember.Identity(volumes.number(file.path()), file.stat().inode());
    }

    /** File systems without attributes have none to list. */
    private Map<GuestPath, Map<String, Bytes>> attributes() {
        Map<GuestPath, Map<String, Bytes>> found = new HashMap<>();
        Map<String, GuestPath> names = new HashMap<>();
        files.forEach(file -> names.put(AttributeDump.quoted(volumes.name(file.path())), file.path()));
        BashScript script = new BashScript();
        volumes.volumes()
                .forEach(number -> script.line(
                        "getfattr -R -P -h -d -m '^(user|trusted|security|system.posix_acl)' -e hex --absolute-names "
                                + VolumeMounts.directory(number) + " 2> /dev/null || :"));
        LibguestfsGuest.reading(
                "attributes",
                () -> appliance.fetch(script, MAX_ATTRIBUTES, (stream, length) -> {
                    AttributeDump.read(stream, length, (name, values) -> {
                        GuestPath path = names.get(name);
                        if (path != null) {
                            found.put(path, values);
                        }
                    });
                    return length;
                }));
        return found;
    }

    private Map<GuestPath, int[]> devices() {
        List<GuestPath> paths = files.stream()
                .filter(file -> file.stat().type() == FileType.BLOCK_DEVICE
                        || file.stat().type() == FileType.CHARACTER_DEVICE)
                .map(Entry::path)
                .toList();
        Map<GuestPath, int[]> numbers = new HashMap<>();
        if (!paths.isEmpty()) {
            BashScript script = list(paths, "xargs -0 stat -c '" + MAJOR_MINOR + "'");
            LibguestfsGuest.reading(
                    "devices",
                    () -> appliance.fetch(script, 64L * paths.size(), (stream, length) -> {
                        List<String> lines = new String(stream.readNBytes((int) length), StandardCharsets.US_ASCII)
                                .lines()
                                .toList();
                        if (lines.size() != paths.size()) {
                            throw new IOException(
                                    "stat of the appliance lists " + lines.size() + " devices of " + paths.size());
                        }
                        for (int i = 0; i < lines.size(); i++) {
                            numbers.put(paths.get(i), number(lines.get(i)));
                        }
                        return length;
                    }));
        }
        return numbers;
    }

    /** Of {@code 8 1f}: major and minor. */
    private static int[] number(String line) throws IOException {
        int blank = line.indexOf(' ');
        try {
            return new int[] {
                Integer.parseInt(line.substring(0, Math.max(0, blank)), 16),
                Integer.parseInt(line.substring(blank + 1), 16)
            };
        } catch (NumberFormatException odd) {
            throw new IOException("stat of the appliance gives a number that is none: " + odd.getMessage());
        }
    }

    /** Copies the contents to the spool, each once. */
    private Map<TreeMember.Identity, List<Piece>> contents(Spool spool) {
        Set<TreeMember.Identity> seen = new HashSet<>();
        List<Entry> regular = files.stream()
                .filter(file -> file.stat().isRegular() && file.stat().size() > 0 && seen.add(identity(file)))
                .toList();
        Map<TreeMember.Identity, List<Piece>> data = new HashMap<>();
        if (regular.isEmpty()) {
            return data;
        }
        long total = regular.stream().mapToLong(file -> file.stat().size()).sum();
        BashScript script = list(regular.stream().map(Entry::path).toList(), "xargs -0 cat --");
        LibguestfsGuest.reading(
                "files",
                () -> appliance.fetch(script, Math.min(total, MAX_CONTENTS), (stream, length) -> {
                    if (length != total) {
                        throw new IOException(
                                "files of the guest do not have the length that their file system records");
                    }
                    for (Entry file : regular) {
                        data.put(identity(file), copy(stream, file.stat(), spool));
                    }
                    return length;
                }));
        return data;
    }

    private static List<Piece> copy(InputStream stream, FileStat stat, Spool spool) throws IOException {
        PieceList pieces = new PieceList();
        for (long done = 0; done < stat.size(); ) {
            byte[] run = stream.readNBytes((int) Math.min(RUN, stat.size() - done));
            if (run.length == 0) {
                throw new IOException("the contents end early");
            }
            if (!ZeroScan.isZero(ByteBuffer.wrap(run), 0, run.length)) {
                pieces.add(new Piece(done, run.length, spool.file(), spool.append(run)));
            }
            done += run.length;
        }
        return pieces.list();
    }

    /** Gives a command these paths on its standard input, a NUL behind each. */
    private BashScript list(List<GuestPath> paths, String command) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (GuestPath path : paths) {
            list.writeBytes(volumes.name(path));
            list.write(0);
        }
        long at = appliance.put(list.toByteArray());
        return new BashScript().line(BashScript.incoming(at, list.size()) + " | " + command);
    }
}
