package io.imagewright.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.ExitStatus;
import io.imagewright.exec.Limits;
import io.imagewright.guest.Facts;
import io.imagewright.guest.GuestPrograms;
import io.imagewright.progress.Steps;
import io.imagewright.sysprep.GuestTask;

/** Has programs do what operations asked for. */
final class GuestTasks {

    /** A script may wait for a person's own server, but not for ever. */
    private static final Duration LIMIT = Duration.ofHours(2);

    /** Lines of a script's output that the user is told. */
    private static final int MOST_LINES = 200;

    private final GuestPrograms programs;
    private final Facts facts;
    private final Exec exec;
    private final Path directory;

    /** @param directory for the mount point, in which nothing has that name */
    GuestTasks(GuestPrograms programs, Facts facts, Exec exec, Path directory) {
        this.programs = programs;
        this.facts = facts;
        this.exec = exec;
        this.directory = directory;
    }

    /** Does them in this order, each once. */
    void run(List<GuestTask> tasks, Steps steps) {
        for (GuestTask task : tasks.stream().distinct().toList()) {
            if (task instanceof GuestTask.InGuest inGuest) {
                run(inGuest, steps);
            } else if (task instanceof GuestTask.OnMount onMount) {
                run(onMount, steps);
            }
        }
    }

    private void run(GuestTask.InGuest task, Steps steps) {
        try {
            programs.run(task.command());
        } catch (ImageException failure) {
            if (failure.kind() != ImageException.Kind.SOURCE) {
                throw failure;
            }
            steps.warn("The guest could not " + task.purpose() + ". " + failure.getMessage());
        }
    }

    private void run(GuestTask.OnMount task, Steps steps) {
        Path mount = directory.resolve("mount");
        try {
            Files.createDirectories(mount);
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot make the directory " + mount,
                    FileFailure.reason(failure),
                    "Check the file system that holds the work directory.",
                    failure);
        }
        steps.perform("script", step -> {
            step.detail(String.valueOf(task.script().getFileName()));
            programs.whileMounted(mount, () -> script(task.script(), mount, step));
        });
    }

    private void script(Path script, Path mount, Steps.Running step) {
        List<String> argv =
                List.of("sh", "-c", "cd \"$1\" && exec \"$2\"", "script", mount.toString(), script.toString());
        ExecResult result = exec.run(new Command(argv, environment(), Limits.ofTime(LIMIT)));
        List<String> said = new ArrayList<>(result.stdout().lines().toList());
        said.addAll(result.stderr().lines().toList());
        if (result.exitCode() != 0) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Script: `" + script + "' failed",
                    ExitStatus.describe(result.exitCode()) + (said.isEmpty() ? "" : "; its last words: " + last(said)),
                    "Mend the script; it must be executable, begin with #!, and end with 0.");
        }
        said.stream().limit(MOST_LINES).forEach(step::info);
    }

    private static String last(List<String> said) {
        return String.join(" / ", said.subList(Math.max(0, said.size() - 3), said.size()));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        facts.properties().forEach((key, value) -> {
            environment.put("IMAGEWRIGHT_PROPERTY_" + key, value);
            environment.put("SNF_IMAGE_CREATOR_METADATA_" + key, value);
        });
        return environment;
    }
}
