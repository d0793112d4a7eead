package io.imagewright.api;

/**
 * A file of an image.
 *
 * @param name without a directory
 * @param image name of the image that it is, or describes
 * @param classifier Maven classifier; empty for none
 */
public record ImagePart(String name, String image, String classifier) {}
