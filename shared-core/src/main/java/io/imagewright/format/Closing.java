package io.imagewright.format;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Closes several things, each of them even when another one fails. */
final class Closing {

    private Closing() {}

    /** The first failure is thrown, the others hang on to it. */
    static void all(List<Runnable> closings) {
        @Nullable RuntimeException failure = null;
        for (Runnable closing : closings) {
            try {
                closing.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
