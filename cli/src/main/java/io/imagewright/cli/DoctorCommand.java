package io.imagewright.cli;

import java.util.concurrent.Callable;

import io.imagewright.ImageDoctor;
import io.imagewright.api.DoctorReport;
import io.imagewright.progress.ProgressListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imagewright doctor}. */
@Command(
        name = "doctor",
        description =
                "Prints what this machine has of what builds need, and what to install; fails when no engine works.")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private AnswerOptions answer;

    DoctorCommand(CommandEnvironment surroundings) {
        this.answer = new AnswerOptions(surroundings);
    }

    @Override
    public Integer call() {
        DoctorReport report = ImageDoctor.examine(ProgressListener.NONE);
        answer.print(report.lines(), report.document());
        answer.end();
        report.requireEngine();
        return ExitCode.DONE;
    }
}
