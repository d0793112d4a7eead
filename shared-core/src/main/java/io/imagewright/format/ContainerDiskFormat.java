package io.imagewright.format;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/** {@code containerdisk}: a disk in a container image, for KubeVirt. */
final class ContainerDiskFormat extends OutputFormat {

    ContainerDiskFormat() {
        super("containerdisk", Content.DISK);
    }

    @Override
    public String extension() {
        return "containerdisk.tar";
    }

    @Override
    List<String> optionNames() {
        return ContainerDiskOptions.NAMES;
    }

    @Override
    SortedMap<String, String> settled(SortedMap<String, String> given) {
        return ContainerDiskOptions.of(given).toMap();
    }

    @Override
    Map<String, String> optionsFor(Map<String, String> given, String imageName, String version, int disk) {
        return DockerTarget.settled(word(), given, imageName, version, disk);
    }

    @Override
    void requireHolds(long size, SortedMap<String, String> options) {
        ContainerDiskOptions.of(options).disk().requireHolds(this, size);
    }

    @Override
    Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return new DiskInArchive(ContainerDiskOptions.of(options));
    }

    private record DiskInArchive(ContainerDiskOptions options) implements Encoding {

        @Override
        public OutputWriter open(WriterSetup setup) {
            return new ContainerDiskWriter(
                    setup.file(),
                    setup.size(),
                    options,
                    setup.guest(),
                    setup.threads(),
                    setup.buffers(),
                    setup.digests());
        }
    }
}
