package io.imagewright.guest;

import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.hive.HiveEdit;
import io.imagewright.hive.HiveValue;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class RegistryEditTest {

    private static final GuestPath SYSTEM = GuestPath.of("/Windows/System32/config/SYSTEM");
    private static final GuestPath SOFTWARE = GuestPath.of("/Windows/System32/config/SOFTWARE");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Change set(GuestPath hive, String key, HiveValue value) {
        return new Change.EditRegistry(hive, new HiveEdit.SetValue(key, value));
    }

    private static String read(GuestTree tree, GuestPath hive, String key, String name) {
        try (Registry registry = tree.registry()) {
            return registry.hive(hive)
                    .orElseThrow()
                    .value(key, name)
                    .map(HiveValue::describe)
                    .orElse("none");
        }
    }

    @Test
    public void laterReadersSeeEdits_alsoInTheBytes() {
        GuestView view = new GuestView(TestWindows.seven().inMemory());
        Bytes before = view.read(List.of(SYSTEM), 1 << 20).get(SYSTEM);
        view.add(List.of(set(SYSTEM, "Setup", HiveValue.dword("SetupType", 2))));
        view.add(List.of(set(SYSTEM, "Setup", HiveValue.text("CmdLine", "x.cmd"))));
        assertEquals(
                "dword 2",
                view.registry()
                        .hive(SYSTEM)
                        .orElseThrow()
                        .value("Setup", "SetupType")
                        .orElseThrow()
                        .describe());
        Bytes after = view.read(List.of(SYSTEM), 1 << 20).get(SYSTEM);
        assertTrue(!after.equals(before));
        // a view on the view, as the plan of customise has it
        GuestView above = new GuestView(view);
        assertEquals("\"x.cmd\"", read(above, SYSTEM, "Setup", "CmdLine"));
        above.add(List.of(set(SYSTEM, "Setup", HiveValue.text("CmdLine", "y.cmd"))));
        assertEquals("\"x.cmd\"", read(view, SYSTEM, "Setup", "CmdLine"));
        assertEquals("\"y.cmd\"", read(above, SYSTEM, "Setup", "CmdLine"));
    }

    @Test
    public void fileThatIsWritten_isTheHiveFromThenOn() {
        MemoryGuest other = TestWindows.eleven().inMemory();
        GuestView view = new GuestView(TestWindows.seven().inMemory());
        view.add(List.of(set(SOFTWARE, TestWindows.CURRENT_VERSION, HiveValue.text("ProductName", "x"))));
        view.add(List.of(
                Change.Write.of(SOFTWARE, other.read(List.of(SOFTWARE), 1 << 20).get(SOFTWARE))));
        assertEquals("\"Windows 10 Pro\"", read(view, SOFTWARE, TestWindows.CURRENT_VERSION, "ProductName"));
        view.add(List.of(new Change.DeleteTree(GuestPath.of("/Windows/System32"))));
        assertTrue(view.registry().hive(SOFTWARE).isEmpty());
        assertThrows(ImageException.class, () -> view.add(List.of(set(SOFTWARE, "x", HiveValue.dword("y", 1)))));
    }

    @Test
    public void batch_isOneWriteOfEachHive_thatKeepsOwnerModeAndTime() throws Exception {
        GuestFixture fixture =
                TestWindows.seven().on(new GuestFixture(folder.getRoot().toPath()));
        try (Guest guest = fixture.openWritable()) {
            guest.apply(List.of(new Change.SetPermissions(SYSTEM, 0640), new Change.SetOwner(SYSTEM, 5, 6)));
            FileStat before = guest.stat(SYSTEM).orElseThrow();
            Recorder recorder = new Recorder(guest);
            RegistryBatch.apply(
                    recorder,
                    List.of(GuestPath.ROOT),
                    List.of(
                            set(SYSTEM, "Setup", HiveValue.dword("SetupType", 2)),
                            new Change.MakeDirectory(GuestPath.of("/Windows/Temp"), 0755, 0, 0),
                            set(SOFTWARE, "New", HiveValue.dword("x", 1)),
                            set(SYSTEM, "Setup", HiveValue.text("CmdLine", "x.cmd")),
                            set(SYSTEM, "Setup", HiveValue.dword("SetupType", 2))));
            assertEquals(
                    List.of("MakeDirectory /Windows/Temp", "Upload " + SYSTEM, "Upload " + SOFTWARE), recorder.applied);
            assertEquals("dword 2", read(guest, SYSTEM, "Setup", "SetupType"));
            assertEquals("\"x.cmd\"", read(guest, SYSTEM, "Setup", "CmdLine"));
            assertEquals("dword 1", read(guest, SOFTWARE, "New", "x"));
            FileStat after = guest.stat(SYSTEM).orElseThrow();
            assertEquals(before.permissions(), after.permissions());
            assertEquals(5, after.owner());
            assertEquals(before.modified(), after.modified());
        }
    }

    @Test
    public void editsAround_aChangeOfTheFile_keepTheirOrder() {
        MemoryGuest guest = TestWindows.seven().inMemory();
        RegistryBatch.apply(
                guest,
                List.of(),
                List.of(
                        set(SYSTEM, "Setup", HiveValue.text("CmdLine", "first")),
                        new Change.HardLink(GuestPath.of("/kept"), SYSTEM),
                        new Change.Delete(SYSTEM),
                        Change.Write.of(
                                SYSTEM, guest.read(List.of(SYSTEM), 1 << 20).get(SYSTEM)),
                        set(SYSTEM, "Setup", HiveValue.text("Other", "second"))));
        assertEquals("\"first\"", read(guest, GuestPath.of("/kept"), "Setup", "CmdLine"));
        assertEquals("\"\"", read(guest, SYSTEM, "Setup", "CmdLine"));
        assertEquals("\"second\"", read(guest, SYSTEM, "Setup", "Other"));
    }

    @Test
    public void editThatChangesNothing_writesNothing() {
        Recorder recorder = new Recorder(TestWindows.seven().inMemory());
        RegistryBatch.apply(recorder, List.of(), List.of(set(SYSTEM, "setup", HiveValue.dword("SetupType", 0))));
        assertEquals(List.of(), recorder.applied);
    }

    @Test
    public void planNamesTheEditInWords() {
        assertEquals(
                "set HKLM\\SYSTEM\\Setup\\SetupType to dword 2",
                set(SYSTEM, "Setup", HiveValue.dword("SetupType", 2)).describe());
        assertEquals(
                "delete NTUSER.DAT\\Software\\x",
                new Change.EditRegistry(
                                GuestPath.of("/Users/Default/NTUSER.DAT"), new HiveEdit.DeleteValue("Software", "x"))
                        .describe());
    }
}
