package io.imagewright.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.api.BootSettings;
import io.imagewright.api.Booted;
import io.imagewright.api.Firmware;
import io.imagewright.disk.DiskReader;
import io.imagewright.disk.Overlay;
import io.imagewright.disk.SourceImage;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.Accelerator;
import io.imagewright.exec.Exec;
import io.imagewright.progress.Steps;

/** Starts an image and waits until it is up. */
public final class Boot {

    private static final long POLL_MILLIS = 250;

    private final BootRequest request;
    private final BootSettings settings;
    private final Path directory;
    private final Exec exec;
    private final Accelerator accelerator;

    /**
     * Prepares it.
     *
     * @param directory for what the machine writes; removed by the caller
     * @param exec runs qemu-img
     */
    public Boot(BootRequest request, Path directory, Exec exec) {
        this.request = request;
        this.settings = request.settings();
        this.directory = directory;
        this.exec = exec;
        this.accelerator = Accelerator.find(exec, System.getenv());
    }

    /**
     * Boots the image. The thread that calls this must stay until it returns.
     *
     * @param step receives how much of the time is over
     * @throws ImageException SOURCE when it does not come up in time: the console's log and the picture of the screen are written then; ENVIRONMENT
     *     when qemu or the firmware is missing; CANCELLED when the thread is interrupted, with qemu gone
     */
    public Booted run(Steps.Running step) throws IOException {
        List<SourceImage> images = new ArrayList<>();
        for (Path disk : request.disks()) {
            Path file = disk.toAbsolutePath();
            images.add(SourceImage.open(file, request.format(), file, exec));
        }
        Firmware firmware = firmware(images.get(0));
        List<String> disks = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            String node = Machine.node(i);
            disks.add(Overlay.over(images.get(i), directory.resolve(node + ".qcow2"), node, exec));
        }
        Machine.Parts parts = new Machine.Parts(
                disks,
                firmware == Firmware.UEFI ? Ovmf.find() : null,
                request.isWindows(),
                accelerator,
                settings,
                request.awaited());
        Files.deleteIfExists(request.log());
        Files.deleteIfExists(request.screenshot());
        step.info("Starting " + request.disks().get(0).getFileName() + " with " + firmware + " by " + accelerator
                + "; waiting for " + request.awaited().words());
        try (Machine machine = Machine.start(parts, directory)) {
            return watch(machine, firmware, step);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw ImageException.of(
                    Kind.CANCELLED, "Stopped while the image booted", "the build was cancelled", "", cancelled);
        }
    }

    private Firmware firmware(SourceImage image) throws IOException {
        if (settings.firmware() != Firmware.AUTO) {
            return settings.firmware();
        }
        try (DiskReader disk = image.reader(directory)) {
            return BootFirmware.find(disk, image.sectorSize());
        }
    }

    private Booted watch(Machine machine, Firmware firmware, Steps.Running step)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (Watch watch = new Watch(request.awaited())) {
            machine.begin();
            while (true) {
                Duration passed = Duration.ofNanos(System.nanoTime() - start);
                watch.look(machine, passed);
                Optional<String> seen = watch.seen();
                if (seen.isPresent()) {
                    return new Booted(passed, seen.get(), firmware, accelerator);
                }
                if (machine.isOff() || passed.compareTo(settings.limit()) > 0) {
                    String reason = machine.isOff()
                            ? "the guest switched itself off after " + passed.toSeconds() + " s, before "
                            : "within " + settings.limit().toSeconds() + " s there was no sign of ";
                    boolean pictured = picture(machine);
                    throw failure(
                            reason + watch.missing() + " (" + firmware + ", " + accelerator + ")",
                            watch.console(),
                            pictured);
                }
                step.doing("waiting for " + watch.missing()
                        + watch.console()
                                .lastLine()
                                .map(line -> "; the console's last line: " + line)
                                .orElse(""));
                Thread.sleep(POLL_MILLIS);
            }
        } catch (Qmp.Broken broken) {
            String complaint = machine.complaint();
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot run " + request.disks().get(0).getFileName() + " in a machine",
                    "qemu is not there any more, " + broken.getMessage()
                            + (complaint.isEmpty() ? "" : "; it says: " + complaint),
                    Message.of(
                            "Check that this host has the memory that the machine asks for (",
                            SettingName.BOOT_MEMORY,
                            ")."),
                    broken);
        }
    }

    private boolean picture(Machine machine) throws IOException, InterruptedException {
        Path shot = directory.resolve("screen.png");
        if (!machine.screenshot(shot)) {
            return false;
        }
        Files.copy(shot, request.screenshot(), StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private ImageException failure(String reason, SerialConsole console, boolean pictured) throws IOException {
        try (OutputStream log = Files.newOutputStream(request.log())) {
            for (byte[] piece : console.bytes()) {
                log.write(piece);
            }
        }
        List<String> last = console.lastLines();
        Message next = Message.of("Look at ", request.log());
        if (pictured) {
            next = next.plus(" and ", request.screenshot());
        }
        if (settings.text() != null && !console.isSeen()) {
            next = next.plus(
                    ". A guest without console=ttyS0 among its kernel's parameters prints nothing there (the operation"
                            + " disable-serial-console removes it); ",
                    SettingName.BOOT_PORT,
                    " waits for a port instead");
        }
        next = next.plus(
                last.isEmpty()
                        ? ". The console was silent."
                        : ". The console's last lines:\n  " + String.join("\n  ", last));
        return ImageException.of(Kind.SOURCE, request.disks().get(0).getFileName() + " does not boot", reason, next);
    }
}
