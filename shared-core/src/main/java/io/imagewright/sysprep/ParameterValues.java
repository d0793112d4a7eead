package io.imagewright.sysprep;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.error.CommandName;
import io.imagewright.error.ErrorCollector;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.error.Suggestion;
import org.jspecify.annotations.Nullable;

/** The parameters of all operations with their values, checked. Error texts are those of snf-image-creator. Immutable. */
public final class ParameterValues {

    private final SortedMap<String, Parameter> parameters;
    private final Map<String, String> written;
    private final Map<String, List<String>> values;

    private ParameterValues(
            SortedMap<String, Parameter> parameters, Map<String, String> written, Map<String, List<String>> values) {
        this.parameters = Collections.unmodifiableSortedMap(parameters);
        this.written = Map.copyOf(written);
        this.values = Map.copyOf(values);
    }

    /**
     * Reads and checks what a user wrote.
     *
     * @throws ImageException DESCRIPTION with every unknown parameter and a suggestion for it, and every bad value
     */
    public static ParameterValues of(Operations operations, Map<String, String> written) {
        return of(operations, written, Path.of(""));
    }

    /**
     * The same for paths that start somewhere else.
     *
     * @param base relative paths of files and directories start here
     */
    public static ParameterValues of(Operations operations, Map<String, String> written, Path base) {
        SortedMap<String, Parameter> parameters = declared(operations);
        ErrorCollector errors = new ErrorCollector();
        written.keySet().stream().sorted().forEach(name -> errors.check(() -> requireKnown(name, parameters)));
        Map<String, List<String>> values = new TreeMap<>();
        for (Parameter parameter : parameters.values()) {
            String text = written.getOrDefault(parameter.name(), parameter.defaultValue());
            errors.get(() -> read(parameter, text, base)).ifPresent(value -> values.put(parameter.name(), value));
        }
        errors.throwAny();
        return new ParameterValues(parameters, written, values);
    }

    /**
     * The values of another process, which has checked them.
     *
     * @param values see {@link #values()}
     */
    public static ParameterValues checked(
            Operations operations, Map<String, String> written, Map<String, List<String>> values) {
        return new ParameterValues(declared(operations), written, values);
    }

    private static SortedMap<String, Parameter> declared(Operations operations) {
        SortedMap<String, Parameter> parameters = new TreeMap<>();
        operations.all().stream()
                .flatMap(operation -> OperationCall.of(operation, operation::parameters).stream())
                .forEach(parameter -> declare(parameters, parameter));
        return parameters;
    }

    private static void declare(Map<String, Parameter> parameters, Parameter parameter) {
        Parameter other = parameters.putIfAbsent(parameter.name(), parameter);
        if (other != null && !other.equals(parameter)) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Two sysprep operations declare the parameter " + parameter.name() + " differently",
                    other + " and " + parameter,
                    "Rename one, or take its jar off the class path.");
        }
    }

    private static void requireKnown(String name, Map<String, Parameter> parameters) {
        if (!parameters.containsKey(name)) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    Message.of("Unknown sysprep parameter '", name, "' (", SettingName.SYSPREP_PARAMS, ")"),
                    Message.of("no operation has it"),
                    Suggestion.nearest(name, parameters.keySet())
                            .map(nearest -> Message.of("Did you mean '", nearest, "'?"))
                            .orElse(Message.of(CommandName.INSPECT, " lists them.")));
        }
    }

    /** Every parameter, by name. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    /** The value as a user would write it: what was written, else the default. */
    public String text(Parameter parameter) {
        return written.getOrDefault(parameter.name(), parameter.defaultValue());
    }

    /** Every checked value, by the name of its parameter. */
    public Map<String, List<String>> values() {
        return values;
    }

    /** The checked value: the items of a list, exactly one element of the other types. */
    public List<String> value(String name) {
        List<String> value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("an operation asks for the undeclared parameter " + name);
        }
        return value;
    }

    private static List<String> read(Parameter parameter, String text, Path base) {
        @Nullable
        String reason = switch (parameter.type()) {
            case STRING -> null;
            case POSITIVE_INTEGER -> notPositive(text);
            case FILE -> isEmptyOr(text, false, base) ? null : "Invalid filename";
            case DIRECTORY -> isEmptyOr(text, true, base) ? null : "Invalid dirname";
            case FILE_LIST ->
                split(text).stream().allMatch(file -> !file.isEmpty() && isEmptyOr(file, false, base))
                        ? null
                        : "Invalid filename";
            case STRING_LIST -> split(text).contains("") ? "Filename cannot be empty" : null;
        };
        if (reason != null) {
            throw ImageException.relayed(
                    ImageException.Kind.DESCRIPTION,
                    Message.of("Invalid value for sysprep parameter: `", parameter.name(), "'. Reason: ", reason, "."),
                    Message.EMPTY);
        }
        return switch (parameter.type()) {
            case STRING_LIST -> List.copyOf(split(text));
            case FILE_LIST ->
                split(text).stream().map(file -> base.resolve(file).toString()).toList();
            case FILE, DIRECTORY ->
                List.of(text.isEmpty() ? "" : base.resolve(text).toString());
            default -> List.of(text.strip());
        };
    }

    private static @Nullable String notPositive(String text) {
        try {
            return Integer.parseInt(text.strip()) > 0 ? null : "Value is negative or zero";
        } catch (NumberFormatException noNumber) {
            return "Invalid number";
        }
    }

    private static boolean isEmptyOr(String text, boolean directory, Path base) {
        try {
            return text.isEmpty()
                    || (directory
                            ? Files.isDirectory(base.resolve(text))
                            : Files.exists(base.resolve(text)) && !Files.isDirectory(base.resolve(text)));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    /** Items between commas; a backslash before a comma keeps it in the item. No text is no item. */
    static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        if (text.isEmpty()) {
            return items;
        }
        StringBuilder item = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ',') {
                item.append(',');
                i++;
            } else if (c == ',') {
                items.add(item.toString().strip());
                item.setLength(0);
            } else {
                item.append(c);
            }
        }
        items.add(item.toString().strip());
        return items;
    }
}
