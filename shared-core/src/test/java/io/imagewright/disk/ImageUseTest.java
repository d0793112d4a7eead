package io.imagewright.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.imagewright.error.ImageException.Kind;
import org.junit.After;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Real programs hold the disk, each in another way: a row for each. */
public class ImageUseTest extends SourceTestBase {

    /**
     * One row.
     *
     * @param command holds {@code FILE}, and answers what is written to it when the file is open
     */
    private record Holder(String format, boolean isRefused, String question, String... command) {}

    private static final List<Holder> HOLDERS = List.of(
            new Holder("raw", true, "map", "qemu-io", "-f", "raw", "FILE"),
            new Holder("qcow2", true, "map", "qemu-io", "-f", "qcow2", "FILE"),
            new Holder("vmdk", true, "map", "qemu-io", "-f", "vmdk", "FILE"),
            new Holder("raw", false, "map", "qemu-io", "-r", "-f", "raw", "FILE"),
            new Holder("qcow2", false, "map", "qemu-io", "-r", "-f", "qcow2", "FILE"),
            machine("raw"),
            machine("qcow2"));

    private final List<Process> running = new ArrayList<>();

    /** One that has not begun to run. */
    private static Holder machine(String format) {
        return new Holder(
                format,
                true,
                "{\"execute\":\"qmp_capabilities\"}",
                "qemu-system-x86_64",
                "-S",
                "-nodefaults",
                "-display",
                "none",
                "-accel",
                "tcg",
                "-m",
                "32",
                "-qmp",
                "stdio",
                "-drive",
                "if=virtio,format=" + format + ",file=FILE");
    }

    @After
    public void stop() throws Exception {
        for (Process process : running) {
            process.destroy();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        }
    }

    /** Starts it and waits until it has opened the file. */
    private void hold(Holder holder, Path file) throws IOException {
        String name = file.toString().replace(",", ",,");
        List<String> command = Arrays.stream(holder.command())
                .map(word -> word.equals("FILE") ? file.toString() : word.replace("FILE", name))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        running.add(process);
        process.getOutputStream().write((holder.question() + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        BufferedReader answers = process.inputReader();
        String answer = answers.readLine();
        while (answer != null && !answer.contains("allocated") && !answer.contains("return")) {
            answer = answers.readLine();
        }
        assertTrue(command + " ended", answer != null);
    }

    @Test
    public void refusesWhatAMachineWritesTo() throws Exception {
        for (Holder holder : HOLDERS) {
            Path file = holder.format().equals("raw") ? raw : convert(holder.format(), "used." + holder.format());
            hold(holder, file);
            if (holder.isRefused()) {
                refused(file, Kind.SOURCE, "a machine is using this image", file.toString(), "force");
                List<String> warnings = new ArrayList<>();
                SourceImage forced =
                        SourceImage.open(file, null, images, exec, warning -> warnings.add(warning.toString()));
                forced.extract(0, 1 << 20, work.resolve("extracted"), done -> {});
                assertEquals(1, warnings.size());
                assertTrue(warnings.get(0), warnings.get(0).contains("a machine is using this image"));
            } else {
                assertEquals(holder.format(), open(file).format());
            }
            stop();
            running.clear();
            assertEquals(holder.format(), open(file).format());
        }
    }

    @Test
    public void looksAtTheParentToo() throws Exception {
        Path child = image("child.qcow2");
        Tool.run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", raw.toString(), child.toString());
        hold(HOLDERS.get(0), raw);
        refused(child, Kind.SOURCE, "a machine is using this image", raw.toString());
    }

    @Test
    public void refusesAFileThatAnotherProgramHasLocked() throws Exception {
        try (FileChannel channel = FileChannel.open(raw, StandardOpenOption.WRITE)) {
            channel.lock(0, 1, false);
            refused(raw, Kind.SOURCE, "another program has locked");
        }
        assertEquals("raw", open(raw).format());
    }

    /** Needs root, as all that uses a device does. */
    @Test
    public void refusesDevicesInUse() throws Exception {
        Tool.Outcome attached = Tool.attempt("", "losetup", "--find", "--show", raw.toString());
        if (attached.exitCode() != 0) {
            System.err.println("No loop device here: " + attached.output());
            return;
        }
        Path device = Path.of(attached.output().strip());
        try {
            Tool.run("mke2fs", "-q", "-F", device.toString());
            Path mount = Files.createDirectory(image("mount"));
            Tool.run("mount", device.toString(), mount.toString());
            refused(device, Kind.SOURCE, "is mounted on", mount.toString(), "force");
            refused(raw, Kind.SOURCE, device.toString(), "is mounted on");
            List<String> warnings = new ArrayList<>();
            assertEquals(
                    "raw",
                    SourceImage.open(device, null, images, exec, warning -> warnings.add(warning.toString()))
                            .format());
            assertEquals(1, warnings.size());
            Tool.run("umount", mount.toString());
            assertEquals("raw", open(device).format());
            int held = LibC.open((device + "\0").getBytes(StandardCharsets.UTF_8), LibC.O_RDONLY | LibC.O_EXCL, 0);
            refused(device, Kind.SOURCE, "has this device for itself");
            LibC.close(held);
            assertEquals("raw", open(device).format());
        } finally {
            Tool.attempt("", "umount", device.toString());
            Tool.run("losetup", "--detach", device.toString());
        }
    }

    @Test
    public void refusesPipes() throws IOException {
        for (String name : List.of("/dev/stdin", "/dev/fd/63", "/proc/self/fd/0", "-")) {
            refused(images.resolve(name), Kind.SOURCE, "a pipe cannot be read", "Write it to a file");
        }
        Tool.run("mkfifo", image("fifo").toString());
        refused(image("fifo"), Kind.SOURCE, "a pipe cannot be read");
        assertTrue(Files.exists(image("fifo")));
    }
}
