package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.jspecify.annotations.Nullable;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

/** The same source gives the same bytes, wherever, whenever and however the build runs; and every time in them is the request's. */
public class SameBytesTest {

    private static final DateTimeFormatter CTIME =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final List<ImageDescription.Format> RAW =
            List.of(new ImageDescription.Format("raw", Map.of(), null, "raw.img"));

    private static final List<ImageDescription.Format> ALL = List.of(
            RAW.get(0),
            new ImageDescription.Format("diskdump", Map.of(), null, null),
            qcow2("zlib"),
            qcow2("zstd"),
            qcow2("off"));

    private static GuestDisk guest;
    private static Path here = Path.of("unset");
    private static Path there = Path.of("unset");
    private static Map<String, String> first = Map.of();

    @BeforeClass
    public static void buildOnce() throws IOException {
        here = FOLDER.newFolder("here").toPath();
        there = FOLDER.newFolder("there", "in a deeper, stranger place", "%41").toPath();
        guest = new GuestDisk(FOLDER.getRoot().toPath().resolve("guest"), "gpt", 64);
        // sshd and nothing that makes its keys: sysprep adds a unit, and with it files, directories and links
        Path disk = guest.file("usr/lib/systemd/systemd", "ELF")
                .file("usr/sbin/sshd", "ELF")
                .file("usr/bin/ssh-keygen", "ELF")
                .write();
        GuestDisk.run(
                "cp",
                "--sparse=always",
                disk.toString(),
                here.resolve("disk.raw").toString());
        GuestDisk.run(
                "cp",
                "--sparse=never",
                disk.toString(),
                there.resolve("disk.raw").toString());
        Files.setLastModifiedTime(there.resolve("disk.raw"), FileTime.from(Instant.EPOCH));
        first = build(here, Requests.TIMESTAMP, false, ALL);
    }

    @Test
    public void sameBytes_inAnotherDirectoryAtAnotherTimeInAnotherProcess() throws Exception {
        waitForTheClock();
        Map<String, String> second = build(there, Requests.TIMESTAMP, true, ALL);
        requireSame(first, second);
        // 5 images with 2 sidecars each, .meta and .variant of the diskdump, the manifest and the bill of materials
        assertEquals(first.keySet().toString(), 5 * 3 + 2 + 1 + 1, first.size());
    }

    @Test
    public void sameBytes_whenNoTimeIsGiven() throws Exception {
        Map<String, String> once = build(here, null, false, RAW);
        waitForTheClock();
        requireSame(once, build(there, null, true, RAW));
    }

    private static void requireSame(Map<String, String> first, Map<String, String> second) {
        Set<String> differing = new TreeSet<>(first.keySet());
        differing.addAll(second.keySet());
        differing.removeIf(name -> first.containsKey(name) && first.get(name).equals(second.get(name)));
        assertEquals("files that differ", Set.of(), differing);
    }

    /** SOURCE_DATE_EPOCH=0 is a time, though e2fsprogs takes 0 for none and asks the clock. */
    @Test
    public void sameBytes_whenTheTimeIsTheEpoch() throws Exception {
        Map<String, String> once = build(here, 0L, false, RAW);
        waitForTheClock();
        requireSame(once, build(there, 0L, true, RAW));
    }

    @Test
    public void otherBytes_whenTheTimeIsAnother() throws IOException {
        Map<String, String> other = build(here, Requests.TIMESTAMP + 86_400, false, ALL);
        assertEquals(first.keySet(), other.keySet());
        for (String image : List.of("raw.img", "guest-1.diskdump", "zstd.qcow2")) {
            assertTrue(first.keySet().toString(), first.containsKey(image));
            assertNotEquals(image, first.get(image), other.get(image));
        }
    }

