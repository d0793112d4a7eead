package io.imagewright.api;

/**
 * How large an image of a build was.
 *
 * @param build number of the build
 * @param size bytes
 */
public record SizePoint(int build, String image, long size) {}
