package io.imagewright.manifest;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The properties of an image as they are where deployment has made a disk of it. */
final class DeployedProperties {

    private DeployedProperties() {}

    /**
     * Those of an image in this format. Before a dump of a partition deployment writes an MBR with boot code of its own and that one partition, reference 2.2.
     *
     * @param properties of the disk that the image was made from
     */
    static SortedMap<String, String> of(Map<String, String> properties, String format) {
        SortedMap<String, String> deployed = new TreeMap<>(properties);
        if (format.equals("extdump") || format.equals("ntfsdump")) {
            deployed.put("OSFAMILY", format.equals("extdump") ? "linux" : "windows");
            deployed.put("PARTITION_TABLE", "msdos");
            deployed.put("ROOT_PARTITION", "1");
            deployed.remove("BOOTSTRAP");
        }
        return deployed;
    }
}
