package io.imagewright.format;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/**
 * {@code oci} and {@code docker}: the guest's files as a container image, in the layout of the Open Container
 * Initiative, and as {@code docker load} takes it.
 */
final class ContainerFormat extends OutputFormat {

    private final ArchiveKind kind;

    ContainerFormat(String word, ArchiveKind kind) {
        super(word, Content.TREE);
        this.kind = kind;
    }

    @Override
    public String extension() {
        return word() + ".tar";
    }

    @Override
    List<String> optionNames() {
        return ContainerOptions.NAMES;
    }

    @Override
    SortedMap<String, String> settled(SortedMap<String, String> given) {
        return ContainerOptions.of(word(), given).toMap();
    }

    @Override
    Map<String, String> optionsFor(Map<String, String> given, String imageName, String version, int disk) {
        return DockerTarget.settled(word(), given, imageName, version, disk);
    }

    @Override
    Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return new TreeInArchive(kind, ContainerOptions.of(word(), options));
    }

    private record TreeInArchive(ArchiveKind kind, ContainerOptions options) implements Encoding {

        @Override
        public OutputWriter open(WriterSetup setup) {
            return new ContainerWriter(
                    setup.file(),
                    setup.size(),
                    kind,
                    options,
                    setup.guest(),
                    setup.threads(),
                    setup.buffers(),
                    setup.digests());
        }
    }
}
