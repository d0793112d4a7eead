package io.imagewright.jenkins;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.Proc;

/** Starts programs as Jenkins does: through containers, wrappers and whatever else a build is decorated with. */
final class LaunchedProcess implements AgentProcess {

    private final Launcher launcher;
    private final BuildContext context;
    private final int limitMinutes;

    /** @param limitMinutes how long a program may run; 0 for as long as it takes */
    LaunchedProcess(BuildContext context, int limitMinutes) {
        this.launcher = context.launcher();
        this.context = context;
        this.limitMinutes = limitMinutes;
    }

    @Override
    public int run(List<String> argv, OutputStream output, OutputStream errors)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Proc process = start(argv, output, errors);
        try {
            int exitCode = limitMinutes > 0
                    ? process.joinWithTimeout(limitMinutes, TimeUnit.MINUTES, launcher.getListener())
                    : process.join();
            boolean tooLong = limitMinutes > 0 && System.nanoTime() - begun >= TimeUnit.MINUTES.toNanos(limitMinutes);
            if (exitCode != 0 && tooLong) {
                stop(process);
                throw new AbortException("Imagewright took longer than the " + limitMinutes
                        + " minutes that are set under Manage Jenkins, System, Imagewright.");
            }
            if (exitCode < 0) {
                // some launchers report an abort as an exit code, and leave the program running
                stopRest();
            }
            return exitCode;
        } catch (InterruptedException aborted) {
            stop(process);
            throw aborted;
        }
    }

    private Proc start(List<String> argv, OutputStream output, OutputStream errors)
            throws IOException, InterruptedException {
        EnvVars with = new EnvVars(context.environment());
        with.put(ProcessCookie.VARIABLE, context.cookie());
        try {
            return launcher.launch()
                    // a dollar sign of a path is one
                    .cmds(argv.stream().map(word -> word.replace("$", "$$")).toList())
                    .envs(with)
                    .pwd(context.workspace())
                    .quiet(true)
                    .stdout(output)
                    .stderr(errors)
                    .start();
        } catch (InterruptedIOException aborted) {
            throw (InterruptedException) new InterruptedException().initCause(aborted);
        } catch (IOException failure) {
            if (AgentConnection.isLost(failure)) {
                throw failure;
            }
            throw new AbortException(
                    "Cannot start " + argv.get(0) + " on the agent: " + failure.getMessage() + ". Check the agent.");
        }
    }

    /** All of it, also what lost its parent. Whatever goes wrong here, the build is aborted. */
    private void stop(Proc process) throws InterruptedException {
        try {
            process.kill();
        } catch (IOException unreachable) {
            report(unreachable);
        } finally {
            stopRest();
        }
    }

    private void stopRest() throws InterruptedException {
        try {
            ProcessCookie.kill(launcher, context.cookie());
        } catch (IOException | RuntimeException unreachable) {
            report(unreachable);
        }
    }

    private void report(Exception unreachable) {
        if (AgentConnection.isLost(unreachable)) {
            return;
        }
        launcher.getListener()
                .getLogger()
                .println("Imagewright: cannot stop its processes: " + unreachable.getMessage());
    }
}
