package io.imagewright.format;

/** {@code squashfs} as it comes: compressed by zstd. */
public class SquashfsOutputTest extends SquashfsOutputContract {}
