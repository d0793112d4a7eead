package io.imagewright.disk;

import java.nio.file.Path;

/**
 * Where a run of the finished disk's bytes comes from. Holes of the file are zeros; the file may end early, the rest being zeros.
 *
 * @param offset bytes from the start of the disk
 * @param length bytes
 * @param file the file, or block device, that holds them
 * @param fileOffset where in it
 */
public record Piece(long offset, long length, Path file, long fileOffset) {}
