package io.imagewright.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Settings of a container image that holds a disk.
 *
 * @param target what it is called; empty for no name
 * @param disk the disk in it
 */
record ContainerDiskOptions(ArchiveKind archive, Optional<DockerTarget> target, Qcow2Options disk) {

    private static final String FORMAT = "containerdisk";
    private static final String ARCHIVE = "archive";

    static final List<String> NAMES = Stream.concat(
                    Stream.of(ARCHIVE, DockerTarget.OPTION), Qcow2Options.NAMES.stream())
            .toList();

    static ContainerDiskOptions of(Map<String, String> given) {
        return new ContainerDiskOptions(
                OptionValues.choice(
                        FORMAT,
                        ARCHIVE,
                        given.getOrDefault(ARCHIVE, OptionValues.word(ArchiveKind.OCI)),
                        ArchiveKind.values()),
                Optional.ofNullable(given.get(DockerTarget.OPTION)).map(text -> DockerTarget.of(FORMAT, text)),
                Qcow2Options.of(given));
    }

    /** Complete: reading it back gives the same settings. */
    SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>(disk.toMap());
        map.put(ARCHIVE, OptionValues.word(archive));
        target.ifPresent(name -> map.put(DockerTarget.OPTION, name.text()));
        return map;
    }
}
