package io.imagewright.format;

import java.util.Map;

/** {@code squashfs} compressed by xz. */
public class SquashfsXzOutputTest extends SquashfsOutputContract {

    @Override
    Map<String, String> options() {
        return Map.of("compression", "xz", "level", "1");
    }
}
