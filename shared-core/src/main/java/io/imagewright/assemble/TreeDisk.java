package io.imagewright.assemble;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.imagewright.disk.NewTable;
import io.imagewright.disk.Partition;
import io.imagewright.disk.Piece;
import io.imagewright.disk.Region;
import io.imagewright.disk.ScratchDirectory;
import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.Exec;
import io.imagewright.source.tree.FileTree;
import io.imagewright.source.tree.TreeDigest;
import io.imagewright.spec.NewDisk;
import io.imagewright.spec.NewDisk.Boot;

/** Makes a raw disk of a tree. Partitions begin at whole MiB; the root file system is the last one, so that it can grow. */
public final class TreeDisk {

    private static final int SECTOR = 512;
    private static final long MIB = 1 << 20;

    /** Sectors in front of the first partition. */
    private static final long FIRST = MIB / SECTOR;

    private static final String BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649";
    private static final String ESP = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
    private static final String LINUX = "0fc63daf-8483-4772-8e79-3d69d8477de4";
    private static final String ROOT = "root";

    private final FileTree tree;
    private final NewDisk wanted;
    private final Path directory;
    private final Exec exec;
    private final TreeSystem system;
    private final Map<Boot, Grub> loaders;
    private final AssemblyIds ids;
    private final UUID root;
    private final long newest;
    private final boolean gpt;
    private final List<Partition> partitions = new ArrayList<>();
    private long next = FIRST;

    private TreeDisk(FileTree tree, NewDisk wanted, Path directory, Exec exec) {
        this.tree = tree;
        this.wanted = wanted;
        this.directory = directory;
        this.exec = exec;
        this.system = new TreeSystem(tree);
        this.loaders = loaders();
        this.ids = new AssemblyIds(TreeDigest.of(tree), wanted.toString().getBytes(StandardCharsets.UTF_8));
        this.root = ids.uuid(ROOT);
        long[] latest = {1};
        tree.forEach(
                member -> latest[0] = Math.max(latest[0], Math.min(member.stat().modified(), 0xffff_ffffL)));
        this.newest = latest[0];
        this.gpt = wanted.table() == NewDisk.Table.GPT;
    }

