package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.imagewright.GuestDisk;
import io.imagewright.api.ApplianceSettings;
import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;
import io.imagewright.exec.Accelerator;
import io.imagewright.exec.ProcessExec;

/** Makes disks with whatever the tools of an appliance can make, one appliance for all of them: no root and no device mapper are needed. */
final class GuestMaker implements AutoCloseable {

    private static final long MIB = 1 << 20;

    private final Path directory;
    private final Appliance appliance;
    private final Map<String, Drive> drives = new LinkedHashMap<>();
    private final Map<String, Long> sizes;

    /** @param sizes of all partitions of all disks, in MiB, by {@code disk.partition}; letters only */
    GuestMaker(Path directory, Map<String, Long> sizes) throws IOException {
        this.directory = directory;
        this.sizes = Map.copyOf(sizes);
        for (Map.Entry<String, Long> size : sizes.entrySet()) {
            Path file = directory.resolve(size.getKey());
            SparseFile.create(file, size.getValue() * MIB).close();
            drives.put(size.getKey(), new Drive(file, false, Drive.label(drives.size())));
        }
        this.appliance = Appliance.launch(
                GuestfsFiles.find(System.getenv()),
                ApplianceSettings.DEFAULT,
                Accelerator.find(new ProcessExec(), System.getenv()),
                List.copyOf(drives.values()),
                Files.createDirectory(directory.resolve("maker")),
                LaunchListener.NONE);
    }

    /** A disk to be: partitions by their sfdisk types, and what makes their content. */
    final class Plan {

        private final String name;
        private final Map<String, String> types = new LinkedHashMap<>();
        private final BashScript script = new BashScript();

        private Plan(String name) {
            this.name = name;
        }

        /** A partition; the script knows its device as a variable of that name. */
        Plan partition(String part, String type) {
            types.put(part, type);
            script.line(part + "=" + drive(part).device());
            return this;
        }

        private Drive drive(String part) {
            return Objects.requireNonNull(drives.get(name + "." + part));
        }

        private long mebibytes(String part) {
            return Objects.requireNonNull(sizes.get(name + "." + part));
        }

        /** Has the script know the partitions of another disk, too. */
        Plan beside(Plan other) {
            script.append(other.script);
            return this;
        }

        Plan line(String line) {
            script.line(line);
            return this;
        }

        /** Puts the files of a directory of this machine where the script has mounted something, all owned by root. */
        Plan unpack(Path tree, String where) throws IOException {
            Path tar = directory.resolve("tree.tar");
            GuestDisk.run("tar", "-C", tree.toString(), "--owner=0", "--group=0", "-cf", tar.toString(), ".");
            long size = Files.size(tar);
            script.line(BashScript.incoming(appliance.put(tar, size), size) + " | tar -C " + where + " -x");
            return this;
        }

        /** Makes the content, and of all partitions a disk. */
        Path make() throws IOException {
            appliance.run(script.line("sync"));
            String table = types.entrySet().stream()
                    .map(part -> "size=" + mebibytes(part.getKey()) + "MiB, type=" + part.getValue() + "\n")
                    .collect(Collectors.joining());
            Path lines = Files.writeString(directory.resolve("sfdisk"), "label: gpt\n" + table);
            long total = types.keySet().stream().mapToLong(this::mebibytes).sum() + 2;
            Path disk = directory.resolve(name + ".raw");
            SparseFile.create(disk, total * MIB).close();
            GuestDisk.shell("sfdisk -q \"$1\" < \"$2\"", disk, lines);
            long at = MIB;
            try (SparseFile out = SparseFile.openWrite(disk)) {
                for (String part : types.keySet()) {
                    long size = mebibytes(part) * MIB;
                    try (SparseFile in = SparseFile.openRead(drive(part).file())) {
                        SparseCopy.copyWhole(in, in.dataExtents(0, size), out, at, done -> {});
                    }
                    at += size;
                }
            }
            return disk;
        }
    }

    Plan disk(String name) {
        return new Plan(name);
    }

    @Override
    public void close() {
        appliance.close();
    }
}
