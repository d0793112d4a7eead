package io.imagewright.contents;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;

/**
 * A file of a guest.
 *
 * @param target text of a symbolic link; empty of everything else
 */
public record FileRecord(GuestPath path, FileStat stat, Bytes target) {}
