package io.imagewright.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.imagewright.GuestDisk;
import io.imagewright.api.BootSettings;
import io.imagewright.api.Booted;
import io.imagewright.api.Firmware;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.error.ImageException;
import io.imagewright.exec.ProcessExec;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class BootTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path top = Path.of("unset");
    private Path log = Path.of("unset");
    private Path screenshot = Path.of("unset");

    @Before
    public void nameFiles() {
        top = folder.getRoot().toPath();
        log = top.resolve("guest-1.boot.log");
        screenshot = top.resolve("guest-1.boot.png");
    }

    private static BootSettings settings(int seconds, String text, Integer port, Firmware firmware) {
        return new BootSettings(Duration.ofSeconds(seconds), text, port, 128, 1, firmware);
    }

    private Booted boot(Path disk, String format, BootSettings settings, ProgressListener listener) throws IOException {
        return boot(disk, format, settings, Awaited.of(settings, "guest", null), listener);
    }

    private Booted boot(Path disk, String format, BootSettings settings, Awaited awaited, ProgressListener listener)
            throws IOException {
        Path work = Files.createTempDirectory(top, "work, with a comma");
        BootRequest request = new BootRequest(List.of(disk), format, false, settings, awaited, log, screenshot);
        return new Steps(listener)
                .<Booted, IOException>run("boot", step -> new Boot(request, work, new ProcessExec()).run(step));
    }

    private static byte[] digest(Path file) throws IOException {
        return DigestAlgorithm.SHA256.newDigest().digest(Files.readAllBytes(file));
    }

    /** A machine's command line names its files. */
    private boolean machineRuns() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("qemu-system") && line.contains(top.toString()))
                        .isPresent());
    }

    @Test
    public void aPrompt_isSeen_andTheImageStaysAsItIs() throws IOException {
        Path disk =
                BootSector.disk(top.resolve("a,b:c.raw"), BootSector.saying("\u001b[1mweb\u001b[0m lo\u001b[Kgin: "));
        byte[] before = digest(disk);
        Booted booted = boot(disk, "raw", settings(60, null, null, Firmware.AUTO), ProgressListener.NONE);
        assertEquals("'login:' on the serial console", booted.awaited());
        assertEquals(Firmware.BIOS, booted.firmware());
        assertArrayEquals(before, digest(disk));
        assertFalse(Files.exists(log));
        assertFalse(machineRuns());
    }

    @Test
    public void everyFormatThatQemuReads_isStarted() throws IOException {
        Path raw = BootSector.disk(top.resolve("disk.raw"), BootSector.saying("ready at last"));
        for (String format : List.of("qcow2", "vmdk", "vhd", "vhdx", "vdi")) {
            Path disk = top.resolve("disk." + format);
            String driver = format.equals("vhd") ? "vpc" : format;
            GuestDisk.run("qemu-img", "convert", "-f", "raw", "-O", driver, raw.toString(), disk.toString());
            disk.toFile().setReadOnly();
            byte[] before = digest(disk);
            boot(disk, format, settings(60, "ready +at", null, Firmware.AUTO), ProgressListener.NONE);
            assertArrayEquals(format, before, digest(disk));
        }
    }

    @Test
    public void aSilentGuest_failsInTime_withLogAndPicture() throws IOException {
        Path disk = BootSector.disk(top.resolve("disk.raw"), BootSector.saying(""));
        Files.writeString(screenshot, "of yesterday");
        ImageException failure = assertThrows(
                ImageException.class,
                () -> boot(disk, "raw", settings(3, "login:", null, Firmware.AUTO), ProgressListener.NONE));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message, message.startsWith("disk.raw does not boot: within 3 s there was no sign of 'login:'"));
        assertTrue(message, message.contains(log + " and " + screenshot));
        assertTrue(message, message.contains("disable-serial-console"));
        assertTrue(message, message.endsWith("The console was silent."));
        byte[] picture = Files.readAllBytes(screenshot);
        assertArrayEquals(PNG, java.util.Arrays.copyOf(picture, PNG.length));
        java.awt.image.BufferedImage image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(picture));
        assertTrue(image.getWidth() >= 640 && image.getHeight() >= 350);
        assertEquals(0, Files.size(log));
        assertFalse(machineRuns());
    }

    @Test
    public void whatAnotherGuestSaid_isShown_withoutWhatMovesTheCursor() throws IOException {
        Path disk = BootSector.disk(
                top.resolve("disk.raw"),
                BootSector.saying("GRUB\r\n\u001b[31merror: no such device\u0007.\r\ngrub rescue> "));
        ImageException failure = assertThrows(
                ImageException.class,
                () -> boot(disk, "raw", settings(3, null, null, Firmware.BIOS), ProgressListener.NONE));
        assertTrue(
                failure.getMessage(),
                failure.getMessage()
                        .endsWith("The console's last lines:\n  GRUB\n  error: no such device.\n  grub rescue> "));
        assertTrue(Files.readString(log, StandardCharsets.ISO_8859_1).contains("\u001b[31merror"));
    }

    @Test
    public void aGuestThatSwitchesItselfOff_isNotWaitedFor() throws IOException {
        Path disk = BootSector.disk(top.resolve("disk.raw"), BootSector.switchingOff());
        ImageException failure = assertThrows(
                ImageException.class,
                () -> boot(disk, "raw", settings(120, null, null, Firmware.AUTO), ProgressListener.NONE));
        assertTrue(failure.getMessage(), failure.getMessage().contains("the guest switched itself off after"));
    }

    /** The guest of one sector knows no power button: it switches itself off at once, or never. */
    @Test
    public void thePowerButton_isAskedOnlyAfterAWhile() throws IOException {
        BootSettings settings = settings(30, null, null, Firmware.AUTO);
        Awaited awaited = Awaited.of(settings, "guest", "power:button");
        Path off = BootSector.disk(top.resolve("off.raw"), BootSector.switchingOff());
        ImageException early =
                assertThrows(ImageException.class, () -> boot(off, "raw", settings, awaited, ProgressListener.NONE));
        assertTrue(early.getMessage(), early.getMessage().contains("before an answer to the power button"));
    }

    @Test
    public void whoWaits_hearsWhatFor_andTheLastLine() throws IOException {
        Path disk = BootSector.disk(top.resolve("disk.raw"), BootSector.saying("Loading\r\n"));
        List<String> doing = new java.util.concurrent.CopyOnWriteArrayList<>();
        assertThrows(
                ImageException.class,
                () -> boot(disk, "raw", settings(4, "login:", null, Firmware.AUTO), event -> {
                    if (event instanceof ProgressEvent.StepActivity activity) {
                        doing.add(activity.activity());
                    }
                }));
        assertTrue(
                doing.toString(),
                doing.contains("waiting for 'login:' on the serial console; the console's last line: Loading"));
    }

    /** Qemu's network takes every connection itself; nobody behind it does here. */
    @Test
    public void aPortThatNobodyServes_isNotOpen() throws IOException {
        Path disk = BootSector.disk(top.resolve("disk.raw"), BootSector.saying("login: "));
        ImageException failure = assertThrows(
                ImageException.class,
                () -> boot(disk, "raw", settings(9, "login:", 22, Firmware.AUTO), ProgressListener.NONE));
        assertTrue(failure.getMessage(), failure.getMessage().contains("no sign of a connection to port 22 ("));
    }

    @Test
    public void aDiskThatOnlyUefiStarts_isStartedByUefi() throws IOException {
        Path disk = top.resolve("disk.raw");
        GuestDisk.shell("truncate -s 64M \"$1\" && sgdisk -n 1:0:0 -t 1:ef00 \"$1\" > /dev/null", disk);
        Booted booted = boot(disk, "raw", settings(120, "BdsDxe|Shell", null, Firmware.AUTO), ProgressListener.NONE);
        assertEquals(Firmware.UEFI, booted.firmware());
    }

    @Test
    public void cancelled_qemuIsGone() throws Exception {
        Path disk = BootSector.disk(top.resolve("disk.raw"), BootSector.saying(""));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicInteger progress = new AtomicInteger();
        Thread build = new Thread(() -> {
            try {
                boot(disk, "raw", settings(300, null, null, Firmware.AUTO), event -> {
                    if (event instanceof ProgressEvent.StepActivity) {
                        progress.incrementAndGet();
                    }
                });
            } catch (IOException | RuntimeException e) {
                thrown.set(e);
            }
        });
        build.start();
        for (int i = 0; i < 600 && progress.get() < 1; i++) {
            Thread.sleep(100);
        }
        assertTrue(machineRuns());
        build.interrupt();
        build.join(20_000);
        assertNotNull(thrown.get());
        assertEquals(ImageException.Kind.CANCELLED, ((ImageException) thrown.get()).kind());
        assertFalse(machineRuns());
        assertFalse(Files.exists(log));
    }

    @Test
    public void settingsThatMakeNoSense_areRefused() {
        assertThrows(ImageException.class, () -> settings(0, null, null, Firmware.AUTO));
        assertThrows(ImageException.class, () -> settings(1, null, 70_000, Firmware.AUTO));
        ImageException pattern = assertThrows(ImageException.class, () -> settings(1, "login(", null, Firmware.AUTO));
        assertTrue(pattern.getMessage(), pattern.getMessage().contains("boot.text"));
    }
}
