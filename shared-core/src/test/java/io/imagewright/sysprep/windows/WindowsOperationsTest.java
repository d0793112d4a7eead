package io.imagewright.sysprep.windows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.RegistryBatch;
import io.imagewright.guest.TestWindows;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.hive.HiveValue;
import io.imagewright.spec.ImageDescription;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.ParameterValues;
import io.imagewright.sysprep.Sysprep;
import io.imagewright.sysprep.SysprepResult;
import io.imagewright.sysprep.linux.DisableIpv6PrivacyExtensions;
import org.junit.Test;

import static io.imagewright.hive.TestHive.set;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class WindowsOperationsTest extends WindowsTestBase {

    private static final Operations OPERATIONS = Operations.load(WindowsOperationsTest.class.getClassLoader());
    private static final String TRANSITION = "Policies\\Microsoft\\Windows\\TCPIP\\v6Transition";
    private static final String SCRIPTS = "/Windows/Imagewright/firstboot.d/";
    private static final String DRIVER = "/Windows/Imagewright/firstboot.cmd";

    @Test
    public void tunnelsClockAndFirewall_areSetInTheRegistry() {
        apply(new DisableTeredo());
        apply(new DisableIsatap());
        apply(new HardwareClockUtc());
        apply(new EnablePings());
        assertEquals("\"Disabled\"", registry("SOFTWARE", TRANSITION, "Teredo_State"));
        assertEquals("\"Disabled\"", registry("SOFTWARE", TRANSITION, "ISATAP_State"));
        assertEquals(
                "dword 1", registry("SYSTEM", "ControlSet001\\Control\\TimeZoneInformation", "RealTimeIsUniversal"));
        assertEquals(
                "\"v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=1|ICMP4=8:*|Name=Answer pings (ICMPv4)|\"",
                registry(
                        "SYSTEM",
                        "ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules",
                        "Imagewright-Ping4-In"));
        assertFalse(guest().exists(DRIVER));
    }

    @Test
    public void leftovers_areDeleted_inAnyCase_andNothingElse() {
        Map<Operation, List<String>> gone = Map.of(
                new ClearLogs(), List.of("/Windows/System32/winevt/Logs/System.evtx", "/Windows/Logs/CBS/CBS.log"),
                new CleanupWindowsTemp(), List.of("/Windows/TEMP/a/b.tmp", "/Users/ann/AppData/Local/Temp/c"),
                new CleanupErrorReports(),
                        List.of(
                                "/ProgramData/Microsoft/Windows/WER/ReportQueue/r/Report.wer",
                                "/Windows/Minidump/1.dmp",
                                "/Windows/memory.dmp"),
                new CleanupPrefetch(), List.of("/Windows/Prefetch/CMD.EXE-1.pf"),
                new CleanupUpdateDownloads(), List.of("/Windows/SoftwareDistribution/Download/1/x.cab"),
                new RemovePageFiles(), List.of("/pagefile.sys", "/swapfile.sys", "/hiberfil.sys"),
                new RemoveShadowCopies(),
                        List.of(
                                "/System Volume Information/{3808876b-c176-4e48-b7ae-04046e6cc752}",
                                "/System Volume Information/{aaaa}{3808876B-C176-4e48-b7ae-04046e6cc752}"));
        List<String> kept = List.of(
                "/System Volume Information/tracking.log",
                "/Windows/SoftwareDistribution/DataStore/DataStore.edb",
                "/Windows/System32/winevt/Logs/readme.txt",
                "/Users/ann/Documents/Temp/letter.txt",
                "/Windows/System32/cmd.exe");
        gone.values().forEach(files -> files.forEach(file -> windows.file(file, "SECRET")));
        kept.forEach(file -> windows.file(file, "KEEP"));
        gone.keySet().forEach(this::apply);
        gone.values().forEach(files -> files.forEach(file -> assertFalse(file, guest().exists(file))));
        kept.forEach(file -> assertEquals("KEEP", guest().text(file)));
        assertTrue(guest().exists("/Windows/TEMP") && guest().exists("/Windows/Prefetch"));
    }

    @Test
    public void junctions_areNotFollowed() {
        windows.file("/Users/ann/Documents/letter", "KEEP");
        guest().apply(List.of(
                new Change.MakeDirectory(GuestPath.of("/Users/bob"), 0755, 0, 0),
                new Change.MakeDirectory(GuestPath.of("/Users/bob/AppData"), 0755, 0, 0),
                new Change.MakeDirectory(GuestPath.of("/Users/bob/AppData/Local"), 0755, 0, 0),
                new Change.SymbolicLink(GuestPath.of("/Users/bob/AppData/Local/Temp"), "/Users/ann/Documents"),
                new Change.SymbolicLink(GuestPath.of("/Windows/Temp"), "System32")));
        assertEquals(List.of(), apply(new CleanupWindowsTemp()));
        assertEquals("KEEP", guest().text("/Users/ann/Documents/letter"));
    }

    @Test
    public void hibernatedWindows_isRefused() {
        windows.file("/hiberfil.sys", "HIBR and memory");
        RemovePageFiles operation = new RemovePageFiles();
        ImageException failure = assertThrows(ImageException.class, () -> operation.plan(context(operation, Map.of())));
        assertTrue(failure.getMessage(), failure.getMessage().contains("it is hibernated"));
    }

    @Test
    public void firstBoot_isHookedOnce_andGivesTheRegistryItsValuesBack() {
        apply(new DisableIpv6PrivacyExtensions());
        apply(new MicrosoftSysprep());
        assertEquals("dword 2", registry("SYSTEM", "Setup", "SetupType"));
        assertEquals(
                "\"cmd.exe /d /c \"C:\\Windows\\Imagewright\\firstboot.cmd\"\"",
                registry("SYSTEM", "Setup", "CmdLine"));
        String driver = guest().text(DRIVER);
        assertTrue(driver, driver.contains("reg.exe add HKLM\\SYSTEM\\Setup /v SetupType /t REG_DWORD /d 0 /f"));
        assertTrue(driver, driver.contains("reg.exe add HKLM\\SYSTEM\\Setup /v CmdLine /t REG_SZ /d \"\" /f"));
        assertTrue(driver, driver.contains("for %%s in (\"%SystemRoot%\\Imagewright\\firstboot.d\\*.cmd\") do ("));
        assertTrue(driver, driver.contains("rd /s /q \"%SystemRoot%\\Imagewright\""));
        // the values are back before sysprep, which sets them itself
        assertTrue(driver.indexOf("reg.exe add") < driver.indexOf("last.cmd"));
        assertTrue(driver.lines().count() > 5 && driver.replace("\r\n", "").indexOf('\n') < 0);
        String ipv6 = guest().text(SCRIPTS + "10-disable-ipv6-privacy-extensions.cmd");
        assertTrue(ipv6, ipv6.contains("randomizeidentifiers=disabled store=persistent\r\n"));
        String last = guest().text("/Windows/Imagewright/last.cmd");
        assertTrue(last, last.contains("sysprep.exe\" /quiet /generalize /oobe /reboot\r\n"));
    }

    @Test
    public void generalisedWindows_runsScriptsAfterItsSetup_andIsNotGeneralisedAgain() {
        windows.edit(
                        "SOFTWARE",
                        set(
                                "Microsoft\\Windows\\CurrentVersion\\Setup\\State",
                                HiveValue.text("ImageState", "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE")))
                .edit("SYSTEM", set("Setup", HiveValue.text("CmdLine", "oobe\\windeploy.exe")))
                .file("/Windows/Setup/Scripts/SetupComplete.cmd", "echo own");
        assertEquals(List.of(), apply(new MicrosoftSysprep()));
        apply(new DisableIpv6PrivacyExtensions());
        assertEquals("\"oobe\\windeploy.exe\"", registry("SYSTEM", "Setup", "CmdLine"));
        assertEquals(
                "echo own\r\ncall \"%SystemRoot%\\Imagewright\\firstboot.cmd\"\r\n",
                guest().text("/Windows/Setup/Scripts/SetupComplete.cmd"));
        assertFalse(guest().text(DRIVER).contains("reg.exe"));
    }

    @Test
    public void kmsKey_isThatOfTheVeryEdition() {
        apply(new KmsClientSetup());
        assertTrue(guest().text(SCRIPTS + "10-kms-client-setup.cmd").contains("/ipk W269N-WFGWX-YVC9B-4J6C9-T83GX"));
        assertEquals(List.of(), warnings);
    }

    @Test
    public void kmsKey_ofAnUnknownEdition_isAWarning() {
        windows = TestWindows.newer("Windows 10 Pro N", "19045");
        assertEquals(List.of(), apply(new KmsClientSetup()));
        assertEquals("No KMS client key is known for Windows 10 Pro N.", warnings.get(0));
    }

    @Test
    public void answerFile_isPutWhereSetupLooks_andGivenToSysprep() throws IOException {
        String file = host("answers.xml", "<?xml version=\"1.0\"?>\n<unattend xmlns=\"urn:x\"/>")
                .toString();
        apply(new InstallUnattend(), Map.of("unattend", file));
        assertTrue(guest().text("/Windows/Panther/unattend.xml").contains("<unattend"));
        apply(new MicrosoftSysprep());
        assertTrue(guest().text("/Windows/Imagewright/last.cmd")
                .contains("/unattend:\"%SystemRoot%\\Panther\\unattend.xml\""));
        assertEquals(List.of(), apply(new InstallUnattend()));
        String other = host("other.xml", "<html/>").toString();
        assertThrows(ImageException.class, () -> apply(new InstallUnattend(), Map.of("unattend", other)));
    }

    @Test
    public void defaults_areThoseOfTheReference_andNothingOfLinux() {
        Facts facts = facts();
        Set<String> applying = OPERATIONS.all().stream()
                .filter(operation -> operation.appliesTo(facts) && operation.enabledByDefault())
                .map(Operation::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                new TreeSet<>(Set.of(
                        "cleanup-error-reports",
                        "cleanup-prefetch",
                        "cleanup-update-downloads",
                        "cleanup-windows-temp",
                        "clear-logs",
                        "disable-ipv6-privacy-extensions",
                        "disable-isatap",
                        "disable-teredo",
                        "enable-pings",
                        "install-unattend",
                        "install-virtio",
                        "microsoft-sysprep",
                        "remove-page-files",
                        "remove-shadow-copies",
                        "script",
                        "utc")),
                applying);
        Facts linux = new Facts("linux", "x", "", "", List.of(), List.of(), Map.of(), List.of());
        OPERATIONS.all().stream()
                .filter(operation -> operation.getClass().getPackageName().endsWith(".windows"))
                .forEach(operation -> assertFalse(operation.name(), operation.appliesTo(linux)));
    }

    @Test
    public void allDefaults_workTogether_andASecondRunFindsNothing() {
        windows.file("/Windows/Temp/x", "SECRET").file("/pagefile.sys", "SECRET");
        SysprepResult result = sysprep();
        RegistryBatch.apply(guest(), List.of(), result.changes());
        assertFalse(guest().exists("/Windows/Temp/x"));
        assertEquals("dword 2", registry("SYSTEM", "Setup", "SetupType"));
        assertTrue(result.operations().stream()
                .filter(done -> done.name().equals("utc"))
                .anyMatch(done -> done.changes()
                        .get(0)
                        .describe()
                        .equals("set HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation\\RealTimeIsUniversal"
                                + " to dword 1")));
        assertEquals(List.of(), sysprep().changes());
    }

    private SysprepResult sysprep() {
        return Sysprep.plan(
                guest(),
                facts(),
                OPERATIONS,
                OPERATIONS.select(ImageDescription.Sysprep.DEFAULT),
                ParameterValues.of(OPERATIONS, Map.of()),
                warning -> warnings.add(warning.toString()));
    }
}
