package io.imagewright.assemble;

import java.util.List;

import io.imagewright.disk.Piece;

/**
 * A file of the EFI system partition.
 *
 * @param path relative, with slashes, ASCII
 * @param size bytes
 * @param data where they lie
 */
record EspFile(String path, long size, List<Piece> data) {}
