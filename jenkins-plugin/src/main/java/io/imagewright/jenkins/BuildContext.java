package io.imagewright.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;

/** Where a step runs: what Jenkins hands to every one. */
public record BuildContext(
        Run<?, ?> run, FilePath workspace, EnvVars environment, Launcher launcher, TaskListener listener) {}
