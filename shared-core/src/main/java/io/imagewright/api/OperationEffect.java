package io.imagewright.api;

/**
 * What an operation did to an image.
 *
 * @param changes how many
 * @param bytes removed; of actions, written
 */
public record OperationEffect(String name, int changes, long bytes) {}
