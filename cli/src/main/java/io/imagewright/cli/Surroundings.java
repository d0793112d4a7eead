package io.imagewright.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.imagewright.progress.Terminal;

/**
 * What the command line was started with.
 *
 * @param out takes answers and nothing else
 * @param err takes progress and failures for people
 * @param watched whether progress can be drawn, as somebody watches
 */
record Surroundings(
        InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, boolean watched) {

    /** UTF-8 whatever the locale says: JSON is so, and names of a guest are shown as they are. */
    static Surroundings ofProcess() {
        return new Surroundings(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                Terminal.isInteractive(System.getenv()));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
