package io.imagewright.sysprep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

import io.imagewright.error.CommandName;
import io.imagewright.error.ErrorCollector;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.error.Suggestion;
import io.imagewright.spec.ImageDescription;

/** All operations that a class path offers, in the order in which they run: by phase, then by name. Immutable. */
public final class Operations {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final List<Operation> ordered;
    private final Map<String, Operation> byWord;

    private Operations(List<Operation> ordered, Map<String, Operation> byWord) {
        this.ordered = List.copyOf(ordered);
        this.byWord = Map.copyOf(byWord);
    }

    /**
     * Finds them.
     *
     * @throws ImageException DESCRIPTION when two operations claim one name, or one is declared but cannot be used; it names the class
     */
    public static Operations load(ClassLoader loader) {
        List<Operation> found = new ArrayList<>();
        try {
            ServiceLoader.load(Operation.class, loader).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError failure) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot load a sysprep operation from the class path",
                    reason(failure),
                    "Correct its jar (META-INF/services/" + Operation.class.getName()
                            + " and what the class needs), or take it off the class path.",
                    failure);
        }
        return of(found);
    }

    /** What Java says of a class, which it names, and why. */
    private static String reason(Throwable failure) {
        String own = failure instanceof LinkageError
                ? String.valueOf(failure)
                : String.valueOf(failure.getMessage()).replace(Operation.class.getName() + ": ", "");
        Throwable cause = failure.getCause();
        return cause == null ? own : own + " (" + cause + ")";
    }

    /**
     * These operations.
     *
     * @throws ImageException DESCRIPTION when two claim one name, or one has a name that nobody can write
     */
    public static Operations of(List<Operation> operations) {
        operations.forEach(Operations::requireName);
        List<Operation> ordered = new ArrayList<>(operations);
        ordered.sort(Comparator.comparing((Operation operation) -> OperationCall.of(operation, operation::phase))
                .thenComparing(Operation::name));
        Map<String, Operation> byWord = new LinkedHashMap<>();
        for (Operation operation : ordered) {
            Set<String> words = new HashSet<>(OperationCall.of(operation, operation::aliases));
            words.add(operation.name());
            for (String word : words) {
                Operation other = byWord.put(word, operation);
                if (other != null) {
                    throw ImageException.of(
                            ImageException.Kind.DESCRIPTION,
                            "Two sysprep operations claim the name " + word,
                            other.getClass().getName() + " and "
                                    + operation.getClass().getName(),
                            "Rename one, or take its jar off the class path.");
                }
            }
        }
        return new Operations(ordered, byWord);
    }

    private static void requireName(Operation operation) {
        if (Optional.ofNullable(operation.name())
                .filter(NAME.asMatchPredicate())
                .isEmpty()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Bad name '" + operation.name() + "' of the sysprep operation "
                            + operation.getClass().getName(),
                    "a name is kebab-case: lower-case letters and digits, words joined by '-'",
                    "Rename it, or take its jar off the class path.");
        }
    }

    /** In running order. */
    public List<Operation> all() {
        return ordered;
    }

    /**
     * Those that run: the defaults, without the disabled ones, with the enabled ones. An operation that is named in both lists runs, as
     * snf-image-creator has it.
     *
     * @throws ImageException DESCRIPTION with every unknown name and a suggestion for it
     */
    public Set<Operation> select(ImageDescription.Sysprep choice) {
        Set<Operation> selected = new HashSet<>();
        ordered.stream()
                .filter(operation -> choice.defaults() && operation.enabledByDefault())
                .forEach(selected::add);
        ErrorCollector errors = new ErrorCollector();
        choice.disable().forEach(word -> errors.check(() -> selected.remove(named(word, SettingName.SYSPREP_DISABLE))));
        choice.enable().forEach(word -> errors.check(() -> selected.add(named(word, SettingName.SYSPREP_ENABLE))));
        errors.throwAny();
        return selected;
    }

    /**
     * Those that are off because nobody has decided, and leave something in the image that should not be shared silently
     * ({@link Operation#keptWhenOff}).
     *
     * @throws ImageException DESCRIPTION for an unknown name, with a suggestion
     */
    public List<Operation> undecided(ImageDescription.Sysprep choice) {
        if (!choice.defaults()) {
            return List.of(); // who wants none of the defaults wants no advice either
        }
        Set<Operation> decided = new HashSet<>();
        choice.disable().forEach(word -> decided.add(named(word, SettingName.SYSPREP_DISABLE)));
        choice.enable().forEach(word -> decided.add(named(word, SettingName.SYSPREP_ENABLE)));
        return ordered.stream()
                .filter(operation -> !operation.enabledByDefault() && !decided.contains(operation))
                .filter(operation -> !operation.keptWhenOff().isEmpty())
                .toList();
    }

    /** The operation of this name or alias. */
    public Optional<Operation> find(String word) {
        return Optional.ofNullable(byWord.get(word));
    }

    private Operation named(String word, SettingName list) {
        return find(word)
                .orElseThrow(() -> ImageException.of(
                        ImageException.Kind.DESCRIPTION,
                        Message.of("Unknown sysprep operation '", word, "' (", list, ")"),
                        Message.of("there is none of that name"),
                        Suggestion.nearest(word, byWord.keySet())
                                .map(nearest -> Message.of("Did you mean '", nearest, "'?"))
                                .orElse(Message.of(CommandName.INSPECT, " lists them."))));
    }
}
