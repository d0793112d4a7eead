package io.imagewright.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class NativeCodeTest {

    /** In a JVM of its own, as JNA begins once only. */
    @Test
    public void anInterruptIsNotForgotten_whenJnaBegins() {
        ExecResult result = new ProcessExec()
                .run(new Command(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Interrupted.class.getName()),
                        Map.of(),
                        Limits.ofTime(Duration.ofMinutes(1))));
        assertEquals(result.stderr(), "true\n", result.stdout());
    }

    /** What the JVM of its own does. */
    public static final class Interrupted {

        private Interrupted() {}

        /** Takes no arguments. */
        public static void main(String[] arguments) {
            Thread.currentThread().interrupt();
            NativeCode.load("c");
            System.out.println(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    public void aMissingLibraryIsAnError() {
        assertThrows(UnsatisfiedLinkError.class, () -> NativeCode.load("libnone-such.so.0"));
    }
}
