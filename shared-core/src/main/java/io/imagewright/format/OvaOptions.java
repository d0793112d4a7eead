package io.imagewright.format;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.spec.ByteSize;

/**
 * Settings of an ova output: the machine that is made for the disk.
 *
 * @param memory MiB
 * @param processors how many
 */
record OvaOptions(long memory, int processors, Firmware firmware) {

    private static final String FORMAT = "ova";
    private static final String MEMORY = "memory";
    private static final String PROCESSORS = "processors";
    private static final String FIRMWARE = "firmware";
    private static final long MOST_MEMORY = 1 << 20;
    private static final int MOST_PROCESSORS = 256;

    static final List<String> NAMES = List.of(MEMORY, PROCESSORS, FIRMWARE);

    /** What starts the disk's boot loader. */
    enum Firmware {
        BIOS,
        EFI
    }

    static OvaOptions of(Map<String, String> given) {
        String memory = given.getOrDefault(MEMORY, "1024MiB");
        long bytes = ByteSize.parse(memory).orElse(0);
        if (bytes < 1 << 20 || bytes % (1 << 20) != 0 || bytes >> 20 > MOST_MEMORY) {
            throw OptionValues.bad(FORMAT, MEMORY, memory, "whole MiB up to 1TiB, such as 2GiB");
        }
        int processors =
                OptionValues.number(FORMAT, PROCESSORS, given.getOrDefault(PROCESSORS, "1"), 1, MOST_PROCESSORS);
        String firmware = given.getOrDefault(FIRMWARE, OptionValues.word(Firmware.BIOS));
        return new OvaOptions(
                bytes >> 20, processors, OptionValues.choice(FORMAT, FIRMWARE, firmware, Firmware.values()));
    }

    /** Complete: reading it back gives the same settings. */
    SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(MEMORY, memory + "MiB");
        map.put(PROCESSORS, Integer.toString(processors));
        map.put(FIRMWARE, OptionValues.word(firmware));
        return map;
    }
}
