package io.imagewright.diff;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imagewright.contents.FileRecord;
import io.imagewright.contents.FileSpool;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.packages.InstalledPackage;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class DifferenceTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SortedMap<GuestPath, FileRecord> old = new TreeMap<>();
    private final SortedMap<GuestPath, FileRecord> fresh = new TreeMap<>();
    private final List<InstalledPackage> oldPackages = new ArrayList<>();
    private final List<InstalledPackage> freshPackages = new ArrayList<>();

    private static FileStat stat(FileType type, int mode, int owner, long size, long time) {
        return new FileStat(type, mode, owner, 0, size, time, 7, 1);
    }

    private static void put(SortedMap<GuestPath, FileRecord> files, String path, FileStat stat) {
        put(files, path, stat, "");
    }

    private static void put(SortedMap<GuestPath, FileRecord> files, String path, FileStat stat, String target) {
        GuestPath where = GuestPath.of(path);
        files.put(where, new FileRecord(where, stat, Bytes.of(target)));
    }

    private static void file(SortedMap<GuestPath, FileRecord> files, String path, long size, long time) {
        put(files, path, stat(FileType.REGULAR, 0644, 0, size, time));
    }

    private static InstalledPackage deb(String name, String version) {
        return new InstalledPackage("deb", name, version, "amd64", "", "", "", 0);
    }

    private Path spool(String name, SortedMap<GuestPath, FileRecord> files) throws IOException {
        Path file = folder.getRoot().toPath().resolve(name);
        Files.deleteIfExists(file);
        try (FileSpool.Writer writer = new FileSpool.Writer(file)) {
            for (FileRecord record : files.values()) {
                writer.add(record);
            }
        }
        return file;
    }

    private Difference difference(Map<String, String> before, Map<String, String> after) throws IOException {
        return Difference.of(
                new ComparedImage("old.raw", Map.of("product", "A"), before, oldPackages, spool("old", old)),
                new ComparedImage("new.raw", Map.of("product", "A"), after, freshPackages, spool("new", fresh)));
    }

    private Difference difference() throws IOException {
        return difference(Map.of(), Map.of());
    }

    @Test
    public void filesThatCameWentAndChanged_areCountedByDirectory() throws Exception {
        file(old, "/usr/lib/same", 100, 1);
        file(fresh, "/usr/lib/same", 100, 1);
        file(fresh, "/usr/lib/added", 1000, 2);
        put(fresh, "/usr/lib", stat(FileType.DIRECTORY, 0755, 0, 4096, 9));
        put(old, "/usr/lib", stat(FileType.DIRECTORY, 0755, 0, 8192, 1));
        file(old, "/var/log/gone", 30, 1);
        file(old, "/var/cache", 50, 1);
        file(fresh, "/var/cache", 20, 2);
        file(old, "/var/touched", 9, 1);
        file(fresh, "/var/touched", 9, 2);
        file(old, "/first", 5, 1);
        put(old, "/etc/link", stat(FileType.SYMLINK, 0777, 0, 1, 1), "a");
        put(fresh, "/etc/link", stat(FileType.SYMLINK, 0777, 0, 1, 1), "b");
        put(old, "/etc/time", stat(FileType.SYMLINK, 0777, 0, 1, 1), "a");
        put(fresh, "/etc/time", stat(FileType.SYMLINK, 0777, 0, 1, 2), "a");
        put(old, "/zz/owned", stat(FileType.REGULAR, 0644, 0, 1, 1));
        put(fresh, "/zz/owned", stat(FileType.REGULAR, 04644, 5, 1, 1));

        FileChanges files = difference().files();
        assertEquals(new Counts(new Count(1, 1000), new Count(2, 35), new Count(3, -30), new Count(1, 9)), files.all());
        assertEquals(
                List.of("/", "/etc", "/usr", "/var", "/zz"),
                files.directories().stream().map(FileChanges.Directory::name).toList());
        assertEquals(
                new Counts(Count.NONE, new Count(1, 30), new Count(1, -30), new Count(1, 9)),
                files.directories().get(3).counts());
        List<FileChange> changed = files.largest(ChangeKind.CHANGED);
        assertEquals("/var/cache", changed.get(0).path());
        assertEquals(List.of("size", "time"), changed.get(0).what());
        assertEquals(
                List.of("target"),
                changed.stream()
                        .filter(change -> change.path().equals("/etc/link"))
                        .findFirst()
                        .orElseThrow()
                        .what());
        assertEquals(List.of("mode", "owner"), changed.get(changed.size() - 1).what());
    }

    @Test
    public void ofManyTheLargestAreNamed() throws Exception {
        for (int i = 0; i < 2000; i++) {
            file(fresh, "/data/" + i, i, 1);
        }
        Difference difference = difference();
        List<FileChange> largest = difference.files().largest(ChangeKind.ADDED);
        assertEquals(50, largest.size());
        assertEquals("/data/1999", largest.get(0).path());
        assertEquals("/data/1950", largest.get(49).path());
        assertEquals(2000, difference.files().all().added().files());
        assertTrue(difference.text().toString(), difference.text().contains("    and 1990 more"));
    }

    @Test
    public void packagesAndProperties() throws Exception {
        oldPackages.addAll(List.of(deb("bash", "5.1"), deb("gone", "1"), deb("kernel", "6.1"), deb("same", "1")));
        freshPackages.addAll(List.of(
                deb("bash", "5.2"), deb("new", "2"), deb("kernel", "6.1"), deb("kernel", "6.2"), deb("same", "1")));
        Difference difference = difference(Map.of("OS", "a", "GONE", "x"), Map.of("OS", "b", "NEW", ""));
        assertEquals(
                List.of("GONE x null", "NEW null ", "OS a b"),
                difference.properties().stream()
                        .map(change -> change.name() + " " + change.before() + " " + change.after())
                        .toList());
        assertEquals("new", difference.packages().added().get(0).name());
        assertEquals("gone", difference.packages().removed().get(0).name());
        assertEquals(
                List.of("bash 5.1 5.2", "kernel 6.1 6.1, 6.2"),
                difference.packages().changed().stream()
                        .map(change -> change.name() + " " + change.before() + " " + change.after())
                        .toList());
        assertTrue(difference.text().contains("  ~ bash amd64 5.1 -> 5.2"));
        assertTrue(difference.text().contains("  OS: 'a' -> 'b'"));
    }

    @Test
    public void sameImagesHaveNoDifference() throws Exception {
        file(old, "/usr/lib/same", 100, 1);
        file(fresh, "/usr/lib/same", 100, 1);
        Difference difference = difference(Map.of("A", "b"), Map.of("A", "b"));
        assertTrue(difference.none());
        assertEquals(List.of("From old.raw to new.raw: no difference"), difference.text());
        assertTrue(difference.html(), difference.html().contains("No difference."));
        JsonNode json = new ObjectMapper().readTree(difference.json());
        assertEquals("image-diff/v1", json.path("schema").asText());
        assertEquals(
                0, json.path("files").path("all").path("added").path("files").asInt(-1));
        assertEquals(0, json.path("packages").path("added").size());
    }

    @Test
    public void namesOfAGuestDoNoHarm() throws Exception {
        byte[] name = {'<', 'b', '>', '\n', 0x1b, '[', (byte) 0xff, '"', '\\'};
        GuestPath path = GuestPath.ROOT.child("<script>").child(name);
        fresh.put(path, new FileRecord(path, stat(FileType.REGULAR, 0644, 0, 1, 1), Bytes.EMPTY));
        file(fresh, "/usr/\u202etxt", 2, 2);
        freshPackages.add(deb("evil</td><script>alert(1)</script>", "1\n2\u0007\ud800"));
        Difference difference = difference(Map.of("P", "&lt;"), Map.of("P", "<img src=x onerror=alert(1)>\ud83d"));

        for (String line : difference.text()) {
            assertFalse(line, line.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0xd800));
        }
        byte[] utf8 = difference.json().getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "\\u{202e} shows",
                "/usr/\\u{202e}txt",
                new ObjectMapper()
                        .readTree(utf8)
                        .path("files")
                        .path("largest")
                        .get(0)
                        .path("path")
                        .asText());
        StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(difference.json()));
        String page = difference.html();
        StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(page));
        assertFalse(page, page.contains("<script") || page.contains("<img") || page.contains("<b>"));
        assertTrue(page, page.contains("&lt;img src=x onerror=alert(1)&gt;"));
        assertFalse("needs no network", page.contains("http"));
    }

    @Test
    public void theSameDifferenceIsTheSameBytes() throws Exception {
        file(old, "/a/b", 1, 1);
        file(fresh, "/a/c", 1, 1);
        oldPackages.add(deb("x", "1"));
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            many.put("KEY" + i, "v");
        }
        assertEquals(
                difference(many, Map.of()).json(),
                difference(new TreeMap<>(many), Map.of()).json());
        String json = difference(many, Map.of()).json();
        assertTrue(json, json.startsWith("{\n  \"schema\": \"image-diff/v1\",\n  \"old\": \"old.raw\",\n"));
    }

    @Test
    public void aSpoolThatIsCutOrOutOfOrder_isAnError() throws Exception {
        file(old, "/a/b", 1, 1);
        file(old, "/a/c", 1, 1);
        byte[] whole = Files.readAllBytes(spool("whole", old));
        Path cut = folder.getRoot().toPath().resolve("cut");
        for (int length = 0; length < whole.length; length++) {
            Files.write(cut, java.util.Arrays.copyOf(whole, length));
            assertThrows(IOException.class, () -> readAll(cut));
        }
        Files.write(cut, whole);
        assertEquals(2, readAll(cut));
        byte[] twice = new byte[2 * whole.length - 4];
        System.arraycopy(whole, 0, twice, 0, whole.length - 4);
        System.arraycopy(whole, 0, twice, whole.length - 4, whole.length);
        Files.write(cut, twice);
        assertThrows(IOException.class, () -> readAll(cut));
    }

    private static int readAll(Path file) throws IOException {
        try (FileSpool.Reader reader = new FileSpool.Reader(file)) {
            int count = 0;
            while (reader.next().isPresent()) {
                count++;
            }
            return count;
        }
    }
}
