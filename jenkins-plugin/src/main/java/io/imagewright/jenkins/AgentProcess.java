package io.imagewright.jenkins;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The seam between a command and the agent that it runs on. */
interface AgentProcess {

    /**
     * Runs a program to its end.
     *
     * @return exit code
     * @throws InterruptedException when the build is aborted: the program is gone by then, with all that it started
     */
    int run(List<String> argv, OutputStream output, OutputStream errors) throws IOException, InterruptedException;
}
