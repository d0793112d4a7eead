package io.imagewright.hive;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import io.imagewright.error.ImageException;
import io.imagewright.exec.Command;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static io.imagewright.hive.TestHive.set;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class HiveTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static final byte[] SYSTEM = TestHive.of(
            set("Select", HiveValue.dword("Current", 2)),
            set("ControlSet001\\Control", HiveValue.text("Which", "first")),
            set("ControlSet002\\Control", HiveValue.text("Which", "second")),
            set("ControlSet002\\Control", HiveValue.texts("Several", List.of("a", "bä", "c"))),
            set("ControlSet002\\Control", HiveValue.expandable("", "%SystemRoot%\\x")),
            set("ControlSet002\\Control", HiveValue.binary("Bytes", new byte[] {1, 0, 2})),
            set("ControlSet002\\Control", HiveValue.dword("Large", -1)));

    @Test
    public void readsTypedValues_inAnyCase() {
        try (Hive hive = TestHive.open(SYSTEM)) {
            HiveKey control = hive.key("currentcontrolset\\CONTROL").orElseThrow();
            assertEquals("second", control.value("which").orElseThrow().text());
            assertEquals(
                    List.of("a", "bä", "c"),
                    control.value("Several").orElseThrow().texts());
            assertEquals("%SystemRoot%\\x", control.value("").orElseThrow().text());
            assertArrayEquals(
                    new byte[] {1, 0, 2}, control.value("Bytes").orElseThrow().data());
            assertEquals(
                    OptionalLong.of(0xffff_ffffL),
                    control.value("Large").orElseThrow().number());
            assertEquals(
                    OptionalLong.empty(), control.value("Which").orElseThrow().number());
            assertEquals(Optional.empty(), hive.key("ControlSet003"));
            assertEquals(
                    List.of("ControlSet001", "ControlSet002", "Select"),
                    hive.key("").orElseThrow().keys().stream()
                            .map(HiveKey::name)
                            .toList());
            assertFalse(hive.isDirty());
        }
    }

    @Test
    public void edits_leaveOtherValuesAlone_andAreUnderstoodByHivex() throws Exception {
        byte[] edited = TestHive.edited(
                SYSTEM,
                set("CurrentControlSet\\Control", HiveValue.dword("LARGE", 7)),
                set("CurrentControlSet\\Control\\New\\Deep", HiveValue.text("x", "y")),
                new HiveEdit.DeleteValue("CurrentControlSet\\Control", "bytes"),
                new HiveEdit.DeleteKey("ControlSet001"),
                new HiveEdit.DeleteKey("ControlSet001\\nothing"),
                new HiveEdit.DeleteValue("nothing", "x"));
        String export = tool(edited, "hivexregedit", "--export", "--prefix", "HKLM\\S", "{}", "\\");
        assertTrue(export, export.contains("\"LARGE\"=dword:00000007"));
        assertTrue(export, export.contains("[HKLM\\S\\ControlSet002\\Control\\New\\Deep]\n\"x\"=hex(1):79,00,00,00"));
        assertTrue(export, export.contains("\"Which\""));
        assertTrue(export, export.contains("\"Several\""));
        assertFalse(export, export.contains("Bytes"));
        assertFalse(export, export.contains("ControlSet001"));
    }

    @Test
    public void sameEdits_giveTheSameBytes_wheneverTheyAreMade() throws Exception {
        HiveEdit edit = set("Setup\\New", HiveValue.text("CmdLine", "x.cmd"));
        byte[] first = TestHive.edited(SYSTEM, edit);
        Thread.sleep(1100);
        assertArrayEquals(first, TestHive.edited(SYSTEM, edit));
    }

    @Test
    public void whatIsDeleted_isOverwritten() {
        byte[] secret = "s3cret".getBytes(StandardCharsets.UTF_16LE);
        byte[] hive = TestHive.edited(SYSTEM, set("Winlogon", HiveValue.text("DefaultPassword", "s3cret-and-longer")));
        assertTrue(holds(hive, secret));
        assertFalse(holds(TestHive.edited(hive, new HiveEdit.DeleteValue("Winlogon", "DefaultPassword")), secret));
        assertFalse(holds(TestHive.edited(hive, new HiveEdit.DeleteKey("Winlogon")), secret));
        byte[] behind = Arrays.copyOf(hive, hive.length + 4096);
        System.arraycopy(secret, 0, behind, hive.length + 100, secret.length);
        assertFalse(holds(TestHive.edited(behind, new HiveEdit.DeleteKey("Winlogon")), secret));
    }

    @Test
    public void editThatChangesNothing_isKnown() {
        try (Hive hive = TestHive.open(SYSTEM)) {
            assertFalse(hive.isChangedBy(set("CurrentControlSet\\control", HiveValue.text("WHICH", "second"))));
            assertTrue(hive.isChangedBy(set("CurrentControlSet\\control", HiveValue.text("WHICH", "first"))));
            assertTrue(hive.isChangedBy(set("CurrentControlSet\\control", HiveValue.expandable("Which", "second"))));
            assertFalse(hive.isChangedBy(new HiveEdit.DeleteKey("x")));
            assertTrue(hive.isChangedBy(new HiveEdit.DeleteKey("select")));
        }
    }

    @Test
    public void editsSayWhatTheyDo() {
        assertEquals(
                "set HKLM\\SYSTEM\\Setup\\SetupType to dword 2",
                set("Setup", HiveValue.dword("SetupType", 2)).describe("HKLM\\SYSTEM"));
        assertEquals(
                "set HKLM\\SYSTEM\\Setup\\(default) to \"a\"",
                set("Setup", HiveValue.text("", "a")).describe("HKLM\\SYSTEM"));
        assertEquals(
                "delete HKLM\\SYSTEM\\Setup with everything below",
                new HiveEdit.DeleteKey("Setup").describe("HKLM\\SYSTEM"));
    }

    @Test
    public void hiveOfASwitchedOffWindows_isDirty() {
        try (Hive hive = TestHive.open(TestHive.dirty(SYSTEM))) {
            assertTrue(hive.isDirty());
            assertTrue(hive.key("Select").isPresent());
        }
    }

    @Test
    public void cutHive_isRefused() {
        byte[] large = SYSTEM;
        for (int i = 0; i < 200; i++) {
            large = i % 50 == 0
                    ? TestHive.edited(large, set("Many\\k" + i, HiveValue.binary("b", new byte[4000])))
                    : large;
        }
        for (int length : new int[] {0, 3, 512, 4096, 4100, 8191, 8192, large.length / 2, large.length - 4096}) {
            byte[] cut = Arrays.copyOf(large, length);
            ImageException failure = assertThrows("" + length, ImageException.class, () -> TestHive.open(cut));
            assertEquals(ImageException.Kind.SOURCE, failure.kind());
            assertTrue(
                    failure.getMessage(), failure.getMessage().startsWith("Cannot use the registry hive TEST: it is "));
        }
    }

    @Test
    public void forgedHives_areRefusedOrRead_butNeverCrash() {
        byte[] hive = TestHive.edited(SYSTEM, set("Many\\k", HiveValue.binary("b", new byte[4000])));
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] forged = hive.clone();
            for (int i = 0; i < 1 + round % 4; i++) {
                int at = 4096 + random.nextInt(Math.min(2048, forged.length - 4096));
                forged[at] = (byte) random.nextInt();
            }
            try (Hive opened = TestHive.open(forged)) {
                dump(opened.key("").orElseThrow(), 0);
                opened.apply(set("CurrentControlSet\\Control\\New", HiveValue.text("x", "y")));
                opened.apply(new HiveEdit.DeleteKey("Many"));
                opened.save().close();
            } catch (ImageException expected) {
                assertEquals(ImageException.Kind.SOURCE, expected.kind());
                refused++;
            }
        }
        assertTrue("" + refused, refused > 50);
    }

    @Test
    public void keyThatHoldsItself_isNotDeletedForEver() {
        byte[] hive = TestHive.of(set("a\\b", HiveValue.dword("x", 1)));
        // the list of a's keys is made to name a itself
        ByteBuffer buffer = ByteBuffer.wrap(hive).order(ByteOrder.LITTLE_ENDIAN);
        int a = node(buffer, "a");
        int b = node(buffer, "b");
        for (int at = 4096; at < hive.length - 4; at += 4) {
            if (buffer.getInt(at) == b - 4096) {
                buffer.putInt(at, a - 4096);
            }
        }
        try (Hive opened = TestHive.open(hive)) {
            ImageException failure =
                    assertThrows(ImageException.class, () -> opened.apply(new HiveEdit.DeleteKey("a")));
            assertTrue(failure.getMessage(), failure.getMessage().contains("512 deep"));
        }
    }

    @Test
    public void hugeHive_isRefusedUnread() {
        ImageException failure = assertThrows(
                ImageException.class,
                () -> Hive.open(InputStream.nullInputStream(), Hive.MAX_SIZE + 1, "C:\\SOFTWARE"));
        assertEquals(ImageException.Kind.SOURCE, failure.kind());
        assertThrows(ImageException.class, () -> Hive.open(new ByteArrayInputStream(SYSTEM), 100, "x"));
    }

    private static int node(ByteBuffer hive, String name) {
        for (int at = 4096; at < hive.capacity() - 0x60; at += 4) {
            if (hive.getShort(at + 4) == 0x6b6e
                    && hive.getShort(at + 4 + 0x48) == 1
                    && hive.get(at + 4 + 0x4c) == name.charAt(0)) {
                return at;
            }
        }
        throw new AssertionError(name);
    }

    private static void dump(HiveKey key, int depth) {
        if (depth < 10) {
            key.values().forEach(HiveValue::describe);
            key.keys().forEach(child -> dump(child, depth + 1));
        }
    }

    private static boolean holds(byte[] hive, byte[] part) {
        return new String(hive, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }

    /** Has a program of hivex look at the hive, whose file stands for {@code {}}. */
    private String tool(byte[] hive, String... command) throws Exception {
        Path file = folder.newFile().toPath();
        Files.write(file, hive);
        List<String> arguments = Arrays.stream(command)
                .map(word -> word.equals("{}") ? file.toString() : word)
                .toList();
        ExecResult result =
                new ProcessExec().run(new Command(arguments, Map.of(), Limits.ofTime(Duration.ofMinutes(1))));
        assertEquals(command[0] + " (package libwin-hivex-perl): " + result.stderr(), 0, result.exitCode());
        return result.stdout();
    }
}
