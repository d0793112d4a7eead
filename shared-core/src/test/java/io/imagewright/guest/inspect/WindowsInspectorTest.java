package io.imagewright.guest.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestFixture;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.TestWindows;
import io.imagewright.guest.Volume;
import io.imagewright.hive.HiveValue;
import io.imagewright.hive.TestHive;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static io.imagewright.hive.TestHive.set;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class WindowsInspectorTest {

    private static final List<Volume> VOLUMES = List.of(
            new Volume(1, "ntfs", "01", "System Reserved", "", "", 1 << 20, 100 << 20),
            new Volume(2, "ntfs", "02", "", "", "", 101 << 20, 900 << 20));
    private static final String SOFTWARE = "/Windows/System32/config/SOFTWARE";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Facts facts(GuestTree tree) {
        return Inspector.facts(tree, VOLUMES, Inspector.mounts(tree, 2, VOLUMES, w -> {}), "msdos", new byte[512]);
    }

    @Test
    public void factsAreThoseOfTheRegistry() throws Exception {
        try (Guest guest = TestWindows.eleven()
                .on(new GuestFixture(folder.getRoot().toPath()))
                .open()) {
            Facts facts = facts(guest);
            assertEquals(
                    new TreeMap<>(Map.ofEntries(
                            Map.entry("PARTITION_TABLE", "msdos"),
                            Map.entry("BOOTSTRAP", "none"),
                            Map.entry("ROOT_PARTITION", "2"),
                            Map.entry("OSFAMILY", "windows"),
                            Map.entry("OS", "windows"),
                            Map.entry("OSARCH", "amd64"),
                            Map.entry("DESCRIPTION", "Windows 11 Pro"),
                            Map.entry("SORTORDER", "8100000"),
                            Map.entry("USERS", "Administrator ann"),
                            Map.entry("KERNEL", "Windows NT 10.0"),
                            Map.entry("GUI", "Windows"),
                            Map.entry("IMAGE_STATE", "IMAGE_STATE_COMPLETE"),
                            Map.entry("REMOTE_CONNECTION", "rdp:port=3390,user=Administrator rdp:port=3390,user=ann"))),
                    facts.properties());
            assertEquals(List.of(), facts.warnings());
            assertTrue(facts.isWindows());
            assertEquals("10.0", facts.version());
            assertEquals(List.of(new Mount(GuestPath.ROOT, 2)), facts.mounts());
        }
    }

    @Test
    public void productsAreNamedAsTheyAre() {
        assertEquals(
                "Windows 7 Professional", facts(TestWindows.seven().inMemory()).product());
        assertEquals(
                "8060100", facts(TestWindows.seven().inMemory()).properties().get("SORTORDER"));
        assertEquals(
                "Windows 10 Home",
                facts(TestWindows.newer("Windows 10 Home", "19045").inMemory()).product());
        assertEquals(
                "Windows Server 2025 Standard",
                facts(TestWindows.newer("Windows Server 2025 Standard", "26100").inMemory())
                        .product());
    }

    @Test
    public void namesAreFoundInAnyCase() {
        MemoryGuest guest = TestWindows.seven()
                .spelled(path -> path.toUpperCase(Locale.ROOT).replace("WINDOWS", "WinDows"))
                .inMemory();
        assertEquals(new Recognition.Root(2), Inspector.recognise(Map.of(2, guest), VOLUMES));
        assertEquals("Windows 7 Professional", facts(guest).product());
    }

    @Test
    public void bootAndRecoveryVolumes_areNoSecondSystem_butLinuxIs() {
        MemoryGuest windows = TestWindows.seven().inMemory();
        MemoryGuest reserved = MemoryGuest.of(tree -> tree.file("/Boot/BCD", "")
                .file("/bootmgr", "")
                .file("/Recovery/WindowsRE/Winre.wim", "")
                .file("/EFI/Microsoft/Boot/bootmgfw.efi", ""));
        MemoryGuest linux = MemoryGuest.of(
                tree -> tree.file("/etc/os-release", "ID=debian\n").dir("/bin"));
        assertEquals(new Recognition.Root(2), Inspector.recognise(Map.of(1, reserved, 2, windows), VOLUMES));
        assertEquals(
                new Recognition.Unsupported(
                        "Multiple operating systems found on the media", "partition 2, partition 3"),
                Inspector.recognise(Map.of(2, windows, 3, linux), VOLUMES));
    }

    @Test
    public void oldWindows_isUnsupported_inSnfsWords() {
        MemoryGuest vista = TestWindows.seven()
                .edit(
                        "SOFTWARE",
                        set(TestWindows.CURRENT_VERSION, HiveValue.text("CurrentVersion", "6.0")),
                        set(TestWindows.CURRENT_VERSION, HiveValue.text("ProductName", "Windows Vista Business")))
                .inMemory();
        assertEquals(
                new Recognition.Unsupported(
                        "Windows Vista Business is too old. Versions prior to Windows 7 are not supported",
                        "partition 2, NT 6.0"),
                Inspector.recognise(Map.of(2, vista), VOLUMES));
    }

    @Test
    public void switchedOffWindows_isWarnedOf() {
        Facts facts = facts(TestWindows.seven().dirty("SYSTEM").inMemory());
        assertEquals(1, facts.warnings().size());
        assertTrue(facts.warnings().get(0), facts.warnings().get(0).startsWith("Windows was not shut down properly"));
    }

    @Test
    public void damagedHives_areWarnedOf() {
        MemoryGuest cut = TestWindows.seven()
                .change(SOFTWARE, hive -> Arrays.copyOf(hive, hive.length / 2))
                .inMemory();
        ImageException failure = assertThrows(ImageException.class, () -> Inspector.recognise(Map.of(2, cut), VOLUMES));
        assertEquals(ImageException.Kind.SOURCE, failure.kind());
        assertTrue(failure.getMessage(), failure.getMessage().contains(SOFTWARE + ": it is "));

        Facts facts = facts(TestWindows.seven()
                .change("/Windows/System32/config/SAM", hive -> new byte[9000])
                .inMemory());
        assertEquals("", facts.properties().get("USERS"));
        assertEquals("rdp:port=3390", facts.properties().get("REMOTE_CONNECTION"));
        assertEquals(1, facts.warnings().size());
    }

    @Test
    public void driversAreThose_thatHaveFileAndService() {
        MemoryGuest guest = TestWindows.eleven()
                .file("/Windows/System32/drivers/viostor.sys", "x")
                .file("/Windows/System32/DRIVERS/NETKVM.SYS".replace("DRIVERS", "drivers"), "x")
                .file("/Windows/System32/drivers/balloon.sys", "x")
                .edit(
                        "SYSTEM",
                        set("ControlSet001\\Services\\viostor", HiveValue.dword("Start", 0)),
                        set("ControlSet001\\Services\\netkvm", HiveValue.dword("Start", 3)),
                        set("ControlSet001\\Services\\vioscsi", HiveValue.dword("Start", 0)))
                .inMemory();
        assertEquals("viostor netkvm", facts(guest).properties().get("VIRTIO_DRIVERS"));
    }

    @Test
    public void namesOfAccounts_areMadeFitToPrint() {
        Facts facts = facts(TestWindows.seven()
                .user("two words", 1002, false)
                .user("bäd", 1003, false)
                .inMemory());
        assertEquals("Administrator ann", facts.properties().get("USERS"));
        assertEquals(2, facts.warnings().size());
    }

    @Test
    public void registryIsThatOfTheBootedControlSet() {
        byte[] two = TestHive.of(
                set("Select", HiveValue.dword("Current", 2)),
                set(
                        "ControlSet001\\Control\\Session Manager\\Environment",
                        HiveValue.text("PROCESSOR_ARCHITECTURE", "AMD64")),
                set(
                        "ControlSet002\\Control\\Session Manager\\Environment",
                        HiveValue.text("PROCESSOR_ARCHITECTURE", "x86")));
        MemoryGuest guest = TestWindows.seven()
                .change("/Windows/System32/config/SYSTEM", hive -> two)
                .inMemory();
        assertEquals("x86", facts(guest).properties().get("OSARCH"));
    }
}
