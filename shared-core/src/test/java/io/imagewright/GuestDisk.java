package io.imagewright;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.disk.SparseFile;
import io.imagewright.exec.Command;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;

/**
 * A small disk with a Debian-like guest, made by the real programs and without root: {@code 1} FAT (32 MiB), {@code 2} ext4 (the root),
 * {@code 3} swap (16 MiB), and a gap behind it.
 */
public final class GuestDisk {

    private static final long MIB = 1 << 20;
    private static final long FAT_AT = MIB;
    private static final long FAT_SIZE = 40 * MIB;
    private static final long ROOT_AT = FAT_AT + FAT_SIZE;
    private static final long SWAP_SIZE = 16 * MIB;
    private static final long GAP = 8 * MIB;

    private final Path directory;
    private final Path tree;
    private final long rootSize;
    private final String label;
    private final List<String> debugfs = new ArrayList<>();
    private final List<String> mke2fs = new ArrayList<>();

    /**
     * A disk to be.
     *
     * @param directory an empty directory for it
     * @param label sfdisk's word for the table: {@code dos} or {@code gpt}
     * @param rootMib size of the root partition
     */
    public GuestDisk(Path directory, String label, int rootMib) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.tree = Files.createDirectories(directory.resolve("tree"));
        this.label = label;
        this.rootSize = rootMib * MIB;
        file("etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\n");
        file("etc/debian_version", "12.1\n");
        file(
                "etc/fstab",
                "UUID=11111111-2222-3333-4444-555555555555 / ext4 errors=remount-ro 0 1\n"
                        + "UUID=66666666-7777-8888-9999-aaaaaaaaaaaa none swap sw 0 0\n");
        file("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nalice:x:1000:1000::/home/alice:/bin/bash\n");
        file("etc/shadow", "root:$6$salt$hash:19000:0:99999:7:::\nalice:$6$salt$hash:19000:0:99999:7:::\n");
        file("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        file("etc/ssh/ssh_host_ed25519_key", "KEY\n");
        file("home/alice/.bash_history", "ls\n");
        file("root/.bash_history", "ls\n");
        file("var/log/syslog", "log\n".repeat(1000));
        file("var/cache/apt/archives/x.deb", "deb\n".repeat(1000));
        file("tmp/rubbish", "rubbish\n");
        file("var/tmp/rubbish", "rubbish\n");
        file("boot/config-6.1.0-1-amd64", "CONFIG=y\n");
        file("usr/bin/true", "#!/bin/sh\n");
        Files.createDirectories(tree.resolve("bin"));
    }

    /** Puts a file into the root file system. */
    public GuestDisk file(String path, String content) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        return this;
    }

    /** Takes a file away again. */
    public GuestDisk without(String path) throws IOException {
        Files.delete(tree.resolve(path));
        return this;
    }

    /** The files of the guest alone, for a disk that is laid out otherwise ({@link LaidOutDisk}). */
    public static Path tree(Path directory) throws IOException {
        return new GuestDisk(directory, "", 0).tree;
    }

    /** Runs a debugfs command on the root file system once it is made. */
    public GuestDisk debugfs(String command) {
        debugfs.add(command);
        return this;
    }

    /** Gives mke2fs an option more. */
    public GuestDisk mke2fs(String... options) {
        mke2fs.addAll(List.of(options));
        return this;
    }

    /** Where the root file system starts, in bytes. */
    public long rootOffset() {
        return ROOT_AT;
    }

    /** Where swap starts, in bytes. */
    public long swapOffset() {
        return ROOT_AT + rootSize;
    }

    /** Where the FAT partition starts, in bytes. */
    public long fatOffset() {
        return FAT_AT;
    }

    /** Where nothing is any more, in bytes. */
    public long gapOffset() {
        return swapOffset() + SWAP_SIZE;
    }

    /** Makes the disk as a raw file. */
    public Path write() throws IOException {
        Path disk = directory.resolve("disk.raw");
        SparseFile.create(disk, gapOffset() + GAP).close();
        Path script = directory.resolve("sfdisk");
        String types = label.equals("gpt") ? "C12A7328-F81F-11D2-BA4B-00A0C93EC93B L S" : "c 83 82";
        String[] type = types.split(" ");
        Files.writeString(
                script,
                String.format(
                        "label: %s\nstart=%dK, size=%dK, type=%s\nsize=%dK, type=%s\nsize=%dK, type=%s\n",
                        label,
                        FAT_AT / 1024,
                        FAT_SIZE / 1024,
                        type[0],
                        rootSize / 1024,
                        type[1],
                        SWAP_SIZE / 1024,
                        type[2]));
        shell("sfdisk -q \"$1\" < \"$2\"", disk, script);
        run(
                "mkfs.vfat",
                "-n",
                "EFI",
                "--offset",
                Long.toString(FAT_AT / 512),
                disk.toString(),
                Long.toString(FAT_SIZE / 1024));
        List<String> make = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4"));
        make.addAll(mke2fs);
        make.addAll(List.of(
                "-U",
                "11111111-2222-3333-4444-555555555555",
                "-L",
                "root",
                "-E",
                "root_owner=0:0,offset=" + ROOT_AT,
                "-d",
                tree.toString(),
                disk.toString(),
                rootSize / 1024 + "k"));
        run(make.toArray(String[]::new));
        for (String command : debugfs) {
            run("debugfs", "-w", "-R", command, disk + "?offset=" + ROOT_AT);
        }
        Path swap = directory.resolve("swap");
        SparseFile.create(swap, SWAP_SIZE).close();
        run("mkswap", "-q", "-U", "66666666-7777-8888-9999-aaaaaaaaaaaa", swap.toString());
        put(disk, swapOffset(), Files.readAllBytes(swap));
        return disk;
    }

    /** Writes bytes at a place of a disk. */
    public static void put(Path disk, long offset, byte[] bytes) throws IOException {
        try (SparseFile file = SparseFile.openWrite(disk)) {
            file.write(offset, ByteBuffer.wrap(bytes));
        }
    }

    /** Runs a shell line with {@code $1}... and requires success. */
    public static String shell(String line, Object... arguments) {
        List<String> argv = new ArrayList<>(List.of("bash", "-c", "PATH=$PATH:/usr/sbin:/sbin; " + line, "bash"));
        for (Object argument : arguments) {
            argv.add(argument.toString());
        }
        return run(argv.toArray(String[]::new));
    }

    /** Runs a program and requires success. */
    public static String run(String... argv) {
        ExecResult result = attempt(argv);
        if (result.exitCode() != 0) {
            throw new AssertionError(
                    List.of(argv) + " ended with " + result.exitCode() + ": " + result.stdout() + result.stderr());
        }
        return result.stdout();
    }

    /** Runs a program. */
    public static ExecResult attempt(String... argv) {
        return new ProcessExec().run(new Command(List.of(argv), Map.of(), Limits.ofTime(Duration.ofMinutes(15))));
    }
}
