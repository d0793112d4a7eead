package io.imagewright.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.imagewright.progress.Terminal;

/**
 * What the command line was started with.
 *
 * @param out takes answers and nothing else
 * @param err takes progress and failures for people
 * @param watched whether progress can be drawn, as somebody watches
 * @param vocabulary what messages call settings
 */
record CommandEnvironment(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean watched,
        Vocabulary vocabulary) {

    /** Without a front end. */
    CommandEnvironment(
            InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, boolean watched) {
        this(in, out, err, environment, watched, OptionNames.INSTANCE);
    }

    /** UTF-8 whatever the locale says: JSON is so, and names of a guest are shown as they are. */
    static CommandEnvironment ofProcess() {
        return new CommandEnvironment(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                Terminal.isInteractive(System.getenv()) && isTerminal("/proc/self/fd/2"));
    }

    /** Progress is drawn on standard error, which may go elsewhere than the rest. */
    private static boolean isTerminal(String descriptor) {
        try {
            return Files.readSymbolicLink(Path.of(descriptor)).toString().matches("/dev/(pts/|tty).*");
        } catch (IOException unknown) {
            return false;
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
