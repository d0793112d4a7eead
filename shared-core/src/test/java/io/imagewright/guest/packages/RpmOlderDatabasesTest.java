package io.imagewright.guest.packages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.imagewright.GuestDisk;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/**
 * Databases of rpm that are not in SQLite, with headers that rpm made: Berkeley DB by its own db_load (Debian package db5.3-util), ndb, which Debian's rpm
 * cannot write, by hand.
 */
public class RpmOlderDatabasesTest {

    private static final String NDB = "/usr/lib/sysimage/rpm/Packages.db";
    private static final String BERKELEY = "/var/lib/rpm/Packages";

    private static final List<InstalledPackage> EXPECTED = List.of(
            new InstalledPackage("rpm", "large", "2-1", "x86_64", "MIT", "large", "", 0),
            new InstalledPackage("rpm", "small", "7:1-1", "x86_64", "MIT", "small", "", 0),
            new InstalledPackage("rpm", "small", "7:2-1", "x86_64", "MIT", "small", "", 0));

    @ClassRule
    public static final TemporaryFolder PACKAGES = new TemporaryFolder();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<byte[]> headers = new ArrayList<>();
    private byte[] ndb = {};

    /** rpm installs packages of one page and of many. */
    @Before
    public void install() throws IOException {
        Path made = PACKAGES.getRoot().toPath().resolve("db/rpmdb.sqlite");
        if (!Files.exists(made)) {
            String files = "%install\nmkdir -p %{buildroot}/opt/d; cd %{buildroot}/opt/d\n"
                    + "for i in $(seq 2500); do : > file-$i; done\n%files\n/opt/d\n";
            install(rpm("large", "2", files));
            install(rpm("small", "1", "Epoch: 7\n%files\n"));
            install(rpm("small", "2", "Epoch: 7\n%files\n"));
        }
        GuestDisk.shell("sqlite3 \"$1\" 'SELECT hex(blob) FROM Packages ORDER BY hnum'", made)
                .lines()
                .forEach(header -> headers.add(HexFormat.of().parseHex(header)));
        assertEquals(3, headers.size());
        ndb = ndb();
    }

    private static Path rpm(String name, String version, String rest) throws IOException {
        Path top = PACKAGES.getRoot().toPath();
        Path spec = top.resolve(name + ".spec");
        boolean epoch = rest.startsWith("Epoch");
        int fields = epoch ? rest.indexOf('\n') + 1 : 0;
        Files.writeString(
                spec,
                "Name: " + name + "\nVersion: " + version + "\nRelease: 1\nSummary: x\nLicense: MIT\n"
                        + rest.substring(0, fields) + "%description\nx\n" + rest.substring(fields));
        GuestDisk.shell(
                "rpmbuild -bb --quiet --target x86_64 --define \"_topdir $1\" --define '_build_id_links none' \"$2\" 2>&1",
                top,
                spec);
        return top.resolve("RPMS/x86_64/" + name + "-" + version + "-1.x86_64.rpm");
    }

    private static void install(Path rpm) {
        GuestDisk.shell(
                "rpm --dbpath \"$1\" --define '_db_backend sqlite' --force-debian --justdb --nodeps --ignorearch --ignoreos"
                        + " --oldpackage --force -i \"$2\"",
                PACKAGES.getRoot().toPath().resolve("db"),
                rpm);
    }

    private static List<InstalledPackage> read(String path, byte[] database, List<String> warnings) {
        return InstalledPackages.of(
                MemoryGuest.of(tree -> tree.file(GuestPath.of(path), Bytes.of(database))), warnings::add);
    }

    private static List<InstalledPackage> read(String path, byte[] database) {
        List<String> warnings = new ArrayList<>();
        List<InstalledPackage> found = read(path, database, warnings);
        assertEquals(List.of(), warnings);
        return found;
    }

    private static void refused(String path, byte[] database, String reason) {
        List<String> warnings = new ArrayList<>();
        assertEquals(List.of(), read(path, database, warnings));
        assertEquals(warnings.toString(), 1, warnings.size());
        assertTrue(warnings.toString(), warnings.get(0).startsWith("Cannot read " + path + " of the guest: "));
        assertTrue(warnings.toString(), warnings.get(0).contains(reason));
    }

    /** The headers that rpm wrote, in a hash table with rpm's keys. */
    private byte[] berkeley(int pageSize, boolean bigEndian) throws IOException {
        StringBuilder dump = new StringBuilder("VERSION=3\nformat=bytevalue\ntype=hash\ndb_lorder=")
                .append(bigEndian ? "4321" : "1234")
                .append("\ndb_pagesize=")
                .append(pageSize)
                .append("\nHEADER=END\n 00000000\n 03000000\n");
        for (int number = 1; number <= headers.size(); number++) {
            byte[] key = ByteBuffer.allocate(4)
                    .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                    .putInt(number)
                    .array();
            HexFormat hex = HexFormat.of();
            dump.append(' ').append(hex.formatHex(key)).append("\n ");
            dump.append(hex.formatHex(headers.get(number - 1))).append('\n');
        }
        Path text = folder.newFile().toPath();
        Files.writeString(text, dump.append("DATA=END\n"));
        Path table = folder.getRoot().toPath().resolve("Packages-" + pageSize + bigEndian);
        GuestDisk.shell("db5.3_load -f \"$1\" \"$2\"", text, table);
        return Files.readAllBytes(table);
    }

