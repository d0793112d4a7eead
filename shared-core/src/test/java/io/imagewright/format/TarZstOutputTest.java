package io.imagewright.format;

import java.nio.file.Path;

/** {@code tar.zst} is the guest's tar, compressed. */
public class TarZstOutputTest extends TreeOutputContract {

    @Override
    String format() {
        return "tar.zst";
    }

    @Override
    void compare(Path written, Path expected) throws Exception {
        run("sh", "-c", "zstd -dc < \"$0\" | cmp - \"$1\"", written.toString(), expected.toString());
    }
}
