package io.imagewright.boot;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.api.BootSettings;
import io.imagewright.exec.Accelerator;
import io.imagewright.exec.ChildProcess;
import io.imagewright.exec.Command;
import io.imagewright.exec.Limits;
import org.jspecify.annotations.Nullable;

/** A running qemu with its serial console and its screen. It dies with {@link #close}, with the thread that started it, and with the JVM. */
final class Machine implements AutoCloseable {

    /** Bytes of the console that are fetched at a time. */
    private static final int PIECE = 64 << 10;

    private static final int LONGEST_COMPLAINT = 1024;

    private final ChildProcess child;
    private final Qmp qmp;
    private final Path complaints;

    private Machine(ChildProcess child, Path complaints) {
        this.child = child;
        this.qmp = new Qmp(child.process());
        this.complaints = complaints;
    }

    /**
     * What a machine is made of.
     *
     * @param disks block graphs for {@code -blockdev}, their nodes named {@link #node}
     * @param uefi its firmware; null for a BIOS
     * @param hasOldDevices an IDE disk and an e1000 instead of virtio
     */
    record Parts(
            List<String> disks,
            @Nullable Ovmf uefi,
            boolean hasOldDevices,
            Accelerator accelerator,
            BootSettings settings,
            Awaited awaited) {}

    /** Name of a disk's block graph, by the disk's index. */
    static String node(int disk) {
        return "disk" + disk;
    }

    /**
     * Starts one; {@link #begin} comes next.
     *
     * @param directory for what qemu writes
     */
    static Machine start(Parts parts, Path directory) throws IOException {
        Path complaints = directory.resolve("qemu.log");
        List<String> argv = arguments(parts, directory);
        Redirect stderr = Redirect.to(new File(complaints.toString()));
        // what is too large for memory and not of us, goes there too
        Map<String, String> environment =
                Map.of("TMPDIR", directory.toAbsolutePath().toString());
        return new Machine(
                ChildProcess.start(new Command(argv, environment, Limits.NONE), Redirect.PIPE, stderr), complaints);
    }

    private static List<String> arguments(Parts parts, Path directory) throws IOException {
        List<String> argv = new ArrayList<>(List.of("qemu-system-x86_64", "-nodefaults", "-no-user-config"));
        boolean isKvm = parts.accelerator() == Accelerator.KVM;
        argv.addAll(List.of("-accel", isKvm ? "kvm" : "tcg,thread=multi", "-cpu", Accelerator.CPU));
        argv.addAll(List.of("-m", parts.settings().memory() + "M"));
        argv.addAll(List.of("-smp", Integer.toString(parts.settings().processors())));
        Ovmf uefi = parts.uefi();
        if (uefi == null) {
            argv.addAll(List.of("-machine", "pc"));
        } else {
            Path variables = Files.copy(uefi.variables(), directory.resolve("uefi-variables.fd"));
            argv.addAll(List.of("-blockdev", flash("code", uefi.code(), true)));
            argv.addAll(List.of("-blockdev", flash("variables", variables, false)));
            argv.addAll(List.of("-machine", "q35,pflash0=code,pflash1=variables"));
        }
        // a guest that switches itself off leaves its screen to be looked at
        argv.addAll(List.of("-action", "shutdown=pause", "-display", "none", "-vga", "std"));
        argv.addAll(List.of("-chardev", "stdio,id=qmp,signal=off", "-mon", "chardev=qmp,mode=control"));
        argv.addAll(List.of("-chardev", "ringbuf,id=console,size=" + SerialConsole.KEPT, "-serial", "chardev:console"));
        for (int i = 0; i < parts.disks().size(); i++) {
            String drive = ",drive=" + node(i) + (i == 0 ? ",bootindex=1" : "");
            argv.addAll(List.of("-blockdev", parts.disks().get(i)));
            argv.addAll(List.of(
                    "-device", parts.hasOldDevices() ? "ide-hd,bus=ide." + i + drive : "virtio-blk-pci" + drive));
        }
        // nothing goes out of it; a free port of this machine leads in
        String forward = parts.awaited()
                .port()
                .map(port -> ",hostfwd=tcp:127.0.0.1:0-:" + port)
                .orElse("");
        argv.addAll(List.of("-netdev", "user,id=net,restrict=on" + forward));
        argv.addAll(List.of("-device", (parts.hasOldDevices() ? "e1000" : "virtio-net-pci") + ",netdev=net,romfile="));
        if (parts.awaited().hasAgent()) {
            // nobody speaks with it: that it opens its channel is enough
            argv.addAll(List.of("-device", "virtio-serial-pci", "-chardev", "null,id=agent", "-device"));
            argv.add("virtserialport,chardev=agent,name=org.qemu.guest_agent.0,id=" + Qmp.AGENT);
        }
        argv.addAll(List.of("-object", "rng-random,id=rng,filename=/dev/urandom", "-device", "virtio-rng-pci,rng=rng"));
        return argv;
    }

    private static String flash(String node, Path file, boolean readOnly) {
        ObjectNode graph = JsonNodeFactory.instance.objectNode();
        graph.put("node-name", node).put("driver", "raw").put("read-only", readOnly);
        graph.putObject("file")
                .put("driver", "file")
                .put("filename", file.toAbsolutePath().toString())
                .put("read-only", readOnly);
        return graph.toString();
    }

    /** Waits until qemu runs the guest. */
    void begin() throws IOException, InterruptedException {
        qmp.begin();
    }

    /** What came on the serial line since the last time. */
    List<byte[]> console() throws IOException, InterruptedException {
        List<byte[]> pieces = new ArrayList<>();
        byte[] piece;
        do {
            ObjectNode arguments = JsonNodeFactory.instance.objectNode();
            arguments.put("device", "console").put("size", PIECE).put("format", "base64");
            piece = Base64.getDecoder()
                    .decode(qmp.execute("ringbuf-read", arguments)
                            .map(JsonNode::asText)
                            .orElse(""));
            pieces.add(piece);
        } while (piece.length == PIECE && pieces.size() < SerialConsole.KEPT / PIECE);
        return pieces;
    }

    /** The connections of its network, as qemu's monitor prints them. */
    String network() throws IOException, InterruptedException {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments.put("command-line", "info usernet");
        return qmp.execute("human-monitor-command", arguments)
                .map(JsonNode::asText)
                .orElse("");
    }

    /** Writes a picture of the screen, PNG; false when this qemu cannot (before 7.1). */
    boolean screenshot(Path file) throws IOException, InterruptedException {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments.put("filename", file.toAbsolutePath().toString()).put("format", "png");
        Optional<JsonNode> done = qmp.execute("screendump", arguments);
        return done.isPresent() && Files.exists(file) && Files.size(file) > 0;
    }

    /** Whether the guest switched it off. */
    boolean isOff() {
        return qmp.hasShutDown();
    }

    /** Whether QEMU's guest agent listens in the guest. */
    boolean hasAgent() {
        return qmp.hasAgent();
    }

    /** Presses it: ACPI's, which an operating system takes as the order to shut down. */
    void pressPowerButton() throws IOException, InterruptedException {
        qmp.execute("system_powerdown", JsonNodeFactory.instance.objectNode());
    }

    /** The first line of what qemu complained of; empty for nothing. */
    String complaint() throws IOException {
        try (var in = Files.newInputStream(complaints)) {
            return new String(in.readNBytes(LONGEST_COMPLAINT), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(line -> line.replaceFirst("^qemu-system-x86_64: ", "").replaceAll("\\p{Cntrl}", "?"))
                    .orElse("");
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