    /** One page of slots; the first one is of a package that was removed, the third of one that comes last in the file. */
    private byte[] ndb() {
        ByteBuffer file = ByteBuffer.allocate(4096
                        + headers.stream()
                                .mapToInt(header -> header.length + 64)
                                .sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put("RpmP".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .putInt(4)
                .putInt(1)
                .putInt(9);
        for (int slot = 32; slot < 4096; slot += 16) {
            file.put(slot, "Slot".getBytes(StandardCharsets.US_ASCII));
        }
        int at = 4096;
        for (int i = 0; i < headers.size(); i++) {
            byte[] header = headers.get(i);
            int blocks = (header.length + 28 + 15) / 16;
            file.putInt(48 + 16 * i + 4, i + 5).putInt(48 + 16 * i + 8, at / 16).putInt(48 + 16 * i + 12, blocks);
            file.put(at, "BlbS".getBytes(StandardCharsets.US_ASCII));
            file.putInt(at + 4, i + 5).putInt(at + 8, 1_700_000_000).putInt(at + 12, header.length);
            file.put(at + 16, header);
            at += 16 * blocks;
        }
        return Arrays.copyOf(file.array(), at);
    }

    @Test
    public void ndb_asItsLayoutIs() {
        assertEquals(EXPECTED, read(NDB, ndb));
    }

    @Test
    public void berkeleyDb_ofEachByteOrderAndPageSize() throws IOException {
        for (int pageSize : new int[] {512, 4096, 65536}) {
            assertEquals(EXPECTED, read(BERKELEY, berkeley(pageSize, false)));
            assertEquals(EXPECTED, read(BERKELEY, berkeley(pageSize, true)));
        }
        Path directory = folder.newFolder().toPath();
        Files.write(directory.resolve("Packages"), berkeley(4096, false));
        assertEquals(
                "what rpm itself reads of it",
                "large 2\nsmall 1\nsmall 2\n",
                GuestDisk.shell(
                        "rpm --dbpath \"$1\" --define '_db_backend bdb_ro' -qa --qf '%{NAME} %{VERSION}\\n' | sort",
                        directory));
    }

    @Test
    public void theNewestFormatCounts() throws IOException {
        byte[] old = berkeley(4096, false);
        List<String> warnings = new ArrayList<>();
        MemoryGuest guest = MemoryGuest.of(tree -> tree.file(GuestPath.of(BERKELEY), Bytes.of(old))
                .file(GuestPath.of("/var/lib/rpm/Packages.db"), Bytes.of("no database")));
        assertEquals(List.of(), InstalledPackages.of(guest, warnings::add));
        assertTrue(warnings.toString(), warnings.get(0).contains("no ndb database"));
    }

    @Test(timeout = 120_000)
    public void truncatedAndCorrupt_end() throws IOException {
        refused(BERKELEY, new byte[0], "too short");
        refused(BERKELEY, new byte[5000], "no hash table");
        refused(NDB, new byte[0], "no ndb database");
        refused(NDB, new byte[5000], "no ndb database");
        for (String path : List.of(NDB, BERKELEY)) {
            byte[] whole = path.equals(NDB) ? ndb : berkeley(4096, false);
            for (int length : new int[] {31, 71, 100, 4096, 4097, whole.length / 2, whole.length - 1}) {
                read(path, Arrays.copyOf(whole, length), new ArrayList<>());
            }
            Random random = new Random(5);
            for (int round = 0; round < 1000; round++) {
                byte[] damaged = whole.clone();
                for (int i = 0; i < 20; i++) {
                    damaged[24 + random.nextInt(round % 2 == 0 ? 4096 : damaged.length - 24)] = (byte) random.nextInt();
                }
                read(path, damaged, new ArrayList<>());
            }
        }
    }

    @Test(timeout = 60_000)
    public void whatIsUsedTwice_isAnError() throws IOException {
        // the slot of the second package becomes that of the first, again and again
        byte[] twice = ndb.clone();
        for (int slot = 64; slot < 4096; slot += 16) {
            System.arraycopy(twice, 48, twice, slot, 16);
        }
        List<String> warnings = new ArrayList<>();
        read(NDB, twice, warnings);
        assertTrue(warnings.toString(), warnings.get(0).contains("lie in each other"));
        // a chain of pages whose last is its first again
        byte[] circle = berkeley(512, false);
        ByteBuffer pages = ByteBuffer.wrap(circle).order(ByteOrder.LITTLE_ENDIAN);
        for (int page = 1; page < circle.length / 512; page++) {
            if (circle[page * 512 + 25] == 7) {
                pages.putInt(page * 512 + 16, page);
            }
        }
        warnings.clear();
        read(BERKELEY, circle, warnings);
        assertTrue(warnings.toString(), warnings.get(0).contains("is used twice"));
    }
}
