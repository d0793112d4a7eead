package io.imagewright.jenkins;

import java.util.List;

/**
 * What starts the command line on an agent: a shell that opens the input, removes it, and becomes Java. A process in a container has no standard input of
 * the controller's, so it comes from a file that only the build's user can read, and that is gone before any work begins.
 */
final class ShellLine {

    private ShellLine() {}

    /**
     * Arguments of the process.
     *
     * @param java directory of the Java that is wanted
     * @param orAnother whether the one of the path will do where that is not, as in a container
     * @param jar the command line
     * @param input file of its standard input
     */
    static List<String> of(String java, boolean orAnother, String jar, String input) {
        String program = quoted(java + "/bin/java");
        String rest = " -jar " + quoted(jar) + " from-stdin";
        String start = orAnother
                ? "test -x " + program + " && exec " + program + rest + "; exec java" + rest
                : "exec " + program + rest;
        return List.of("sh", "-c", "exec < " + quoted(input) + " && rm -f " + quoted(input) + "; " + start);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
