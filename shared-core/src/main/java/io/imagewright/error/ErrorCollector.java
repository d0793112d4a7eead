package io.imagewright.error;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
            each(mistake).forEach(found::add);
            return Optional.empty();
        }
    }

    /** The same for a check of one thing among several: its mistakes begin with the thing's name, unless they have it anywhere. */
    public <T> Optional<T> get(String name, Supplier<T> check) {
        ErrorCollector own = new ErrorCollector();
        Optional<T> result = own.get(check);
        own.found.forEach(mistake -> found.add(mistake.about(List.of(name))));
        return result;
    }

    /** Those that an exception of {@link #throwAny} is made of; another one is alone. */
    private static Stream<ImageException> each(ImageException mistake) {
        List<ImageException> parts = Arrays.stream(mistake.getSuppressed())
                .filter(ImageException.class::isInstance)
                .map(ImageException.class::cast)
                .toList();
        return parts.isEmpty() ? Stream.of(mistake) : parts.stream();
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
            Message list = Message.of(found.size(), " mistakes:");
            for (ImageException mistake : found.subList(0, Math.min(MOST, found.size()))) {
                list = list.plus("\n  ", mistake.message());
            }
            if (found.size() > MOST) {
                list = list.plus("\n  and ", found.size() - MOST, " more");
            }
            ImageException all = ImageException.relayed(ImageException.Kind.DESCRIPTION, list, Message.EMPTY);
            found.forEach(all::addSuppressed);
            throw all;
        }
    }
}
