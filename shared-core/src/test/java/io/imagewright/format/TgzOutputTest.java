package io.imagewright.format;

import java.nio.file.Path;

/** {@code tgz} is the guest's tar, compressed. */
public class TgzOutputTest extends TreeOutputContract {

    @Override
    String format() {
        return "tgz";
    }

    @Override
    void compare(Path written, Path expected) throws Exception {
        run("sh", "-c", "gzip -dc < \"$0\" | cmp - \"$1\"", written.toString(), expected.toString());
    }
}
