package io.imagewright.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The seam between a command and the agent that it runs on. */
interface AgentProcess {

    /**
     * Runs a program to its end.
     *
     * @param output takes standard output and standard error
     * @return exit code
     * @throws InterruptedException when the build is aborted: the program is gone by then, with all that it started
     */
    int run(List<String> argv, InputStream input, OutputStream output) throws IOException, InterruptedException;
}
