package io.imagewright.guest;

/** A file found by a walk: where it is, canonically, and what it is. */
public record Entry(GuestPath path, FileStat stat) {}