    @Test
    public void everyTimeIsTheRequests() throws IOException {
        Path raw = here.resolve("out-" + Requests.TIMESTAMP + "/raw.img");
        String wanted = CTIME.format(Instant.ofEpochSecond(Requests.TIMESTAMP));
        String superblock = utc("dumpe2fs -h \"$1\" 2>/dev/null", raw + "?offset=" + guest.rootOffset());
        for (String field : List.of("Last write time", "Last checked")) {
            assertEquals(wanted, field(superblock, field));
        }
        assertEquals("n/a", field(superblock, "Last mount time"));
        Set<String> times = inodeTimes(raw);
        times.removeAll(inodeTimes(here.resolve("disk.raw")));
        String timestamp = Long.toHexString(Requests.TIMESTAMP);
        assertEquals("times of inodes that are not the source's", Set.of(timestamp), times);
    }

    /** Every time of every inode of the root file system, seconds in hexadecimal. */
    private static Set<String> inodeTimes(Path disk) throws IOException {
        String[] requests = IntStream.range(1, 100)
                .mapToObj(inode -> "stat <" + inode + ">")
                .toArray(String[]::new);
        return Pattern.compile("(?:a|c|m|d|cr)time: 0x([0-9a-f]{8})")
                .matcher(LaidOutDisk.debugfs(disk, guest.rootOffset(), requests))
                .results()
                .map(time -> time.group(1))
                .filter(time -> !time.equals("00000000"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The output's own record has times of the run and is not attached; nothing else may have them. */
    @Test
    public void noFileNamesTheDayOrTheMachine() throws IOException {
        Path out = here.resolve("out-" + Requests.TIMESTAMP);
        String today = Instant.now().toString().substring(0, 10);
        // as a word: names as short as "vm" are parts of others
        Pattern host = Pattern.compile(
                "\\b" + Pattern.quote(GuestDisk.run("uname", "-n").strip()) + "\\b");
        for (String name : first.keySet()) {
            if (Files.size(out.resolve(name)) < 1 << 16) {
                String text = Files.readString(out.resolve(name));
                assertFalse(name, text.contains(today));
                assertFalse(name, host.matcher(text).find());
                assertFalse(name, text.contains(FOLDER.getRoot().toString()));
            }
        }
    }

    private static String field(String superblock, String name) {
        return superblock
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip().replaceAll(" +", " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + superblock));
    }

    private static String utc(String command, String disk) {
        return GuestDisk.shell("export TZ=UTC LC_ALL=C; " + command, disk);
    }

    /** File systems keep seconds: what depends on the clock would else be the same by chance. */
    private static void waitForTheClock() throws InterruptedException {
        Thread.sleep(1100);
    }

    /** Digests by name of everything that a build in this directory makes and that may be attached. */
    private static Map<String, String> build(
            Path directory, @Nullable Long timestamp, boolean inProcess, List<ImageDescription.Format> formats)
            throws IOException {
        Path out = directory.resolve("out-" + timestamp);
        ImageBuildRequest request = Requests.of(description(formats), out).toBuilder()
                .baseDirectory(directory)
                .workDirectory(Files.createDirectories(directory.resolve("work")))
                .timestamp(timestamp)
                .worker(new ImageBuildRequest.WorkerSettings(inProcess, Requests.classPath()))
                .build();
        ImageBuild.run(request, ProgressListener.NONE);
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".build.json")) {
                    digests.put(
                            name, GuestDisk.shell("sha256sum < \"$1\"", file).strip());
                }
            }
        }
        return digests;
    }

    private static ImageDescription description(List<ImageDescription.Format> formats) {
        ImageDescription plain = Requests.description(Path.of("disk.raw"), "raw");
        return plain.toBuilder()
                .properties(Map.of("DESCRIPTION", "the same", "B", "b", "A", "a"))
                .formats(formats)
                .build();
    }

    private static ImageDescription.Format qcow2(String compression) {
        return new ImageDescription.Format(
                "qcow2", Map.of("compression", compression), compression, compression + ".qcow2");
    }
}
