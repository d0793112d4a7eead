package io.imagewright.sysprep.windows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Change;
import io.imagewright.guest.TestWindows;
import io.imagewright.guest.inspect.WindowsVersion;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class InstallVirtioTest extends WindowsTestBase {

    private static final String DRIVERS = "/Windows/Drivers/VirtIO/";
    private static final String SYS = "/Windows/System32/drivers/viostor.sys";

    /** An INF file as the format has it; not that of any real driver. */
    private static String inf(String decoration, String device, String version) {
        return """
                ; a driver for tests
                [Version]
                Signature = "$Windows NT$"
                Provider = %%Maker%%
                CatalogFile = test.cat
                DriverVer = 01/02/2023,%s ; newest

                [Manufacturer]
                %%Maker%% = Models,%s, \\
                  NTia64

                [Models.%s]
                "a disk; of tests" = Install, PCI\\VEN_1AF4&DEV_%s&SUBSYS_00021AF4&REV_00
                "another" = Install, PCI\\VEN_8086&DEV_0001

                [Strings]
                Maker = "Nobody; at all"
                """.formatted(version, decoration, decoration, device);
    }

    private Path driver(String place, String decoration, String device, String version) throws IOException {
        String name = place.substring(0, place.indexOf('/'));
        host("virtio/" + place + "/" + name + ".inf", inf(decoration, device, version));
        host("virtio/" + place + "/test.cat", "catalog");
        host("virtio/" + place + "/" + name + ".sys", place);
        return folder.getRoot().toPath().resolve("virtio");
    }

    private List<Change> install(Path directory) {
        return apply(new InstallVirtio(), Map.of("virtio", directory.toString()));
    }

    @Test
    public void newerWindows_bootsByTheDriverDatabase() throws IOException {
        driver("viostor/w7/amd64", "NTamd64.6.1", "1001", "61.1.1.1");
        driver("viostor/w10/amd64", "NTamd64.10.0", "1001", "100.1.1.1");
        driver("viostor/w10/x86", "NTx86.10.0", "1001", "100.1.1.1");
        driver("NetKVM/w10/amd64", "NTamd64.10.0", "1000", "100.1.1.1");
        install(driver("viostor/later/amd64", "NTamd64.10.0...30000", "1001", "200.1.1.1"));
        assertEquals("viostor/w10/amd64", guest().text(SYS));
        assertEquals("viostor/w10/amd64", guest().text(DRIVERS + "viostor/viostor.sys"));
        assertEquals("NetKVM/w10/amd64", guest().text(DRIVERS + "netkvm/netkvm.sys"));
        assertTrue(guest().exists(DRIVERS + "netkvm/netkvm.inf") && guest().exists(DRIVERS + "netkvm/test.cat"));
        assertFalse(guest().exists("/Windows/System32/drivers/netkvm.sys"));
        assertEquals("dword 0", registry("SYSTEM", "ControlSet001\\Services\\viostor", "Start"));
        assertEquals(
                "expandable \"system32\\drivers\\viostor.sys\"",
                registry("SYSTEM", "ControlSet001\\Services\\viostor", "ImagePath"));
        String label = "imagewright-viostor.inf_amd64_0000000000000000";
        assertEquals(
                "texts [" + label + "]",
                registry("SYSTEM", "DriverDatabase\\DriverInfFiles\\imagewright-viostor.inf", ""));
        assertEquals(
                "4 bytes of binary data",
                registry(
                        "SYSTEM",
                        "DriverDatabase\\DeviceIds\\PCI\\VEN_1AF4&DEV_1042&REV_01",
                        "imagewright-viostor.inf"));
        assertEquals(
                "48 bytes of binary data", registry("SYSTEM", "DriverDatabase\\DriverPackages\\" + label, "Version"));
        assertEquals(
                "\"viostor\"",
                registry(
                        "SYSTEM",
                        "DriverDatabase\\DriverPackages\\" + label + "\\Configurations\\viostor_conf",
                        "Service"));
        assertEquals(
                "none",
                registry(
                        "SYSTEM",
                        "ControlSet001\\Control\\CriticalDeviceDatabase\\PCI#VEN_1AF4&DEV_1001&REV_00",
                        "Service"));
        assertEquals(
                "expandable \"%SystemRoot%\\inf;%SystemRoot%\\Drivers\\VirtIO\"",
                registry("SOFTWARE", "Microsoft\\Windows\\CurrentVersion", "DevicePath"));
        assertTrue(guest().text("/Windows/Imagewright/firstboot.d/05-install-virtio.cmd")
                .contains("pnputil.exe -i -a \"%%i\""));
        assertEquals("viostor", facts().properties().get("VIRTIO_DRIVERS"));
    }

    @Test
    public void windows7_bootsByTheCriticalDeviceDatabase() throws IOException {
        windows = TestWindows.seven();
        driver("viostor/w10/amd64", "NTamd64.10.0", "1001", "100.1.1.1");
        install(driver("viostor/w7/amd64", "NTamd64.6.1", "1001", "61.1.1.1"));
        assertEquals("viostor/w7/amd64", guest().text(SYS));
        String key = "ControlSet001\\Control\\CriticalDeviceDatabase\\PCI#VEN_1AF4&DEV_1001&REV_00";
        assertEquals("\"viostor\"", registry("SYSTEM", key, "Service"));
        assertEquals("\"{4D36E97B-E325-11CE-BFC1-08002BE10318}\"", registry("SYSTEM", key, "ClassGUID"));
        assertEquals("none", registry("SYSTEM", "DriverDatabase\\DriverInfFiles\\imagewright-viostor.inf", "Active"));
    }

    @Test
    public void ofEqualTargets_theFolderOfTheSystem_thenTheNewestVersion_wins() throws IOException {
        driver("viostor/2k19/amd64", "NTamd64.10.0", "1001", "300.1.1.1");
        driver("viostor/w11/amd64", "NTamd64.10.0", "1001", "100.9.1.1");
        install(driver("viostor/w10/amd64", "NTamd64.10.0", "1001", "100.10.1.1"));
        assertEquals("viostor/w11/amd64", guest().text(SYS));
    }

    @Test
    public void newestVersion_isCountedByNumbers() throws IOException {
        driver("viostor/b/amd64", "NTamd64.10.0", "1001", "100.9.1.1");
        install(driver("viostor/a/amd64", "NTamd64.10.0", "1001", "100.10.1.1"));
        assertEquals("viostor/a/amd64", guest().text(SYS));
    }

    @Test
    public void driversWithoutCatalog_areIgnoredWithAReason() throws IOException {
        Path all = driver("viostor/w10/amd64", "NTamd64.10.0", "1001", "1.1.1.1");
        driver("vioscsi/w10/amd64", "NTamd64.10.0", "1004", "1.1.1.1");
        Files.delete(all.resolve("vioscsi/w10/amd64/test.cat"));
        install(all);
        assertFalse(guest().exists("/Windows/System32/drivers/vioscsi.sys"));
        assertTrue(warnings.toString(), warnings.contains("Ignoring vioscsi.inf. Catalog File test.cat not found."));
    }

    @Test
    public void directoryWithoutDrivers_orNoneForTheGuest_isRefused() throws IOException {
        Path empty = folder.newFolder("empty").toPath();
        ImageException none = assertThrows(ImageException.class, () -> install(empty));
        assertTrue(
                none.getMessage(), none.getMessage().contains("Could not find any VirtIO driver in this directory."));
        Path other = driver("viostor/w10/ARM64", "NTarm64.10.0", "1001", "1.1.1.1");
        ImageException unfit = assertThrows(ImageException.class, () -> install(other));
        assertTrue(
                unfit.getMessage(), unfit.getMessage().contains("none of them is for Windows 11 Pro (NT 10.0, amd64)"));
        assertEquals(List.of(), apply(new InstallVirtio()));
    }

    @Test
    public void infFiles_areReadInUtf16_andWithEveryDecoration() {
        byte[] utf16 = ("\ufeff" + inf("NTamd64.10.0", "1001", "1.2")).getBytes(StandardCharsets.UTF_16LE);
        InfFile inf = InfFile.parse(utf16);
        assertEquals("test.cat", inf.version("catalogfile"));
        assertEquals("01/02/2023,1.2", inf.version("DriverVer"));
        assertEquals("Nobody; at all", inf.version("Provider"));
        assertEquals(
                List.of(
                        new InfFile.Model(
                                new InfTarget("amd64", new WindowsVersion(10, 0, 0)),
                                "PCI\\VEN_1AF4&DEV_1001&SUBSYS_00021AF4&REV_00"),
                        new InfFile.Model(
                                new InfTarget("amd64", new WindowsVersion(10, 0, 0)), "PCI\\VEN_8086&DEV_0001")),
                inf.models());
        assertEquals(
                new WindowsVersion(10, 0, 22000), target("NTamd64.10.0...22000").version());
        assertEquals(new WindowsVersion(6, 1, 0), target("ntx86.6.1.1").version());
        assertEquals("x86", target("NT.6.0").architecture());
        assertTrue(InfTarget.parse("Nonsense").isEmpty());
        assertEquals(
                List.of(),
                InfFile.parse(new byte[] {(byte) 0xff, (byte) 0xfe, 1}).models());
        assertEquals(
                List.of(),
                InfFile.parse("[Manufacturer\nx\\".getBytes(StandardCharsets.US_ASCII))
                        .models());
    }

    private static InfTarget target(String decoration) {
        return InfTarget.parse(decoration).orElseThrow();
    }
}
