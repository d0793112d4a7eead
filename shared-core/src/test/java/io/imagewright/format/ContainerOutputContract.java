package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.Assert.assertEquals;

/** What a container image of the tree promises: skopeo takes it, and its layer is the guest's tar. */
public abstract class ContainerOutputContract extends TreeOutputContract {

    /** Skopeo's word for the kind of archive. */
    abstract String transport();

    String target() {
        return "image:1";
    }

    @Override
    final void compare(Path written, Path expected) throws Exception {
        Path layer = ContainerArchives.layer(
                written, transport(), target(), folder.newFolder().toPath());
        assertEquals(-1, Files.mismatch(expected, layer));
        check(written);
    }

    /** A look at the archive itself. */
    void check(Path written) throws Exception {}
}
