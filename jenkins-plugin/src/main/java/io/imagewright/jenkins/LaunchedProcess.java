package io.imagewright.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;

/** Starts programs as Jenkins does: through containers, wrappers and whatever else a build is decorated with. */
final class LaunchedProcess implements AgentProcess {

    /** Tells our processes from others of the same build. */
    private static final String COOKIE = "IMAGEWRIGHT_COOKIE";

    private final Launcher launcher;
    private final FilePath workspace;
    private final EnvVars environment;
    private final int limitMinutes;

    /** @param limitMinutes how long a program may run; 0 for as long as it takes */
    LaunchedProcess(Launcher launcher, FilePath workspace, EnvVars environment, int limitMinutes) {
        this.launcher = launcher;
        this.workspace = workspace;
        this.environment = environment;
        this.limitMinutes = limitMinutes;
    }

    @Override
    public int run(List<String> argv, InputStream input, OutputStream output) throws IOException, InterruptedException {
        String cookie = UUID.randomUUID().toString();
        EnvVars with = new EnvVars(environment);
        with.put(COOKIE, cookie);
        Proc process = launcher.launch()
                // a dollar sign of a path is one
                .cmds(argv.stream().map(word -> word.replace("$", "$$")).toList())
                .envs(with)
                .pwd(workspace)
                .quiet(true)
                .stdin(input)
                .stdout(output)
                .stderr(output)
                .start();
        try {
            return limitMinutes > 0
                    ? process.joinWithTimeout(limitMinutes, TimeUnit.MINUTES, launcher.getListener())
                    : process.join();
        } catch (InterruptedException aborted) {
            stop(process, cookie);
            throw aborted;
        }
    }

    /** All of it, also what lost its parent. Whatever goes wrong here, the build is aborted. */
    private void stop(Proc process, String cookie) throws InterruptedException {
        try {
            process.kill();
        } catch (IOException unreachable) {
            launcher.getListener()
                    .getLogger()
                    .println("Imagewright: cannot stop its process: " + unreachable.getMessage());
        }
        try {
            launcher.kill(Map.of(COOKIE, cookie));
        } catch (IOException unreachable) {
            launcher.getListener()
                    .getLogger()
                    .println("Imagewright: cannot stop its processes: " + unreachable.getMessage());
        }
    }
}
