package io.imagewright.format;

import java.util.Map;

/** {@code qcow2} with the largest clusters. */
public class Qcow2LargeClustersOutputTest extends Qcow2OutputContract {

    @Override
    String compression() {
        return "zstd";
    }

    @Override
    Map<String, String> options() {
        return Map.of("compression", "zstd", "clusterSize", "1MiB");
    }

    @Override
    String[] expectedInfo() {
        return new String[] {"compat: 1.1", "cluster_size: 1048576"};
    }

    @Override
    long overhead() {
        return 8 * MIB;
    }
}
