package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/**
 * A Linux swap area (include/linux/swap.h, union swap_header): all that is worth keeping is in its first page. The page size is that of the
 * machine that made it, recognised by where the signature ends.
 */
public final class SwapSpace {

    private static final byte[] SIGNATURE = "SWAPSPACE2".getBytes(StandardCharsets.US_ASCII);

    /** What stands in the signature's place while a hibernated system lies in the area (kernel, uswsusp, TuxOnIce). */
    private static final Set<String> HIBERNATED = Set.of("S1SUSPEND", "S2SUSPEND", "ULSUSPEND", "LINHIB0001");

    private static final byte[] TUX_ON_ICE = {(byte) 0xED, (byte) 0xC3, 0x02, (byte) 0xE9, (byte) 0x98, 0x56};
    private static final int[] PAGES = {4096, 8192, 16384, 32768, 65536};
    private static final int VERSION_AT = 1024;
    private static final int LAST_PAGE_AT = 1028;
    private static final int UUID_AT = 1036;
    private static final int IDENTITY = 32;

    private SwapSpace() {}

    /**
     * The first page as mkswap would write it, with the UUID and label that are there. The rest of a clean swap area is zeros.
     *
     * @param offset where the area starts in the file
     * @param length bytes of its partition; the new header claims all whole pages of it
     * @return one page; empty when this is no swap area of version 1, or too small for one
     */
    public static byte[] cleanHeader(SparseFile file, long offset, long length) throws IOException {
        for (int page : PAGES) {
            if (length < 10L * page || offset + page > file.size()) {
                break;
            }
            byte[] old = new byte[page];
            file.read(offset, ByteBuffer.wrap(old));
            if (isSwap(old)) {
                return header(old, length / page - 1);
            }
        }
        return new byte[0];
    }

    /** Gives the area whose first page starts here another UUID. */
    public static void setUuid(SparseFile file, long offset, UUID uuid) throws IOException {
        file.write(
                offset + UUID_AT,
                ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .flip());
    }

    private static boolean isSwap(byte[] page) {
        byte[] end = Arrays.copyOfRange(page, page.length - SIGNATURE.length, page.length);
        String text = new String(end, StandardCharsets.ISO_8859_1);
        return Arrays.equals(end, SIGNATURE)
                || HIBERNATED.stream().anyMatch(text::startsWith)
                || Arrays.equals(end, 0, TUX_ON_ICE.length, TUX_ON_ICE, 0, TUX_ON_ICE.length);
    }

    private static byte[] header(byte[] old, long lastPage) {
        byte[] page = new byte[old.length];
        ByteOrder order = order(old);
        ByteBuffer view = ByteBuffer.wrap(page).order(order);
        view.putInt(VERSION_AT, 1);
        view.putInt(LAST_PAGE_AT, (int) Math.min(lastPage, 0xFFFFFFFFL));
        System.arraycopy(old, UUID_AT, page, UUID_AT, IDENTITY); // 16 bytes of UUID, then 16 of label
        System.arraycopy(SIGNATURE, 0, page, page.length - SIGNATURE.length, SIGNATURE.length);
        return page;
    }

    /** Numbers are in the byte order of the machine that made the area; the version, 1, shows which. */
    private static ByteOrder order(byte[] page) {
        return ByteBuffer.wrap(page).getInt(VERSION_AT) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}
