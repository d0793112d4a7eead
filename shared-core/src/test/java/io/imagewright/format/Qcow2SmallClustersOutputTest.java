package io.imagewright.format;

import java.util.Map;

/** {@code qcow2} with the smallest clusters, in the version that old readers know. */
public class Qcow2SmallClustersOutputTest extends Qcow2OutputContract {

    @Override
    String compression() {
        return "zlib";
    }

    @Override
    Map<String, String> options() {
        return Map.of("clusterSize", "4KiB", "version", "2");
    }

    @Override
    String[] expectedInfo() {
        return new String[] {"compat: 0.10", "cluster_size: 4096"};
    }
}
