package io.imagewright.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.imagewright.hive.HiveEdit;
import io.imagewright.hive.HiveValue;
import io.imagewright.hive.TestHive;

import static io.imagewright.hive.TestHive.set;

/** The system volume of a Windows for tests: files, and hives that libhivex wrote. Nothing in it is Microsoft's. */
public final class TestWindows {

    public static final String CURRENT_VERSION = "Microsoft\\Windows NT\\CurrentVersion";

    private static final String CONFIG = "/Windows/System32/config/";
    private static final String USERS = "SAM\\Domains\\Account\\Users";

    private final Map<String, byte[]> files = new TreeMap<>();

    private TestWindows(String product, HiveEdit... version) {
        hive("SOFTWARE", set(CURRENT_VERSION, HiveValue.text("ProductName", product)));
        edit("SOFTWARE", version);
        edit(
                "SOFTWARE",
                set(
                        "Microsoft\\Windows\\CurrentVersion\\Setup\\State",
                        HiveValue.text("ImageState", "IMAGE_STATE_COMPLETE")));
        hive("SYSTEM", set("Select", HiveValue.dword("Current", 1)));
        edit(
                "SYSTEM",
                set(
                        "ControlSet001\\Control\\Session Manager\\Environment",
                        HiveValue.text("PROCESSOR_ARCHITECTURE", "AMD64")),
                set("ControlSet001\\Control\\Terminal Server", HiveValue.dword("fDenyTSConnections", 0)),
                set(
                        "ControlSet001\\Control\\Terminal Server\\WinStations\\RDP-Tcp",
                        HiveValue.dword("PortNumber", 3390)),
                set("ControlSet001\\Control\\ComputerName\\ComputerName", HiveValue.text("ComputerName", "OLD")),
                set("ControlSet001\\Services\\Tcpip6\\Parameters", HiveValue.text("Dhcpv6DUID", "x")),
                set("ControlSet001\\Services\\Tcpip\\Parameters", HiveValue.text("Hostname", "OLD")),
                set("Setup", HiveValue.dword("SetupType", 0)),
                set("Setup", HiveValue.text("CmdLine", "")));
        file("/Windows/System32/drivers/disk.sys", "x");
        hive("SAM");
        user("Administrator", 500, false);
        user("Guest", 501, true);
        user("ann", 1001, false);
    }

    /** Windows 7, 6.1. */
    public static TestWindows seven() {
        return new TestWindows(
                "Windows 7 Professional",
                set(CURRENT_VERSION, HiveValue.text("CurrentVersion", "6.1")),
                set(CURRENT_VERSION, HiveValue.text("CurrentBuildNumber", "7601")));
    }

    /** Windows 11, which says that it is 10. */
    public static TestWindows eleven() {
        return newer("Windows 10 Pro", "22631");
    }

    /** A Windows since 10. */
    public static TestWindows newer(String product, String build) {
        return new TestWindows(
                product,
                set(CURRENT_VERSION, HiveValue.text("CurrentVersion", "6.3")),
                set(CURRENT_VERSION, HiveValue.dword("CurrentMajorVersionNumber", 10)),
                set(CURRENT_VERSION, HiveValue.dword("CurrentMinorVersionNumber", 0)),
                set(CURRENT_VERSION, HiveValue.text("CurrentBuildNumber", build)));
    }

    private void hive(String name, HiveEdit... edits) {
        files.put(CONFIG + name, TestHive.of(edits));
    }

    public TestWindows user(String name, int number, boolean disabled) {
        byte[] flags = new byte[80];
        flags[56] = (byte) (disabled ? 0x11 : 0x10);
        return edit(
                "SAM",
                set(USERS + "\\Names\\" + name, HiveValue.of("", number, new byte[0])),
                set(USERS + "\\" + String.format("%08X", number), HiveValue.binary("F", flags)));
    }

    public TestWindows edit(String hive, HiveEdit... edits) {
        return change(CONFIG + hive, bytes -> TestHive.edited(bytes, edits));
    }

    public TestWindows change(String path, UnaryOperator<byte[]> change) {
        files.put(path, change.apply(files.get(path)));
        return this;
    }

    /** As if Windows had been switched off. */
    public TestWindows dirty(String hive) {
        return change(CONFIG + hive, TestHive::dirty);
    }

    public TestWindows file(String path, String text) {
        files.put(path, Bytes.of(text).toArray());
        return this;
    }

    /** The same in another spelling of all paths. */
    public TestWindows spelled(UnaryOperator<String> spelling) {
        Map<String, byte[]> same = new TreeMap<>(files);
        files.clear();
        same.forEach((path, content) -> files.put(spelling.apply(path), content));
        return this;
    }

    public MemoryGuest inMemory() {
        return MemoryGuest.of(
                tree -> files.forEach((path, content) -> tree.file(GuestPath.of(path), Bytes.of(content))));
    }

    /** As files of this machine. */
    public Path write(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey().substring(1));
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return directory;
    }

    /** On a real ext4 file system. */
    public GuestFixture on(GuestFixture fixture) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            fixture.file(file.getKey(), file.getValue());
        }
        return fixture;
    }
}
