package io.imagewright.disk;

import java.nio.ByteBuffer;

/**
 * The numbers of a FAT boot sector that say where things are (Microsoft's FAT specification of 2000).
 *
 * @param sectorSize bytes
 * @param clusterSectors sectors per cluster
 * @param reserved sectors in front of the first FAT
 * @param fats number of FATs
 * @param rootEntries entries of the fixed root directory; 0 for FAT32
 * @param fatSectors sectors of one FAT
 * @param sectors sectors of the file system
 * @param rootCluster first cluster of FAT32's root directory; 0 for the others
 */
record FatGeometry(
        int sectorSize,
        int clusterSectors,
        int reserved,
        int fats,
        int rootEntries,
        long fatSectors,
        long sectors,
        long rootCluster) {

    /** Reads a little-endian view of the first 512 bytes. */
    static FatGeometry parse(ByteBuffer sector) {
        int small = Short.toUnsignedInt(sector.getShort(19));
        int smallFat = Short.toUnsignedInt(sector.getShort(22));
        return new FatGeometry(
                Short.toUnsignedInt(sector.getShort(11)),
                Byte.toUnsignedInt(sector.get(13)),
                Short.toUnsignedInt(sector.getShort(14)),
                Byte.toUnsignedInt(sector.get(16)),
                Short.toUnsignedInt(sector.getShort(17)),
                smallFat != 0 ? smallFat : Integer.toUnsignedLong(sector.getInt(36)),
                small != 0 ? small : Integer.toUnsignedLong(sector.getInt(32)),
                smallFat != 0 ? 0 : Integer.toUnsignedLong(sector.getInt(44)));
    }

    /** Whether the sector can be a FAT's at all. */
    static boolean plausible(ByteBuffer sector) {
        int media = Byte.toUnsignedInt(sector.get(21));
        return (media == 0xF0 || media >= 0xF8) && parse(sector).sound();
    }

    boolean sound() {
        return powerOfTwo(sectorSize)
                && sectorSize >= 512
                && sectorSize <= 4096
                && powerOfTwo(clusterSectors)
                && reserved > 0
                && (fats == 1 || fats == 2)
                && fatSectors > 0
                && clusters() > 0
                && (rootCluster == 0 ? rootEntries > 0 : rootCluster >= 2)
                && fatSectors * sectorSize * 8 / width() >= clusters() + 2
                && clusters() < 0x0FFFFFF6;
    }

    private static boolean powerOfTwo(int number) {
        return Integer.bitCount(number) == 1;
    }

    long rootSectors() {
        return ((long) rootEntries * 32 + sectorSize - 1) / sectorSize;
    }

    /** First sector of cluster 2. */
    long firstData() {
        return reserved + fats * fatSectors + rootSectors();
    }

    long clusters() {
        return (sectors - firstData()) / clusterSectors;
    }

    /** Bits of one FAT entry, as Linux and dosfstools decide. */
    int width() {
        if (rootCluster != 0) {
            return 32;
        }
        return clusters() < 4085 ? 12 : 16;
    }

    int clusterSize() {
        return clusterSectors * sectorSize;
    }

    /** Byte, from the start of the file system, where the cluster lies. */
    long offset(long cluster) {
        return (firstData() + (cluster - 2) * clusterSectors) * sectorSize;
    }
}
