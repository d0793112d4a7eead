package io.imagewright.spec;

import java.util.List;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

public class ByteSizeTest {

    @Test
    public void readsUnitsAsPowersOf1024() {
        assertEquals(512, ByteSize.parse("512").orElseThrow());
        assertEquals(1L << 10, ByteSize.parse("1KiB").orElseThrow());
        assertEquals(8L << 20, ByteSize.parse("8 MiB").orElseThrow());
        assertEquals(1L << 30, ByteSize.parse("1G").orElseThrow());
        assertEquals(3L << 40, ByteSize.parse("3TiB").orElseThrow());
        assertEquals(Long.MAX_VALUE, ByteSize.parse("9223372036854775807").orElseThrow());
    }

    @Test
    public void refusesWhatIsAmbiguousOrTooBig() {
        for (String text : List.of(
                "", "GiB", "1GB", "1.5G", "-1", "1 0", "0x10", "9223372036854775808", "8388608TiB", "1g", "١")) {
            assertFalse(text, ByteSize.isSize(text));
        }
    }
}
