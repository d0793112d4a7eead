package io.imagewright.sysprep.windows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.inspect.WindowsFirstBoot;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.hive.HiveEdit;
import io.imagewright.hive.HiveValue;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;

/** Gives Windows the drivers of VirtIO, without booting it: those of disks so that it boots from them, the others by its first boot. */
public final class InstallVirtio implements WindowsOperation {

    private static final Parameter VIRTIO = new Parameter(
            "virtio",
            ParameterType.DIRECTORY,
            "",
            "Directory of this machine with drivers of VirtIO, for example what the virtio-win ISO holds; empty for none.");

    private static final String DRIVERS = "Drivers/VirtIO";
    private static final String SETUP = "Microsoft\\Windows\\CurrentVersion";
    private static final String DEVICE_PATH = "%SystemRoot%\\Drivers\\VirtIO";

    private static final String SCRIPT = """
            for /r "%SystemRoot%\\Drivers\\VirtIO" %%i in (*.inf) do pnputil.exe -i -a "%%i"
            """;

    @Override
    public String name() {
        return "install-virtio";
    }

    @Override
    public String description() {
        return "Installs the drivers of VirtIO that the parameter virtio offers for the guest.";
    }

    @Override
    public String effect() {
        return "Nothing without the parameter `virtio`. Chooses of each driver below that directory the one for the guest's "
                + "version and architecture by its INF file. Offline: copies it to `\\Windows\\Drivers\\VirtIO` and adds that to "
                + "`DevicePath`; copies `viostor.sys` and `vioscsi.sys` to `\\Windows\\System32\\drivers`, and registers them as "
                + "services that Windows boots with (`CriticalDeviceDatabase` of Windows 7, `DriverDatabase` since 8). At first boot: "
                + "`pnputil -i -a` for all.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(VIRTIO);
    }

    @Override
    public List<Change> plan(OperationContext context, WindowsSystem system) {
        String directory = context.parameter(VIRTIO.name()).get(0);
        if (directory.isEmpty()) {
            return List.of();
        }
        SortedMap<String, VirtioDriver> chosen = choose(Path.of(directory), context, system);
        List<Change> changes = new ArrayList<>();
        makeDirectory(context.guest(), system.place("Drivers"), changes);
        makeDirectory(context.guest(), system.place(DRIVERS), changes);
        chosen.values().forEach(driver -> copy(context.guest(), system, driver, changes));
        chosen.keySet().stream()
                .filter(name -> !VirtioDevice.bootIds(name).isEmpty())
                .forEach(name -> changes.addAll(BootDriver.register(system, name)));
        devicePath(system, changes);
        changes.addAll(new WindowsFirstBoot(system, context.guest()).script("05-" + name(), SCRIPT));
        return changes;
    }

    private static SortedMap<String, VirtioDriver> choose(
            Path directory, OperationContext context, WindowsSystem system) {
        List<VirtioDriver> all = VirtioDriver.below(directory);
        if (all.isEmpty()) {
            throw HostFiles.unusable(
                    directory, "Could not find any VirtIO driver in this directory. Please select another one");
        }
        SortedMap<String, VirtioDriver> chosen = new VirtioChoice(system).of(all, context::warn);
        if (chosen.isEmpty()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    Message.of("Cannot install the drivers of ", directory, " (", SettingName.parameter("virtio"), ")"),
                    Message.of("none of them is for " + system.product() + " (NT " + system.version() + ", "
                            + system.architecture() + ")"),
                    Message.of("Give a directory with drivers for it."));
        }
        return chosen;
    }

    private static void copy(GuestTree guest, WindowsSystem system, VirtioDriver driver, List<Change> changes) {
        GuestPath place = system.place(DRIVERS + "/" + driver.name());
        makeDirectory(guest, place, changes);
        for (Path file : driver.files()) {
            byte[] content = HostFiles.read(file);
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            HostFiles.write(guest, system.place(DRIVERS + "/" + driver.name() + "/" + name), content)
                    .ifPresent(changes::add);
            if (!VirtioDevice.bootIds(driver.name()).isEmpty() && name.equals(driver.name() + ".sys")) {
                HostFiles.write(guest, system.place("System32/drivers/" + name), content)
                        .ifPresent(changes::add);
            }
        }
        if (!VirtioDevice.bootIds(driver.name()).isEmpty()
                && driver.file(driver.name() + ".sys").isEmpty()) {
            throw HostFiles.unusable(driver.inf(), "there is no " + driver.name() + ".sys beside it");
        }
    }

    /** Where Windows looks for drivers when it finds a device. */
    private static void devicePath(WindowsSystem system, List<Change> changes) {
        String path = system.software(SETUP, "DevicePath").map(HiveValue::text).orElse("%SystemRoot%\\inf");
        if (!path.toLowerCase(Locale.ROOT).contains(DEVICE_PATH.toLowerCase(Locale.ROOT))) {
            HiveValue longer = HiveValue.expandable("DevicePath", path + ";" + DEVICE_PATH);
            system.edit("SOFTWARE", new HiveEdit.SetValue(SETUP, longer)).ifPresent(changes::add);
        }
    }

    private static void makeDirectory(GuestTree guest, GuestPath path, List<Change> changes) {
        if (guest.stat(path).isEmpty()) {
            changes.add(new Change.MakeDirectory(path, 0755, 0, 0));
        }
    }
}
