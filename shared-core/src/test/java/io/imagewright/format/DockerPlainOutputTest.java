package io.imagewright.format;

import java.util.Map;

/** {@code docker} with a layer that is not compressed. */
public class DockerPlainOutputTest extends ContainerOutputContract {

    @Override
    String format() {
        return "docker";
    }

    @Override
    Map<String, String> options() {
        return Map.of("compression", "none");
    }

    @Override
    String transport() {
        return "docker-archive";
    }
}
