package io.imagewright.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.disk.LayoutReader;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Command;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.ExtTools;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Trees of real file systems, of each way in which they keep contents, read back by tar(1). */
public class TarArchiveTest {

    private static final long NOW = 1_600_000_000;

    private static final String LONG_NAME = "x".repeat(120);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void keepsATreeInExtents() throws Exception {
        keepsTheTree("-t", "ext4");
    }

    @Test
    public void keepsATreeInBlockNumbers() throws Exception {
        keepsTheTree("-t", "ext2", "-b", "1024");
    }

    @Test
    public void keepsATreeInInodes() throws Exception {
        Path tar = written(fileSystem("-t", "ext4", "-O", "inline_data", "-I", "512"), "a");
        Path out = folder.newFolder().toPath();
        run("tar", "-xf", tar.toString(), "-C", out.toString(), "--exclude=dev", "--no-same-owner");
        assertEquals("content", Files.readString(out.resolve("etc/twin")));
        assertArrayEquals(program(), Files.readAllBytes(out.resolve("usr/program")));
        assertEquals(
                Set.of("SCHILY.xattr.user.note", "SCHILY.xattr.security.capability", "SCHILY.acl.access"),
                entries(tar).get("etc/old").getExtraPaxHeaders().keySet());
    }

    /** Each time, in seconds since the epoch, and what the archive says; what is younger than it is cut to it. */
    @Test
    public void keepsNanoseconds() throws Exception {
        Path fs = fileSystem("-t", "ext4");
        Map<String, String> times = Map.of(
                "981158400.123456789", "981158400.123456789",
                "981158400.5", "981158400.5",
                "-1.25", "-2",
                "1599999999.999999999", "1599999999.999999999",
                "1600000000.000000001", "1600000000",
                "1600000001.5", "1600000000");
        for (Map.Entry<String, String> time : times.entrySet()) {
            BigDecimal exact = new BigDecimal(time.getKey());
            BigDecimal seconds = exact.setScale(0, RoundingMode.FLOOR);
            long nanoseconds = exact.subtract(seconds).movePointRight(9).longValueExact();
            long epoch = seconds.signum() < 0 ? 0 : seconds.longValueExact() >> 32;
            debugfs(
                    fs,
                    "set_inode_field /etc/old mtime @" + (seconds.longValueExact() & 0xffffffffL),
                    "set_inode_field /etc/old mtime_extra " + (nanoseconds << 2 | epoch));
            Path tar = written(fs, "at " + time.getKey());
            String listing = run("tar", "--full-time", "--utc", "-tvf", tar.toString(), "etc/old");
            BigDecimal kept = new BigDecimal(time.getValue());
            String instant = Instant.ofEpochSecond(0)
                    .plusNanos(kept.movePointRight(9).longValueExact())
                    .toString()
                    .replace('T', ' ')
                    .replaceAll("(\\.\\d*?)0*Z|Z", "$1");
            assertTrue(listing + " of " + time, listing.contains(" " + instant + " "));
        }
    }

    private void keepsTheTree(String... kind) throws Exception {
        Path fs = fileSystem(kind);
        Path tar = written(fs, "a");
        String listing = run("tar", "--numeric-owner", "--full-time", "--utc", "-tvf", tar.toString());
        List<String> lines = listing.lines()
                .map(line -> line.replaceAll(" +", " "))
                .filter(line -> !line.contains("lost+found"))
                .toList();
        List<String> expected = List.of(
                "drwxr-xr-x 0/0 0 2020-09-13 12:26:40 ./",
                "drwxr-xr-x 0/0 0 2020-09-13 12:26:40 dev/",
                "brw-r--r-- 0/0 8,300 2020-09-13 12:26:40 dev/disk",
                "crw-r--r-- 0/0 1,3 2020-09-13 12:26:40 dev/null",
                "prw-r--r-- 0/0 0 2020-09-13 12:26:40 dev/pipe",
                "drwxr-xr-x 0/0 0 2001-02-03 00:00:00 etc/",
                "-rw-r----- 7/70000 7 2001-02-03 00:00:00 etc/old",
                "lrwxrwxrwx 0/0 0 2020-09-13 12:26:40 etc/short -> old",
                "lrwxrwxrwx 0/0 0 2020-09-13 12:26:40 etc/" + LONG_NAME + " -> " + LONG_NAME,
                "hrw-r----- 7/70000 0 2001-02-03 00:00:00 etc/twin link to etc/old",
                "drwxr-xr-x 0/0 0 2020-09-13 12:26:40 usr/",
                "-rwsr-xr-x 0/0 3000000 2020-09-13 12:26:40 usr/program",
                "-rw-r--r-- 0/0 20000000 2020-09-13 12:26:40 usr/sparse");
        List<String> found = new ArrayList<>(lines);
        found.removeIf(line -> line.contains("odd"));
        assertEquals(String.join("\n", sorted(expected)), String.join("\n", sorted(found)));
        assertEquals(1, lines.stream().filter(line -> line.contains("odd")).count());
        // programs of everybody take it apart, holes included
        Path out = folder.newFolder().toPath();
        run("tar", "-xf", tar.toString(), "-C", out.toString(), "--exclude=dev", "--no-same-owner");
        assertArrayEquals(program(), Files.readAllBytes(out.resolve("usr/program")));
        assertArrayEquals(sparse(), Files.readAllBytes(out.resolve("usr/sparse")));
        assertEquals("content", Files.readString(out.resolve("etc/twin")));
        assertTrue("holes stay holes: " + Files.size(tar), Files.size(tar) < 5_000_000);
        assertArrayEquals(Files.readAllBytes(tar), Files.readAllBytes(written(fs, "again")));
    }

