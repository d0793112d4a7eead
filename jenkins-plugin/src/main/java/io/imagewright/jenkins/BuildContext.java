package io.imagewright.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;

/**
 * Where a step runs: what Jenkins hands to every one.
 *
 * @param cookie identifies its processes among all others
 */
public record BuildContext(
        Run<?, ?> run,
        FilePath workspace,
        EnvVars environment,
        Launcher launcher,
        TaskListener listener,
        String cookie) {

    /** A step with a cookie of its own. */
    public BuildContext(
            Run<?, ?> run, FilePath workspace, EnvVars environment, Launcher launcher, TaskListener listener) {
        this(run, workspace, environment, launcher, listener, ProcessCookie.fresh());
    }
}
