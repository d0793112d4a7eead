package io.imagewright.format;

import java.util.Map;

/**
 * A member of the guest's tar.
 *
 * @param path as bytes, one in each character; relative
 * @param type of the header, {@code '0'} to {@code '6'}
 * @param mode permission bits with set-user-ID, set-group-ID and sticky bit
 * @param modified seconds since the epoch
 * @param size bytes of the file, holes included; 0 of all but regular files
 * @param link where a symbolic or hard link leads, as {@code path}
 * @param attributes extended attributes by name, which is as {@code path}
 */
record TarEntry(
        String path,
        char type,
        int mode,
        long user,
        long group,
        long modified,
        long size,
        String link,
        int major,
        int minor,
        Map<String, byte[]> attributes) {}