    /**
     * Writes the disk, a sparse file.
     *
     * @param tree gets what a disk needs: fstab, the configuration of the boot loader
     * @param directory for files of the work, which are deleted at the end
     * @return what the user should know of it, in full sentences
     * @throws ImageException SOURCE when the tree has no kernel or boot loader for what is wanted, or does not fit
     */
    public static List<String> write(FileTree tree, NewDisk wanted, Path disk, Path directory, Exec exec) {
        try (ScratchDirectory own = ScratchDirectory.in(directory, "assemble")) {
            TreeDisk making = new TreeDisk(tree, wanted, own.path(), exec);
            making.write(disk);
            return making.system.warnings();
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, disk, failure);
        }
    }

    private Map<Boot, Grub> loaders() {
        Map<Boot, Grub> inTree = new EnumMap<>(Boot.class);
        for (Grub grub : List.of(Grub.bios(tree, directory, exec), Grub.efi(tree, directory, exec))) {
            if (grub.isInTree()) {
                inTree.put(grub.firmware(), grub);
            }
        }
        List<Boot> firmware = wanted.boot();
        if (firmware == null || !firmware.isEmpty()) {
            system.requireKernel();
        }
        if (firmware == null) {
            if (inTree.isEmpty()) {
                throw system.noLoader();
            }
            return inTree;
        }
        for (Boot kind : firmware) {
            if (!inTree.containsKey(kind)) {
                throw system.noLoader(kind);
            }
        }
        inTree.keySet().retainAll(firmware);
        return inTree;
    }

    private void write(Path disk) throws IOException {
        Map<Boot, Path> cores = new EnumMap<>(Boot.class);
        loaders.forEach((firmware, grub) -> cores.put(firmware, grub.core(root.toString())));
        Path bios = cores.get(Boot.BIOS);
        Path efi = cores.get(Boot.EFI);
        if (gpt && bios != null) {
            partition("BIOS boot", BIOS_BOOT, MIB);
        }
        List<EspFile> espFiles = efi == null ? List.of() : List.of(loader(efi));
        Partition esp = efi == null ? null : partition("EFI system", gpt ? ESP : "ef", EspImage.sizeFor(espFiles));
        addFiles(esp != null);
        Path file = directory.resolve(ROOT);
        makeRoot(file);
        Partition rootPartition = partition(ROOT, gpt ? LINUX : "83", roundUp(Files.size(file)));

        long size = next * SECTOR + tail();
        requireAddressable(size);
        try (SparseFile out = SparseFile.create(disk, size);
                SparseFile in = SparseFile.openRead(file)) {
            if (esp != null) {
                new EspImage(espFiles, esp.sectors() * SECTOR, ids.number("esp"), newest)
                        .write(out, esp.start() * SECTOR);
            }
            SparseCopy.copy(in, in.dataExtents(0, in.size()), out, rootPartition.start() * SECTOR, done -> {});
            byte[] bootCode = bios == null ? new byte[0] : embed(bios, out);
            for (Region region : table(bootCode, size)) {
                out.write(region.offset(), region.bytes());
            }
        }
        Files.delete(file);
    }

    private static EspFile loader(Path core) throws IOException {
        long size = Files.size(core);
        return new EspFile("EFI/BOOT/BOOTX64.EFI", size, List.of(new Piece(0, size, core, 0)));
    }

    /** Writes GRUB's core image, and gives the code of the boot sector, which loads it. */
    private byte[] embed(Path core, SparseFile out) throws IOException {
        long sector = gpt ? partitions.get(0).start() : 1;
        long most = gpt ? MIB : (FIRST - 1) * SECTOR;
        out.write(sector * SECTOR, Grub.embedded(core, sector, most));
        return Grub.bios(tree, directory, exec).bootCode(sector);
    }

    private List<Region> table(byte[] bootCode, long size) {
        return gpt
                ? NewTable.gpt(ids.uuid("disk"), bootCode, partitions, size)
                : NewTable.msdos(ids.number("disk"), bootCode, partitions);
    }

    /** Bytes behind the last partition. */
    private long tail() {
        return gpt ? MIB : 0;
    }

    private static long roundUp(long bytes) {
        return (bytes + MIB - 1) / MIB * MIB;
    }

    private void requireAddressable(long size) {
        if (size > wanted.table().largest()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot make a disk of " + size + " bytes",
                    "an MBR cannot address more than 2 TiB",
                    Message.of("Set ", SettingName.DISK_TABLE.to("gpt"), "."));
        }
    }

    private void makeRoot(Path file) {
        Long size = wanted.size();
        long before = next * SECTOR + tail();
        long fixed = size == null ? 0 : size / MIB * MIB - before;
        requireAddressable(size == null ? wanted.minimumFree() : size);
        if (size != null && fixed <= 0) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot make a disk of " + size + " bytes",
                    "what is before the root file system needs " + before + " bytes",
                    Message.of("Set ", SettingName.DISK_SIZE, " to more, or to auto."));
        }
        new ExtImage(exec)
                .make(
                        file,
                        new ExtImage.Wanted(
                                wanted.fileSystem().type(),
                                wanted.fileSystem().label(),
                                root,
                                ids.uuid("hash seed"),
                                wanted.minimumFree(),
                                fixed,
                                newest,
                                "the root file system"),
                        tree::forEach);
    }

    private UUID guid(int number) {
        return ids.uuid("partition " + number);
    }

    private Partition partition(String name, String type, long bytes) {
        int number = partitions.size() + 1;
        Partition partition = new Partition(
                number,
                gpt ? Partition.Role.GPT : Partition.Role.PRIMARY,
                next,
                bytes / SECTOR,
                type,
                gpt ? guid(number).toString() : "",
                gpt ? name : "",
                0,
                !gpt && name.equals(ROOT));
        partitions.add(partition);
        next += bytes / SECTOR;
        return partition;
    }

    private void addFiles(boolean hasEsp) {
        system.addMountPoints();
        List<String> fstab = new ArrayList<>();
        fstab.add("UUID=" + root + " / " + wanted.fileSystem().type() + " errors=remount-ro 0 1");
        if (hasEsp) {
            tree.makeDirectory("boot/efi", 0755);
            String volume = String.format("%08X", ids.number("esp"));
            fstab.add("UUID=" + volume.substring(0, 4) + "-" + volume.substring(4)
                    + " /boot/efi vfat umask=0077,nofail 0 2");
        }
        system.addFstab(fstab);
        if (!loaders.isEmpty()) {
            loaders.values().forEach(Grub::install);
            int number = partitions.size() + 1;
            String partitionId = gpt ? guid(number).toString() : String.format("%08x-%02x", ids.number("disk"), number);
            system.writeGrubConfiguration(root.toString(), partitionId);
        }
    }
}
