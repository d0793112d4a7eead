package io.imagewright.manifest;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.guest.inspect.PartitionDump;

/** The properties of an image as they are where deployment has made a disk of it. */
final class DeployedProperties {

    private DeployedProperties() {}

    /**
     * Those of an image in this format. Before a dump of a partition deployment writes an MBR with boot code of its own
     * and that one partition, reference 2.2.
     *
     * @param properties of the disk that the image was made from
     */
    static SortedMap<String, String> of(Map<String, String> properties, String format) {
        SortedMap<String, String> deployed = new TreeMap<>(properties);
        PartitionDump.find(format).ifPresent(dump -> {
            deployed.put("OSFAMILY", dump.osFamily());
            deployed.put("PARTITION_TABLE", "msdos");
            deployed.put("ROOT_PARTITION", "1");
            deployed.remove("BOOTSTRAP");
        });
        return deployed;
    }
}
