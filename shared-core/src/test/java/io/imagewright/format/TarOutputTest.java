package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** {@code tar} is the guest's tar as it is. */
public class TarOutputTest extends TreeOutputContract {

    @Override
    String format() {
        return "tar";
    }

    @Override
    void compare(Path written, Path expected) throws Exception {
        assertEquals(-1, Files.mismatch(expected, written));
    }

    @Test
    public void holdsFilesBeyond8GiB_andKeepsHoles() throws Exception {
        long size = (9L << 30) + 1;
        WrittenOutput written =
                write(tree().huge("huge", size).directory("behind/").layout(), "out", 2);
        String listing = run("tar", "-tvf", written.path().toString());
        assertTrue(listing, listing.contains(" " + size + " "));
        assertTrue(listing, listing.strip().endsWith("behind/"));
        assertTrue("stored " + written.storedSize(), written.storedSize() < MIB);
    }
}
