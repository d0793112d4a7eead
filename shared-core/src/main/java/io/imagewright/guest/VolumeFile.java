package io.imagewright.guest;

import java.nio.file.Path;

/**
 * An ext2/3/4 file system in a file.
 *
 * @param file its own sparse file, or a medium that is only read
 * @param offset bytes from the start of the file
 * @param subject how to name it to the user, for example {@code partition 1 (ext4)}
 */
public record VolumeFile(Path file, long offset, String subject) {}
