package io.imagewright.exec;

import java.util.List;
import java.util.Map;

/**
 * A program to run. No shell is involved.
 *
 * @param argv program and arguments; the program is looked up in {@code PATH} and then in the {@code sbin} directories
 * @param environment set on top of this process's environment
 */
public record Command(List<String> argv, Map<String, String> environment, Limits limits) {

    /** Copies the collections. */
    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /** The program's name as users know it. */
    public String program() {
        return argv.get(0);
    }
}
