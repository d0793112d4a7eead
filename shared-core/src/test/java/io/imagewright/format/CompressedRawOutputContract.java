package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

/** What a compressed stream promises: the tool that everybody has takes it, and the disk comes out. */
public abstract class CompressedRawOutputContract extends OutputWriterContract {

    /** Takes standard input apart, and fails when it is damaged. */
    abstract String tool();

    @Override
    String qemuFormat() {
        return "raw";
    }

    /** Of the length that comes out; the copy leaves out zeros at the end. */
    @Override
    Path image(Path written) throws Exception {
        Path disk = written.resolveSibling("decompressed");
        Tools.run(
                folder.getRoot().toPath(),
                "bash",
                "-o",
                "pipefail",
                "-c",
                "\"$0\" -dc < \"$1\" | LC_ALL=C dd of=\"$2\" bs=1M iflag=fullblock conv=sparse 2> \"$2.log\""
                        + " && truncate -s \"$(sed -n 's/ bytes.*//p' \"$2.log\")\" \"$2\"",
                tool(),
                written.toString(),
                disk.toString());
        return disk;
    }

    @Test
    public void endsWithAPartThatIsNotWhole() throws Exception {
        WrittenOutput written = roundTrip(disk(33 * MIB + 512).text(33 * MIB, 512));
        assertEquals(Files.size(written.path()), written.storedSize());
    }
}
