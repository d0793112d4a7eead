package io.imagewright.guest.packages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.imagewright.GuestDisk;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.TreeBuilder;
import io.imagewright.guest.inspect.DistributionFactsTest;
import io.imagewright.guest.inspect.Facts;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Databases of rpm (Debian package {@code rpm}), and what can be wrong with them, made with SQLite itself ({@code sqlite3}). */
public class RpmDatabaseTest {

    private static final String DATABASE = "/var/lib/rpm/rpmdb.sqlite";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path directory = Path.of("unset");
    private Path database = Path.of("unset");

    @Before
    public void makeDirectory() throws IOException {
        directory = folder.newFolder("db").toPath();
        database = directory.resolve("rpmdb.sqlite");
    }

    /** A package as rpmbuild makes it. */
    private Path rpm(String name, String version, String release, String rest) throws IOException {
        Path spec = folder.getRoot().toPath().resolve(name + ".spec");
        Files.writeString(
                spec,
                "Name: " + name + "\nVersion: " + version + "\nRelease: " + release
                        + "\nSummary: a test\nLicense: none\n" + rest);
        Path top = folder.getRoot().toPath().resolve("build");
        GuestDisk.shell(
                "rpmbuild -bb --quiet --target x86_64 --define \"_topdir $1\" --define '_build_id_links none' \"$2\" 2>&1",
                top,
                spec);
        return top.resolve("RPMS/x86_64/" + name + "-" + version + "-" + release + ".x86_64.rpm");
    }

    private Path rpm(String name, String version, String release) throws IOException {
        return rpm(name, version, release, "%description\nx\n%files\n");
    }

    private void initialise() {
        GuestDisk.shell("rpm --dbpath \"$1\" --define '_db_backend sqlite' --initdb", directory);
    }

    private void install(Path... packages) {
        for (Path each : packages) {
            GuestDisk.shell(
                    "rpm --dbpath \"$1\" --define '_db_backend sqlite' --force-debian --justdb --nodeps --ignorearch"
                            + " --ignoreos --oldpackage --force -i \"$2\"",
                    directory,
                    each);
        }
    }

    private void sqlite(String statements) throws IOException {
        Path script = folder.getRoot().toPath().resolve("script.sql");
        Files.writeString(script, statements);
        GuestDisk.shell("sqlite3 -bail \"$1\" < \"$2\"", database, script);
    }

    private Facts facts() {
        return DistributionFactsTest.facts(this::addDatabase);
    }

    private void addDatabase(TreeBuilder tree) {
        for (String file : List.of("rpmdb.sqlite", "rpmdb.sqlite-wal", "rpmdb.sqlite-journal")) {
            Path path = directory.resolve(file);
            if (Files.exists(path)) {
                tree.file(GuestPath.of("/var/lib/rpm/" + file), read(path));
            }
        }
    }

