package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.imagewright.GuestDisk;
import io.imagewright.disk.Extent;
import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;
import io.imagewright.exec.ProcessExec;

/** Makes disks with whatever the tools of an appliance can make, one appliance for all of them: no root and no device mapper are needed. */
final class GuestMaker implements AutoCloseable {

    private static final long MIB = 1 << 20;

    private static final int MAX_PARTITIONS = 20;

    private final Path directory;
    private final Appliance appliance;
    private final List<Drive> drives = new ArrayList<>();
    private int used;

    GuestMaker(Path directory) throws IOException {
        this.directory = directory;
        for (int i = 0; i < MAX_PARTITIONS; i++) {
            Path file = directory.resolve("part" + i);
            SparseFile.create(file, 640 * MIB).close();
            drives.add(new Drive(file, false, Drive.label(i)));
        }
        this.appliance = Appliance.launch(
                GuestfsFiles.find(System.getenv()),
                ApplianceSettings.DEFAULT,
                Accelerator.find(new ProcessExec(), System.getenv()),
                drives,
                Files.createDirectory(directory.resolve("maker")),
                LaunchListener.NONE);
    }

    /** A disk to be: partitions by their sfdisk types, and what makes their content. */
    final class Plan {

        private final Map<String, Long> sizes = new LinkedHashMap<>();
        private final Map<String, String> types = new LinkedHashMap<>();
        private final Map<String, Drive> parts = new LinkedHashMap<>();
        private final Script script = new Script()
                // a loop device and the drive behind it look alike to LVM
                .line(
                        "mkdir -p /etc/lvm; printf 'devices { global_filter = [ \"a|/dev/loop|\", \"a|/dev/md|\", \"a|/dev/mapper/|\", \"r|.*|\" ] }\\n' > /etc/lvm/lvm.conf");
        private final Path disk;

        private Plan(String name) {
            this.disk = directory.resolve(name + ".raw");
        }

        /** A partition; the script knows its device as a variable of that name. */
        Plan partition(String name, long mebibytes, String type) {
            Drive drive = drives.get(used++);
            sizes.put(name, mebibytes);
            types.put(name, type);
            parts.put(name, drive);
            // a drive has more sectors than the partition: what is made in it must end with the partition
            script.line("udevadm settle; " + name + "=$(losetup --show -f --sizelimit " + mebibytes * MIB + " "
                    + drive.device() + ")");
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
            script.line("dd if=$in bs=1M iflag=skip_bytes,count_bytes skip=" + appliance.put(tar, size) + " count="
                    + size + " status=none | tar -C " + where + " -x");
            return this;
        }

        /** Makes the content, and of all partitions a disk. */
        Path make() throws IOException {
            script.line("sync").line("losetup -D || :");
            appliance.run(script);
            String table = sizes.entrySet().stream()
                    .map(part -> "size=" + part.getValue() + "MiB, type=" + types.get(part.getKey()) + "\n")
                    .collect(Collectors.joining());
            Path lines = Files.writeString(directory.resolve("sfdisk"), "label: gpt\n" + table);
            long total = sizes.values().stream().mapToLong(Long::longValue).sum() + 2;
            SparseFile.create(disk, total * MIB).close();
            GuestDisk.shell("sfdisk -q \"$1\" < \"$2\"", disk, lines);
            long at = MIB;
            try (SparseFile out = SparseFile.openWrite(disk)) {
                for (Map.Entry<String, Long> part : sizes.entrySet()) {
                    try (SparseFile in =
                            SparseFile.openRead(parts.get(part.getKey()).file())) {
                        List<Extent> data = in.dataExtents(0, part.getValue() * MIB);
                        SparseCopy.copyWhole(in, data, out, at, done -> {});
                    }
                    at += part.getValue() * MIB;
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
