package io.imagewright.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A partition table for a disk that has none yet, in sectors of 512 bytes. */
public final class NewTable {

    private static final int SECTOR = 512;
    private static final int SIGNATURE_AT = 440;
    private static final int GPT_ENTRIES = 128;
    private static final int GPT_ENTRY = 128;

    /** Characters of a GPT partition's name. */
    private static final int LONGEST_NAME = 36;

    private NewTable() {}

    /**
     * An MBR with primary partitions.
     *
     * @param signature of the disk
     * @param bootCode up to 440 bytes; empty for none
     * @param partitions up to four, by their numbers; types are two hexadecimal digits
     */
    public static List<Region> msdos(int signature, byte[] bootCode, List<Partition> partitions) {
        byte[] bytes = bootSector(bootCode);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(SIGNATURE_AT, signature);
        MbrSector sector = sector(bytes);
        for (Partition partition : partitions) {
            if (partition.start() + partition.sectors() - 1 > MbrEntry.MAXIMUM) {
                throw new IllegalArgumentException(
                        "partition " + partition.number() + " ends behind what an MBR can address");
            }
            sector = sector.with(
                    partition.number() - 1,
                    new MbrEntry(
                            partition.bootable() ? 0x80 : 0,
                            Integer.parseInt(partition.type(), 16),
                            partition.start(),
                            partition.sectors()),
                    0);
        }
        return List.of(sector.at(0));
    }

    /**
     * A GPT in both copies, and its protective MBR.
     *
     * @param bootCode of the protective MBR, up to 440 bytes; empty for none
     * @param partitions up to 128, by their numbers
     * @param diskSize bytes
     */
    public static List<Region> gpt(UUID disk, byte[] bootCode, List<Partition> partitions, long diskSize) {
        long sectors = diskSize / SECTOR;
        MbrSector protective = sector(bootSector(bootCode))
                .with(0, new MbrEntry(0, MbrEntry.PROTECTIVE, 1, Math.min(sectors - 1, MbrEntry.MAXIMUM)), 0);
        byte[] array = new byte[GPT_ENTRIES * GPT_ENTRY];
        ByteBuffer view = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        for (Partition partition : partitions) {
            int at = (partition.number() - 1) * GPT_ENTRY;
            Guids.put(view, at, UUID.fromString(partition.type()));
            Guids.put(view, at + 16, UUID.fromString(partition.uniqueGuid()));
            view.putLong(at + 32, partition.start());
            view.putLong(at + 40, partition.start() + partition.sectors() - 1);
            view.putLong(at + 48, partition.attributes());
            String name = partition.name();
            byte[] text =
                    name.substring(0, Math.min(LONGEST_NAME, name.length())).getBytes(StandardCharsets.UTF_16LE);
            view.put(at + 56, text);
        }
        int arraySectors = array.length / SECTOR;
        long first = 2L + arraySectors;
        GptHeader header = new GptHeader(
                1,
                sectors - 1,
                first,
                sectors - 2 - arraySectors,
                disk,
                2,
                GPT_ENTRIES,
                GPT_ENTRY,
                GptHeader.crc(array));
        return new GptTable(SECTOR, new ProtectiveMbr(protective), header, new GptEntries(GPT_ENTRY, array))
                .render(diskSize);
    }

    private static byte[] bootSector(byte[] bootCode) {
        byte[] bytes = new byte[MbrSector.SIZE];
        System.arraycopy(bootCode, 0, bytes, 0, Math.min(bootCode.length, SIGNATURE_AT));
        bytes[510] = 0x55;
        bytes[511] = (byte) 0xAA;
        return bytes;
    }

    private static MbrSector sector(byte[] bytes) {
        return MbrSector.of(bytes);
    }
}
