package io.imagewright;

import java.util.List;

import io.imagewright.guest.Facts;

/**
 * What {@code inspect} tells of a medium.
 *
 * @param partitionTable {@code msdos}, {@code gpt} or {@code none}
 * @param size virtual bytes of the medium
 * @param operations every known operation, enabled or not
 * @param warnings what the user should look at, full sentences; those of the facts are among them
 */
public record ImageInspection(
        String partitionTable,
        long size,
        Facts facts,
        List<OperationInfo> operations,
        List<ParameterInfo> parameters,
        List<String> warnings) {

    /** Copies the lists. */
    public ImageInspection {
        operations = List.copyOf(operations);
        parameters = List.copyOf(parameters);
        warnings = List.copyOf(warnings);
    }

    /** One operation, and whether it would run. */
    public record OperationInfo(
            String name, List<String> aliases, String description, boolean enabled, boolean applies) {}

    /** One sysprep parameter. */
    public record ParameterInfo(String name, String description, String type, String defaultValue, String value) {}
}
