package io.imagewright.api;

/**
 * An image file that a build will make.
 *
 * @param format word of its format
 * @param fileName without a directory
 * @param artifactType Maven type
 * @param classifier Maven classifier; empty for the main artifact
 */
public record PlannedFile(String format, String fileName, String artifactType, String classifier) {}