    @Test
    public void keepsAttributesAndAcls() throws Exception {
        Path tar = written(fileSystem("-t", "ext4"), "a");
        TarArchiveEntry old = entries(tar).get("etc/old");
        Map<String, String> pax = old.getExtraPaxHeaders();
        assertEquals("a=b", pax.get("SCHILY.xattr.user.note"));
        assertEquals("user::rw-,user:1000:rwx,group::r--,mask::rwx,other::---", pax.get("SCHILY.acl.access"));
        assertTrue(pax.keySet().toString(), pax.containsKey("SCHILY.xattr.security.capability"));
    }

    @Test
    public void keepsAMemberOfMoreThan8GiB() throws Exception {
        Path fs = folder.newFile().toPath();
        run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", fs.toString(), "64m");
        Path huge = folder.newFile().toPath();
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(9L << 30);
            file.seek((9L << 30) - 3);
            file.write("end".getBytes(StandardCharsets.US_ASCII));
        }
        debugfs(fs, "write " + huge + " huge");
        // of the data nothing is a hole any more: a member of its whole length
        DiskLayout layout = layout(fs, "a");
        assertTrue("its data alone is kept: " + layout.size(), layout.size() < 100_000);
        String listing = run("tar", "-tvf", written(fs, "b").toString());
        assertTrue(listing, listing.contains(" " + (9L << 30) + " "));
    }

    @Test
    public void refusesAFileWhoseBlocksAreBeyondTheFileSystem() throws Exception {
        Path fs = fileSystem("-t", "ext2", "-b", "1024");
        debugfs(fs, "set_inode_field /usr/program block[3] 99999999");
        ImageException refused = assertThrows(ImageException.class, () -> layout(fs, "a"));
        assertTrue(refused.getMessage(), String.valueOf(refused.getMessage()).contains("partition 1"));
    }

    private Path fileSystem(String... kind) throws Exception {
        Path root = folder.newFolder().toPath();
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("usr"));
        Files.createDirectories(root.resolve("dev"));
        Files.writeString(root.resolve("etc/old"), "content");
        Files.createLink(root.resolve("etc/twin"), root.resolve("etc/old"));
        Files.write(root.resolve("usr/program"), program());
        Files.createSymbolicLink(root.resolve("etc/short"), Path.of("old"));
        Files.createSymbolicLink(root.resolve("etc/" + LONG_NAME), Path.of(LONG_NAME));
        try (RandomAccessFile file =
                new RandomAccessFile(root.resolve("usr/sparse").toFile(), "rw")) {
            file.setLength(sparse().length);
            file.seek(8 << 20);
            file.write(sparse(), 8 << 20, 5000);
        }
        run("sh", "-c", "touch \"$1/$(printf 'odd\\377n')\"", "sh", root.toString());
        Path fs = folder.newFile().toPath();
        List<String> make = new ArrayList<>(List.of("mke2fs", "-q", "-F"));
        make.addAll(List.of(kind));
        make.addAll(List.of("-d", root.toString(), fs.toString(), "64m"));
        run(make.toArray(String[]::new));
        Path note = folder.newFile().toPath();
        Files.writeString(note, "a=b");
        Path capability = folder.newFile().toPath();
        Files.write(capability, new byte[] {1, 0, 0, 2, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        Path acl = folder.newFile().toPath();
        Files.write(acl, acl());
        List<String> commands = new ArrayList<>(List.of(
                "cd dev",
                "mknod disk b 8 300",
                "mknod null c 1 3",
                "mknod pipe p",
                "cd /",
                "set_inode_field /dev/disk mode 060644",
                "set_inode_field /dev/null mode 020644",
                "set_inode_field /dev/pipe mode 010644",
                "set_inode_field /usr/program mode 0104755",
                "set_inode_field /etc/old mode 0100640",
                "set_inode_field /etc/old uid 7",
                "set_inode_field /etc/old gid 70000",
                "set_inode_field /usr/sparse mode 0100644",
                "set_inode_field / mode 040755",
                "ea_set -f " + note + " /etc/old user.note",
                "ea_set -f " + acl + " /etc/old system.posix_acl_access",
                "ea_set -f " + capability + " /etc/old security.capability"));
        for (String directory : List.of("/dev", "/etc", "/usr")) {
            commands.add("set_inode_field " + directory + " mode 040755");
        }
        for (String file : List.of(
                "/",
                "/dev",
                "/dev/disk",
                "/dev/null",
                "/dev/pipe",
                "/etc",
                "/etc/old",
                "/etc/short",
                "/etc/" + LONG_NAME,
                "/usr",
                "/usr/program",
                "/usr/sparse")) {
            commands.add("set_inode_field " + file + " uid " + (file.equals("/etc/old") ? 7 : 0));
            if (!file.equals("/etc/old")) {
                commands.add("set_inode_field " + file + " gid 0");
            }
            commands.add("set_inode_field " + file + " mtime "
                    + (file.equals("/etc") || file.equals("/etc/old") ? "20010203" : "@" + (NOW + 99)));
        }
        debugfs(fs, commands.toArray(String[]::new));
        return fs;
    }

    /** As the kernel gives it: version 2, then tag, permissions and id of each entry. */
    private static byte[] acl() {
        ByteBuffer acl =
                ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        for (int[] entry : new int[][] {{1, 6, -1}, {2, 7, 1000}, {4, 4, -1}, {16, 7, -1}, {32, 0, -1}}) {
            acl.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
        }
        return acl.array();
    }

    private static byte[] program() {
        byte[] bytes = new byte[3_000_000];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i * 7 + i / 1000));
        return bytes;
    }

    private static byte[] sparse() {
        byte[] bytes = new byte[20_000_000];
        Arrays.fill(bytes, 8 << 20, (8 << 20) + 5000, (byte) 'd');
        return bytes;
    }

    private DiskLayout layout(Path fs, String name) throws IOException {
        Path directory = folder.newFolder(name).toPath();
        ExtTools engine = new ExtTools(new ProcessExec(), NOW);
        try (Guest guest = engine.open(Map.of(GuestPath.ROOT, new VolumeFile(fs, 0, "partition 1 (ext4)")), false)) {
            return TarArchive.of(guest, directory, NOW);
        }
    }

    private Path written(Path fs, String name) throws IOException {
        DiskLayout layout = layout(fs, name);
        Path tar = folder.getRoot().toPath().resolve(name + ".tar");
        try (LayoutReader reader = new LayoutReader(layout);
                RandomAccessFile out = new RandomAccessFile(tar.toFile(), "rw")) {
            out.setLength(layout.size());
            for (long at = 0; reader.nextData(at).isPresent(); ) {
                Extent data = reader.nextData(at).get();
                ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(1 << 20, data.length()));
                reader.read(data.offset(), buffer);
                out.seek(data.offset());
                out.write(buffer.array());
                at = data.offset() + buffer.capacity();
            }
        }
        return tar;
    }

    private static Map<String, TarArchiveEntry> entries(Path tar) throws IOException {
        Map<String, TarArchiveEntry> entries = new TreeMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), entry);
            }
        }
        return entries;
    }

    private static List<String> sorted(List<String> lines) {
        List<String> sorted = new ArrayList<>(lines);
        Collections.sort(sorted);
        return sorted;
    }

    private void debugfs(Path fs, String... commands) throws IOException {
        Path script = folder.newFile().toPath();
        Files.write(script, List.of(commands));
        String said = run("debugfs", "-w", "-f", script.toString(), fs.toString());
        assertTrue(
                said,
                said.lines().noneMatch(line -> !line.matches("debugfs.*|Allocated inode: .*") && line.contains(":")));
    }

    private static String run(String... argv) {
        ExecResult result = new ProcessExec()
                .run(new Command(List.of(argv), Map.of("LC_ALL", "C"), Limits.ofTime(Duration.ofMinutes(2))));
        if (result.exitCode() != 0) {
            throw new AssertionError(Arrays.stream(argv).collect(Collectors.joining(" ")) + " ended with "
                    + result.exitCode() + ": " + result.stdout() + result.stderr());
        }
        return result.stdout() + result.stderr();
    }
}
