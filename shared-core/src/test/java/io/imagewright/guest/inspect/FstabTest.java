package io.imagewright.guest.inspect;

import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class FstabTest {

    private static final String TEXT = "# <file system>\tcaf\u00e9 \u0080\n"
            + "\n"
            + "  UUID=abc\t/  ext4 errors=remount-ro,noatime 0 1 \r\n"
            + "/dev/sda5 none swap sw 0 0\n"
            + "LABEL=a /mnt/with\\040blank\\011 auto\n"
            + "lonely";

    private final Fstab fstab = Fstab.parse(Bytes.ofText(TEXT));

    @Test
    public void readsEntries_withEscapesAndMissingFields() {
        List<Fstab.Entry> entries = fstab.entries();
        assertEquals(
                new Fstab.Entry(2, "UUID=abc", "/", "ext4", List.of("errors=remount-ro", "noatime"), 6),
                entries.get(0));
        assertEquals(new Fstab.Entry(3, "/dev/sda5", "none", "swap", List.of("sw"), 6), entries.get(1));
        assertEquals(new Fstab.Entry(4, "LABEL=a", "/mnt/with blank\t", "auto", List.of(), 3), entries.get(2));
        assertEquals(new Fstab.Entry(5, "lonely", "", "", List.of(), 1), entries.get(3));
        assertEquals(4, entries.size());
    }

    @Test
    public void givesTheSameBytes_whateverTheyAre() {
        assertEquals(Bytes.ofText(TEXT), fstab.toBytes());
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertEquals(Bytes.of(all), Fstab.parse(Bytes.of(all)).toBytes());
        assertEquals(Bytes.EMPTY, Fstab.parse(Bytes.EMPTY).toBytes());
    }

    @Test
    public void without_dropsWholeLinesAndNothingElse() {
        Fstab less = fstab.without(Fstab.Entry::isSwap);
        assertEquals(
                TEXT.replace("/dev/sda5 none swap sw 0 0\n", ""), less.toBytes().text());
        assertEquals(3, less.entries().get(1).line());
    }

    @Test
    public void withDevice_keepsSpacingAndLineEnd() {
        Fstab edited = fstab.withDevice(fstab.entries().get(0), "UUID=longer-than-before");
        assertEquals(
                TEXT.replace("UUID=abc", "UUID=longer-than-before"),
                edited.toBytes().text());
        assertEquals("UUID=longer-than-before", edited.entries().get(0).device());
    }

    @Test
    public void withDevice_refusesWhatWouldMakeOtherLines() {
        Fstab.Entry entry = fstab.entries().get(0);
        for (String device : List.of("", "a b", "a\nb", "#a", "a\r")) {
            assertThrows(IllegalArgumentException.class, () -> fstab.withDevice(entry, device));
        }
        Fstab.Entry stranger = new Fstab.Entry(0, "x", "/", "ext4", List.of(), 4);
        assertThrows(IllegalArgumentException.class, () -> fstab.withDevice(stranger, "UUID=a"));
    }

    @Test
    public void refusesWhatIsTooLong() {
        Bytes big = Bytes.of(new byte[Fstab.MAX_SIZE + 1]);
        ImageException failure = assertThrows(ImageException.class, () -> Fstab.parse(big));
        assertEquals(ImageException.Kind.SOURCE, failure.kind());
    }
}
