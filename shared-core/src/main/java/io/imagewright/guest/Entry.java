package io.imagewright.guest;

/** A file found by a walk: its canonical path and its {@code lstat}. */
public record Entry(GuestPath path, FileStat stat) {}
