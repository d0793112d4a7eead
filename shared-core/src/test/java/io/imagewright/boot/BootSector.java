package io.imagewright.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Guests of one sector. */
public final class BootSector {

    private static final int SECTOR = 512;
    private static final int TABLE = 446;

    private BootSector() {}

    /** Says this on the serial line (COM1), and sleeps. */
    public static byte[] saying(String text) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        int[] program = {
            0xfa, // cli
            0x31,
            0xc0, // xor ax, ax
            0x8e,
            0xd8, // mov ds, ax
            0xfc, // cld
            0xbe,
            0x17,
            0x7c, // mov si, 0x7c17: behind the program
            0xac, // lodsb
            0x84,
            0xc0, // test al, al
            0x74,
            0x06, // jz hlt
            0xba,
            0xf8,
            0x03, // mov dx, 0x3f8
            0xee, // out dx, al
            0xeb,
            0xf5, // jmp lodsb
            0xf4, // hlt
            0xeb,
            0xfd // jmp hlt
        };
        for (int instruction : program) {
            code.write(instruction);
        }
        code.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return sector(code);
    }

    /** Switches the machine off: ACPI 6.5, 4.8.3.2.1, at the place that SeaBIOS gives it. */
    static byte[] switchingOff() {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        // mov dx, 0x604; mov ax, 0x2000; out dx, ax; hlt; jmp hlt
        code.writeBytes(
                new byte[] {(byte) 0xba, 4, 6, (byte) 0xb8, 0, 0x20, (byte) 0xef, (byte) 0xf4, (byte) 0xeb, -3});
        return sector(code);
    }

    private static byte[] sector(ByteArrayOutputStream code) {
        byte[] sector = java.util.Arrays.copyOf(code.toByteArray(), SECTOR);
        if (code.size() > TABLE) {
            throw new IllegalArgumentException(code.size() + " bytes");
        }
        sector[SECTOR - 2] = 0x55;
        sector[SECTOR - 1] = (byte) 0xaa;
        return sector;
    }

    /** A disk of 1 MiB that begins so. */
    public static Path disk(Path file, byte[] sector) throws IOException {
        return Files.write(file, java.util.Arrays.copyOf(sector, 1 << 20));
    }
}
