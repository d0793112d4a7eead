package io.imagewright.format;

import java.util.Map;

/** {@code containerdisk} for {@code docker load}. */
public class ContainerDiskDockerOutputTest extends ContainerDiskOutputContract {

    @Override
    Map<String, String> options() {
        return Map.of("archive", "docker", "compression", "zstd", "clusterSize", "1MiB");
    }

    @Override
    String transport() {
        return "docker-archive";
    }

    @Override
    long overhead() {
        return 8 * MIB;
    }
}
