package io.imagewright.format;

import java.util.Map;

/** {@code oci} with another name, and a layer compressed by zstd. */
public class OciZstdOutputTest extends ContainerOutputContract {

    @Override
    String format() {
        return "oci";
    }

    @Override
    Map<String, String> options() {
        return Map.of("compression", "zstd", "dockerTarget", target());
    }

    @Override
    String transport() {
        return "oci-archive";
    }

    @Override
    String target() {
        return "registry.example.org:5000/ops/web:1.0-SNAPSHOT";
    }
}
