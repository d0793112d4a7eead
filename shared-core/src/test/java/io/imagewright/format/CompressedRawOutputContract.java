package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

/** What a compressed stream promises: the tool that everybody has takes it, and the disk comes out. */
public abstract class CompressedRawOutputContract extends OutputWriterContract {

    /** Takes standard input apart. */
    abstract String tool();

    @Override
    String qemuFormat() {
        return "raw";
    }

    @Override
    Path image(Path written) throws Exception {
        Path disk = written.resolveSibling("decompressed");
        Tools.run(
                folder.getRoot().toPath(),
                "sh",
                "-c",
                "\"$0\" -dc < \"$1\" | dd of=\"$2\" bs=1M iflag=fullblock conv=sparse status=none; truncate -s \"$3\" \"$2\"",
                tool(),
                written.toString(),
                disk.toString(),
                Tools.run(
                                folder.getRoot().toPath(),
                                "sh",
                                "-c",
                                "\"$0\" -dc < \"$1\" | wc -c",
                                tool(),
                                written.toString())
                        .strip());
        return disk;
    }

    @Override
    void check(Path file) throws Exception {
        Tools.run(folder.getRoot().toPath(), tool(), "-t", file.toString());
    }

    @Test
    public void endsWithAPartThatIsNotWhole() throws Exception {
        WrittenOutput written = roundTrip(disk(33 * MIB + 512).text(33 * MIB, 512));
        assertEquals(Files.size(written.path()), written.storedSize());
    }
}
