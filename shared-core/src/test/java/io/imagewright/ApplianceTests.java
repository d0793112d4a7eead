package io.imagewright;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.junit.runner.RunWith;
import org.junit.runners.Suite;
import org.junit.runners.model.InitializationError;
import org.junit.runners.model.RunnerBuilder;

/**
 * The tests that start a virtual machine. For surefire they are one class, so that one process runs them one after the other while the
 * other processes run everything else; the POM leaves out by the same list what is in here.
 */
@RunWith(ApplianceTests.Listed.class)
public final class ApplianceTests {

    /** The classes of the list. */
    public static final class Listed extends Suite {

        private static final String LIST = "appliance-tests.txt";
        private static final String BEFORE = "**/";
        private static final String AFTER = ".java";

        public Listed(Class<?> suite, RunnerBuilder builder) throws InitializationError {
            super(builder, suite, classes());
        }

        private static Class<?>[] classes() throws InitializationError {
            try (BufferedReader list = new BufferedReader(new InputStreamReader(
                    Objects.requireNonNull(ApplianceTests.class.getResourceAsStream(LIST)), StandardCharsets.UTF_8))) {
                return list.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(Listed::named)
                        .toArray(Class<?>[]::new);
            } catch (IOException failure) {
                throw new InitializationError(failure);
            }
        }

        private static Class<?> named(String pattern) {
            String name = pattern.substring(BEFORE.length(), pattern.length() - AFTER.length());
            try {
                return Class.forName(name.replace('/', '.'));
            } catch (ClassNotFoundException missing) {
                throw new IllegalStateException(LIST + " names a class that does not exist: " + pattern, missing);
            }
        }
    }
}
