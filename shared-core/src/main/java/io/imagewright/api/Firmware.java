package io.imagewright.api;

import java.util.Arrays;
import java.util.Locale;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/** What starts the boot loader of a disk. */
public enum Firmware {
    /** What the disk has a boot loader for. */
    AUTO,
    /** SeaBIOS. */
    BIOS,
    /** OVMF. */
    UEFI;

    /**
     * Finds one by the word that users write.
     *
     * @throws ImageException DESCRIPTION
     */
    public static Firmware of(String word) {
        return Arrays.stream(values())
                .filter(firmware -> firmware.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ImageException.of(
                        Kind.DESCRIPTION,
                        "Unknown firmware '" + word + "'",
                        "no such word",
                        Message.of("Use auto, bios or uefi for ", SettingName.BOOT_FIRMWARE, ".")));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
