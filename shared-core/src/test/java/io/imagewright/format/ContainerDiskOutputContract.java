package io.imagewright.format;

import java.nio.file.Path;

import static org.junit.Assert.assertEquals;

/** What {@code containerdisk} promises: KubeVirt finds the disk where it looks for it. */
public abstract class ContainerDiskOutputContract extends OutputWriterContract {

    /** Skopeo's word for the kind of archive. */
    abstract String transport();

    @Override
    final String format() {
        return "containerdisk";
    }

    @Override
    final String qemuFormat() {
        return "qcow2";
    }

    @Override
    long overhead() {
        return 16 << 10;
    }

    @Override
    final Path image(Path written) throws Exception {
        Path directory = folder.newFolder().toPath();
        Path layer = ContainerArchives.layer(written, transport(), "image:1", directory);
        assertEquals(
                "dr-xr-xr-x 107/107 disk/\n-r--r----- 107/107 disk/image.qcow2\n",
                Tools.run(
                        directory,
                        "sh",
                        "-c",
                        "tar --numeric-owner -tvf \"$0\" | awk '{ print $1, $2, $6 }'",
                        layer.toString()));
        Tools.run(directory, "tar", "-xf", layer.toString(), "--no-same-permissions", "disk/image.qcow2");
        return directory.resolve("disk/image.qcow2");
    }
}