    private static Bytes read(Path file) {
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private Map<String, String> packages(List<String> warnings) {
        GuestFiles files = new GuestFiles(MemoryGuest.of(this::addDatabase), warnings::add);
        Packages packages = Packages.read(files, warnings::add);
        Map<String, String> versions = new HashMap<>();
        packages.names()
                .forEach(name -> versions.put(name, packages.version(name).orElseThrow()));
        return versions;
    }

    private Map<String, String> packages() {
        List<String> warnings = new ArrayList<>();
        Map<String, String> packages = packages(warnings);
        assertEquals(List.of(), warnings);
        return packages;
    }

    private void refused(String reason) {
        List<String> warnings = new ArrayList<>();
        assertEquals(Map.of(), packages(warnings));
        assertEquals(warnings.toString(), 1, warnings.size());
        assertTrue(warnings.toString(), warnings.get(0).startsWith("Cannot read " + DATABASE + " of the guest: "));
        assertTrue(warnings.toString(), warnings.get(0).contains(reason));
    }

    @Test
    public void readsWhatRpmWrites_ofEverySize() throws Exception {
        initialise();
        install(
                rpm("kernel-core", "6.5.6", "300.fc39"),
                rpm("kernel-core", "6.10.3", "200.fc39"),
                rpm("kernel-core", "6.9.1", "100.fc39"),
                rpm("epochal", "1.0", "1", "Epoch: 7\n%description\n" + "long line\n".repeat(3000) + "%files\n"),
                // a header of many pages: index and data both are long
                rpm(
                        "large",
                        "2",
                        "1",
                        "%description\nx\n%install\nmkdir -p %{buildroot}/opt/d; cd %{buildroot}/opt/d\n"
                                + "for i in $(seq 2500); do : > file-$i; done\n%files\n/opt/d\n"));
        Map<String, String> asRpmSays = new HashMap<>();
        GuestDisk.shell(
                        "rpm --dbpath \"$1\" --define '_db_backend sqlite' -qa --qf"
                                + " '%{NAME} %|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}.%{ARCH}\\n'",
                        directory)
                .lines()
                .map(line -> line.split(" "))
                .forEach(words -> asRpmSays.merge(
                        words[0], words[1], (one, two) -> VersionOrder.INSTANCE.compare(one, two) > 0 ? one : two));
        assertEquals(3, asRpmSays.size());
        assertEquals("7:1.0-1.x86_64", asRpmSays.get("epochal"));
        assertEquals(asRpmSays, packages());
        assertEquals("6.10.3-200.fc39.x86_64", facts().properties().get("KERNEL"));
        assertEquals(List.of(), facts().warnings());
    }

    private List<InstalledPackage> installed() {
        List<String> warnings = new ArrayList<>();
        List<InstalledPackage> installed = InstalledPackages.of(MemoryGuest.of(this::addDatabase), warnings::add);
        assertEquals(List.of(), warnings);
        return installed;
    }

    @Test
    public void everyVersionIsInstalled_withItsSource_licenceAndSize() throws Exception {
        initialise();
        install(
                rpm("kernel-core", "6.5.6", "300.fc39"),
                rpm("kernel-core", "6.10.3", "200.fc39"),
                rpm(
                        "tool",
                        "1.0",
                        "1",
                        "Epoch: 7\n%description\nx\n%package libs\nSummary: y\nLicense: MIT AND Zlib\nVersion: 3\n%description libs\ny\n"
                                + "%install\nmkdir -p %{buildroot}/opt; head -c 5000 /dev/zero > %{buildroot}/opt/f\n%files\n/opt/f\n"
                                + "%files libs\n"),
                folder.getRoot().toPath().resolve("build/RPMS/x86_64/tool-libs-3-1.x86_64.rpm"));
        assertEquals(
                List.of(
                        new InstalledPackage(
                                "rpm", "kernel-core", "6.10.3-200.fc39", "x86_64", "none", "kernel-core", "", 0),
                        new InstalledPackage(
                                "rpm", "kernel-core", "6.5.6-300.fc39", "x86_64", "none", "kernel-core", "", 0),
                        new InstalledPackage("rpm", "tool", "7:1.0-1", "x86_64", "none", "tool", "", 5000),
                        new InstalledPackage(
                                "rpm", "tool-libs", "7:3-1", "x86_64", "MIT AND Zlib", "tool", "1.0-1", 0)),
                installed());
    }

    @Test
    public void walksATreeOfSeveralLevels() throws Exception {
        initialise();
        install(rpm("first", "1", "1"));
        sqlite("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)\n"
                + "INSERT INTO Packages(blob) SELECT (SELECT blob FROM Packages LIMIT 1) FROM n;\n"
                + "DELETE FROM Packages WHERE hnum % 3 = 0;\n"
                + "UPDATE Packages SET blob = x'" + hex(header("middle", "9", "9")) + "' WHERE hnum = 2500;\n"
                + "UPDATE Packages SET blob = x'" + hex(header("last", "9", "9")) + "'"
                + " WHERE hnum = (SELECT max(hnum) FROM Packages);\n");
        assertEquals(Map.of("first", "1-1.x86_64", "middle", "9-9", "last", "9-9"), packages());
    }

    @Test
    public void theLogOfARunningSystem_counts_asFarAsItWasCommitted() throws Exception {
        initialise();
        install(rpm("before", "1", "1"));
        Path copy = folder.newFolder("copy").toPath();
        Path insert = folder.getRoot().toPath().resolve("insert.sql");
        Files.writeString(
                insert,
                "UPDATE Packages SET blob = x'" + hex(header("after", "2", "2")) + "';\nINSERT INTO Packages(blob)"
                        + " VALUES (x'" + hex(header("more", "3", "3")) + "');\n");
        // a reader keeps the writer from moving the log into the database when it ends
        sqlite("BEGIN;\nSELECT count(*) FROM Packages;\n.shell sqlite3 -bail " + database + " < " + insert
                + "\n.shell cp " + database + " " + database + "-wal " + copy + "\n");
        directory = copy;
        Path log = copy.resolve("rpmdb.sqlite-wal");
        byte[] whole = Files.readAllBytes(log);
        assertTrue("the log holds something", whole.length > 4096);
        assertEquals(Map.of("after", "2-2", "more", "3-3"), packages());

        // cut off in the last transaction: as if it had never been
        Files.write(log, Arrays.copyOf(whole, whole.length - 100));
        assertEquals(Map.of("after", "2-2"), packages());
        // damaged in the first frame: the log says nothing
        byte[] damaged = whole.clone();
        damaged[32 + 24 + 50] ^= 1;
        Files.write(log, damaged);
        assertEquals(Map.of("before", "1-1.x86_64"), packages());
        Files.delete(log);
        assertEquals(Map.of("before", "1-1.x86_64"), packages());
    }

    @Test
    public void aChangeThatWasCutOff_isAWarning() throws Exception {
        initialise();
        Files.write(directory.resolve("rpmdb.sqlite-journal"), new byte[512]);
        assertEquals("an emptied journal says nothing", Map.of(), packages());
        Files.write(directory.resolve("rpmdb.sqlite-journal"), new byte[] {(byte) 0xd9, (byte) 0xd5, 5});
        refused("in the middle of a change");
    }

    @Test(timeout = 60_000)
    public void viewsAndTriggers_doNothing() throws Exception {
        sqlite("CREATE VIEW Packages AS WITH RECURSIVE n(hnum, blob) AS"
                + " (SELECT 1, x'00' UNION ALL SELECT hnum + 1, blob FROM n) SELECT * FROM n;\n");
        refused("no table of packages");
    }

    @Test
    public void aTableWithoutRows_orOfAnotherKind() throws Exception {
        sqlite("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB NOT NULL);\n");
        assertEquals(Map.of(), packages());
        Files.delete(database);
        sqlite("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB NOT NULL) WITHOUT ROWID;\n"
                + "INSERT INTO Packages VALUES (1, x'00');\n");
        refused("is not of a table");
        Files.delete(database);
        sqlite("PRAGMA encoding = 'UTF-16le';\nCREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB);\n");
        refused("of a kind that rpm does not write");
    }

    @Test
    public void headersThatMakeNoSense_areCounted() throws Exception {
        sqlite("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB);\n"
                + "INSERT INTO Packages(blob) VALUES (x''), (x'00'), (null), ('text'), (5), (zeroblob(100000)),"
                + " (x'7fffffff7fffffff'), (x'ffffffffffffffff'), (x'0000ffff0fffffff00'),"
                + " (x'" + hex(header("good", "1", "2")) + "'),"
                + " (x'" + hex(header("n".repeat(300), "1", "2")) + "'),"
                + " (x'" + hex(header("", "1", "2")) + "');\n");
        List<String> warnings = new ArrayList<>();
        assertEquals(Map.of("good", "1-2"), packages(warnings));
        assertEquals(
                List.of(DATABASE + " of the guest: the headers of 11 packages make no sense (ignored)."), warnings);
        byte[] offset = header("off", "1", "2");
        ByteBuffer.wrap(offset).putInt(8 + 8, 1 << 30);
        byte[] negative = header("neg", "1", "2");
        ByteBuffer.wrap(negative).putInt(8 + 8, -5);
        byte[] unterminated = header("end", "1", "2");
        ByteBuffer.wrap(unterminated)
                .putInt(8 + 16 + 8, ByteBuffer.wrap(unterminated).getInt(4) - 1);
        unterminated[unterminated.length - 1] = 'x';
        for (byte[] header : List.of(offset, negative)) {
            assertTrue(RpmHeader.read(header.length, wanted -> Arrays.copyOf(header, Math.min(wanted, header.length)))
                    .isEmpty());
        }
        assertEquals(
                "end",
                RpmHeader.read(unterminated.length, wanted -> Arrays.copyOf(unterminated, wanted))
                        .orElseThrow()
                        .name());
    }

    @Test(timeout = 120_000)
    public void truncatedAndCorrupt_end() throws Exception {
        initialise();
        install(rpm("a", "1", "1"), rpm("b", "1", "1", "%description\n" + "long line\n".repeat(3000) + "%files\n"));
        byte[] whole = Files.readAllBytes(database);
        assertEquals(2, packages().size());
        for (int length : new int[] {0, 1, 99, 100, 4095, 4096, 8191, whole.length / 2, whole.length - 1}) {
            Files.write(database, Arrays.copyOf(whole, length));
            packages(new ArrayList<>());
        }
        Files.write(database, new byte[0]);
        refused("too short");
        Files.write(database, "x".repeat(5000).getBytes(StandardCharsets.US_ASCII));
        refused("no SQLite 3 database");
        Random random = new Random(3);
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 20; i++) {
                damaged[16 + random.nextInt(round % 2 == 0 ? 8192 : damaged.length - 16)] = (byte) random.nextInt();
            }
            Files.write(database, damaged);
            packages(new ArrayList<>());
        }
    }

    @Test(timeout = 60_000)
    public void pagesThatGoInCircles_end() throws Exception {
        sqlite("PRAGMA page_size = 512;\nCREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB);\n"
                + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)\n"
                + "INSERT INTO Packages(blob) SELECT zeroblob(3000) FROM n;\n");
        byte[] whole = Files.readAllBytes(database);
        // the root of the table is page 2: an interior page whose children are made itself
        assertEquals(5, whole[512]);
        byte[] circle = whole.clone();
        ByteBuffer.wrap(circle).putInt(512 + 8, 2);
        Files.write(database, circle);
        refused("page 2 is used twice");
        // a header that claims so many tags that the whole chain of its pages is wanted
        Files.delete(database);
        byte[] header = new byte[40_000];
        ByteBuffer.wrap(header).putInt(0, 2000).putInt(4, 4000);
        sqlite("PRAGMA page_size = 512;\nCREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB);\n"
                + "INSERT INTO Packages(blob) VALUES (x'" + hex(header) + "');\n");
        byte[] chained = Files.readAllBytes(database);
        ByteBuffer pages = ByteBuffer.wrap(chained);
        // page 3 is the first of the chain; its successor becomes itself
        assertEquals(4, pages.getInt(2 * 512));
        pages.putInt(3 * 512, 3);
        Files.write(database, chained);
        refused("page 3 is used twice");
    }

    @Test
    public void kernelsOfSuse_loseTheCountOfRebuilds() throws Exception {
        initialise();
        install(rpm("kernel-default", "5.14.21", "150500.55.39.1"), rpm("kernel-default-base", "9", "9.9"));
        assertEquals("5.14.21-150500.55.39-default", facts().properties().get("KERNEL"));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** A header of three texts, as rpm lays it out. */
    private static byte[] header(String name, String version, String release) {
        byte[] data = (name + "\0" + version + "\0" + release + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer header = ByteBuffer.allocate(8 + 3 * 16 + data.length);
        header.putInt(3).putInt(data.length);
        header.putInt(1000).putInt(6).putInt(0).putInt(1);
        header.putInt(1001).putInt(6).putInt(name.length() + 1).putInt(1);
        header.putInt(1002)
                .putInt(6)
                .putInt(name.length() + version.length() + 2)
                .putInt(1);
        return header.put(data).array();
    }
}
