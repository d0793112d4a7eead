package io.imagewright.sysprep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

import io.imagewright.error.ImageException;
import io.imagewright.error.Suggestion;

/** All operations that a class path offers, in the order in which they run: by phase, then by name. Immutable. */
public final class Operations {

    private final List<Operation> ordered;
    private final Map<String, Operation> byWord;

    private Operations(List<Operation> ordered, Map<String, Operation> byWord) {
        this.ordered = List.copyOf(ordered);
        this.byWord = Map.copyOf(byWord);
    }

    /**
     * Finds them.
     *
     * @throws ImageException DESCRIPTION when two operations claim one name, or one is declared but cannot be loaded
     */
    public static Operations load(ClassLoader loader) {
        try {
            List<Operation> found = new ArrayList<>();
            ServiceLoader.load(Operation.class, loader).forEach(found::add);
            return of(found);
        } catch (java.util.ServiceConfigurationError failure) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot load a sysprep operation from the class path",
                    String.valueOf(failure.getMessage()),
                    "Correct META-INF/services/" + Operation.class.getName() + " of the jar that names it.",
                    failure);
        }
    }

    /** These operations. */
    public static Operations of(List<Operation> operations) {
        List<Operation> ordered = new ArrayList<>(operations);
        ordered.sort(Comparator.comparing(Operation::phase).thenComparing(Operation::name));
        Map<String, Operation> byWord = new LinkedHashMap<>();
        for (Operation operation : ordered) {
            Set<String> words = new HashSet<>(operation.aliases());
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

    /** In running order. */
    public List<Operation> all() {
        return ordered;
    }

    /**
     * Those that run: the defaults, without the disabled ones, with the enabled ones. An operation that is named in both lists runs, as
     * snf-image-creator has it.
     *
     * @param enable names or aliases
     * @param disable names or aliases
     * @throws ImageException DESCRIPTION for an unknown name, with a suggestion
     */
    public Set<Operation> select(List<String> enable, List<String> disable) {
        Set<Operation> selected = new HashSet<>();
        ordered.stream().filter(Operation::enabledByDefault).forEach(selected::add);
        disable.forEach(word -> selected.remove(named(word, "disable")));
        enable.forEach(word -> selected.add(named(word, "enable")));
        return selected;
    }

    private Operation named(String word, String list) {
        Operation operation = byWord.get(word);
        if (operation == null) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Unknown sysprep operation '" + word + "' (sysprep." + list + ")",
                    "there is none of that name",
                    Suggestion.nearest(word, byWord.keySet())
                            .map(nearest -> "Did you mean '" + nearest + "'?")
                            .orElse("image:inspect lists them."));
        }
        return operation;
    }
}
