package io.imagewright.sysprep;

/**
 * A parameter of operations.
 *
 * @param name lower-case with underscores
 * @param type how values are read and checked
 * @param defaultValue as a user would write it
 * @param description one sentence for people
 */
public record Parameter(String name, ParameterType type, String defaultValue, String description) {}
