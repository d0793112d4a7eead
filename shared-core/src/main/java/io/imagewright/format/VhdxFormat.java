package io.imagewright.format;

import java.util.SortedMap;
import java.util.UUID;

import io.imagewright.disk.SparseFile;

/**
 * {@code vhdx}: Hyper-V's second format. Its ids are protected by checksums in many places: it is the one format whose
 * bytes differ from build to build.
 */
final class VhdxFormat extends QemuFormat {

    VhdxFormat() {
        super("vhdx");
    }

    @Override
    ConvertedFormat conversion(SortedMap<String, String> options) {
        return new Conversion();
    }

    private record Conversion() implements ConvertedFormat {

        @Override
        public String driver() {
            return "vhdx";
        }

        @Override
        public String createOptions() {
            return "subformat=dynamic";
        }

        @Override
        public void pin(SparseFile file, UUID id) {}
    }
}
