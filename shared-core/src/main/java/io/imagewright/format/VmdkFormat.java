package io.imagewright.format;

import java.util.List;
import java.util.SortedMap;

/** {@code vmdk}: VMware's. */
final class VmdkFormat extends QemuFormat {

    VmdkFormat() {
        super("vmdk");
    }

    @Override
    List<String> optionNames() {
        return VmdkOptions.NAMES;
    }

    @Override
    SortedMap<String, String> settled(SortedMap<String, String> given) {
        return VmdkOptions.of(given).toMap();
    }

    @Override
    ConvertedFormat conversion(SortedMap<String, String> options) {
        return new VmdkConversion(VmdkOptions.of(options).subformat().word());
    }
}
