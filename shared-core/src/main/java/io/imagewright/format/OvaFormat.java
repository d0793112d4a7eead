package io.imagewright.format;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/** {@code ova}: a machine with the disk, for VMware and VirtualBox. */
final class OvaFormat extends OutputFormat {

    OvaFormat() {
        super("ova", Content.DISK);
    }

    @Override
    List<String> optionNames() {
        return OvaOptions.NAMES;
    }

    @Override
    SortedMap<String, String> settled(SortedMap<String, String> given) {
        return OvaOptions.of(given).toMap();
    }

    @Override
    Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return new DiskWithMachine(OvaOptions.of(options), fileName);
    }

    @Override
    List<String> findings(OutputCheck check) throws IOException {
        return new OvaCheck(check.file(), check.virtualSize(), check.exec()).findings(check.workDirectory());
    }

    /** @param fileName that names the machine and the files in it */
    private record DiskWithMachine(OvaOptions options, String fileName) implements Encoding {

        @Override
        public List<String> programs() {
            return List.of(QemuEncoding.PROGRAM);
        }

        @Override
        public boolean isConverted() {
            return true;
        }

        /** The disk before it is packed. */
        @Override
        public int workFiles() {
            return 1;
        }

        @Override
        public OutputWriter open(WriterSetup setup) {
            return new OvaWriter(setup.conversion(), options, setup.path(), setup.file(), setup.digests());
        }
    }
}
