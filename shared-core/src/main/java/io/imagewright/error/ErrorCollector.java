package io.imagewright.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collects the mistakes that checks find which do not depend on each other, so that a user learns of all of them at once. Not thread-safe.
 */
public final class ErrorCollector {

    /** Mistakes that are listed; a file that is no description at all may have thousands. */
    private static final int MOST = 20;

    private final List<ImageException> found = new ArrayList<>();

    /** Runs a check. A failure that is no mistake in the description is thrown. */
    public void check(Runnable check) {
        get(() -> {
            check.run();
            return true;
        });
    }

    /** Runs a check that gives something, unless it finds a mistake. */
    public <T> Optional<T> get(Supplier<T> check) {
        try {
            return Optional.of(check.get());
        } catch (ImageException mistake) {
            if (mistake.kind() != ImageException.Kind.DESCRIPTION) {
                throw mistake;
            }
            mistake.each().forEach(this::add);
            return Optional.empty();
        }
    }

    /** The same for a check of one thing among several: its mistakes begin with the thing's name. */
    public <T> Optional<T> get(String name, Supplier<T> check) {
        ErrorCollector own = new ErrorCollector();
        Optional<T> result = own.get(check);
        own.found.forEach(mistake -> add(mistake.within(name + ": ")));
        return result;
    }

    /** What several checks find alike, as it is wrong for all, is reported once. */
    private void add(ImageException mistake) {
        if (found.stream().noneMatch(other -> other.message().equals(mistake.message()))) {
            found.add(mistake);
        }
    }

    /**
     * Ends the checks.
     *
     * @throws ImageException DESCRIPTION with every mistake, when there are any
     */
    public void throwAny() {
        if (found.size() == 1) {
            throw found.get(0);
        }
        if (!found.isEmpty()) {
            throw ImageException.several(found, MOST);
        }
    }
}
