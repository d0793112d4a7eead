package io.imagewright.spec;

import org.jspecify.annotations.Nullable;

/**
 * A key of a section of the description.
 *
 * @param defaultValue as a user would write it; null when there is none
 * @param description for people; goes into the manual
 */
public record Setting(String name, ValueType type, @Nullable String defaultValue, String description) {}
