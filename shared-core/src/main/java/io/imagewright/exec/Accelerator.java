package io.imagewright.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;

/**
 * Whether machines run on the processor itself (KVM) or are emulated (TCG). That {@code /dev/kvm} is there says little: in some containers and
 * nested machines qemu starts, and its guest never does; in others it does with an old model of processor only. So a guest of four instructions is started
 * with the model that is used, once per boot of this machine.
 */
public enum Accelerator {
    KVM("KVM"),
    TCG("emulation (TCG), as KVM does not work here");

    /** The model of processor that all machines have: what the accelerator offers. libguestfs takes it, too. */
    public static final String CPU = "max";

    private static final String QEMU = "qemu-system-x86_64";
    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Limits LIMITS = Limits.ofTime(Duration.ofSeconds(5));

    /** A boot sector: {@code mov al, 16; out 0xf4, al; hlt; jmp -3}. */
    private static final byte[] GUEST = {
        (byte) 0xb0, 16, (byte) 0xe6, (byte) 0xf4, (byte) 0xf4, (byte) 0xeb, (byte) 0xfd
    };

    /** What qemu's isa-debug-exit makes of that 16: twice, and one more. */
    private static final int ALIVE = 33;

    private static final int SECTOR = 512;

    private final String words;

    Accelerator(String words) {
        this.words = words;
    }

    /** For the log. */
    @Override
    public String toString() {
        return words;
    }

    /** What works here. */
    public static Accelerator find(Exec exec, Map<String, String> environment) {
        return find(exec, DEVICE, UserCache.directory(environment).resolve("kvm-" + CPU));
    }

    /** @param memory file that keeps the answer until this machine boots again */
    static Accelerator find(Exec exec, Path device, Path memory) {
        // without qemu there is nothing to remember: it may be there tomorrow
        if (!Files.isWritable(device) || !ProgramPath.isThere(QEMU)) {
            return TCG;
        }
        try {
            String boot = Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip();
            if (Files.isRegularFile(memory) && Files.size(memory) < SECTOR) {
                String noted =
                        Files.readString(memory, StandardCharsets.US_ASCII).strip();
                for (Accelerator known : values()) {
                    if (noted.equals(boot + " " + known.name())) {
                        return known;
                    }
                }
            }
            Accelerator found = probe(exec) ? KVM : TCG;
            note(memory, boot + " " + found.name() + "\n");
            return found;
        } catch (IOException unknown) {
            return TCG;
        }
    }

    private static boolean probe(Exec exec) throws IOException {
        Path disk = Files.createTempFile("imagewright-kvm", ".img");
        try {
            byte[] sector = Arrays.copyOf(GUEST, SECTOR);
            sector[SECTOR - 2] = 0x55;
            sector[SECTOR - 1] = (byte) 0xaa;
            Files.write(disk, sector);
            List<String> argv = List.of(
                    QEMU,
                    "-accel",
                    "kvm",
                    "-cpu",
                    CPU,
                    "-nodefaults",
                    "-no-user-config",
                    "-display",
                    "none",
                    "-m",
                    "16",
                    "-no-reboot",
                    "-device",
                    "isa-debug-exit,iobase=0xf4,iosize=0x01",
                    "-drive",
                    "file.driver=file,file.filename=" + disk + ",driver=raw,if=ide");
            return exec.run(new Command(argv, Map.of(), LIMITS)).exitCode() == ALIVE;
        } catch (ImageException hangs) {
            if (hangs.kind() == ImageException.Kind.CANCELLED) {
                throw hangs;
            }
            return false;
        } finally {
            Files.delete(disk);
        }
    }

    private static void note(Path memory, String answer) {
        try {
            Files.createDirectories(memory.getParent());
            Path fresh = Files.createTempFile(memory.getParent(), "kvm", "");
            try {
                Files.writeString(fresh, answer, StandardCharsets.US_ASCII);
                Files.move(fresh, memory, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException forgetful) {
            // the next build asks again
        }
    }
}
