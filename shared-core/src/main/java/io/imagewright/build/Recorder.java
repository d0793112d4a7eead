package io.imagewright.build;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;

/** Notes how long each step took while passing everything on. */
public final class Recorder implements ProgressListener {

    private final ProgressListener next;
    private final List<ImageBuildResult.StepReport> steps = new ArrayList<>();

    public Recorder(ProgressListener next) {
        this.next = next;
    }

    @Override
    public void on(ProgressEvent event) {
        if (event instanceof ProgressEvent.StepEnded end) {
            steps.add(new ImageBuildResult.StepReport(end.step(), end.duration().toNanos() / 1e9, end.bytes()));
        }
        next.on(event);
    }

    /** The steps that are over. */
    List<ImageBuildResult.StepReport> steps() {
        return List.copyOf(steps);
    }
}
