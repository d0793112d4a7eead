package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExitStatus;
import io.imagewright.exec.Limits;
import io.imagewright.exec.OutputLines;
import io.imagewright.guest.GuestPrograms;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.progress.Steps;
import io.imagewright.sysprep.GuestTask;

/** Has programs do what operations asked for. */
final class GuestTasks {

    /** A script may wait for a person's own server, but not for ever. */
    private static final Duration LIMIT = Duration.ofHours(2);

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
        steps.perform("program", step -> {
            String program = String.valueOf(Path.of(task.command().get(0)).getFileName());
            step.detail(program);
            step.doing("to " + task.purpose());
            try {
                programs.run(task.command(), new OutputLines(line -> step.output(program, line)));
            } catch (ImageException failure) {
                if (failure.kind() != ImageException.Kind.SOURCE) {
                    throw failure;
                }
                step.detail(program + " failed");
                steps.warn(Message.of("The guest could not ", task.purpose(), ". ", failure.message()));
            }
        });
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
        String name = String.valueOf(script.getFileName());
        OutputLines output = new OutputLines(line -> step.output(name, line));
        int exitCode = exec.stream(new Command(argv, environment(), Limits.ofTime(LIMIT)), output);
        if (exitCode != 0) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Script: `" + script + "' failed",
                    ExitStatus.describe(exitCode)
                            + (output.last().isEmpty()
                                    ? ""
                                    : "; its last output: " + String.join(" / ", output.last())),
                    "Fix the script; it must be executable, begin with #!, and end with 0.");
        }
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
