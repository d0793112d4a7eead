package io.imagewright.progress;

import java.time.Duration;

import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.Failure;
import io.imagewright.progress.ProgressEvent.Info;
import io.imagewright.progress.ProgressEvent.StepEnded;
import io.imagewright.progress.ProgressEvent.StepSkipped;
import io.imagewright.progress.ProgressEvent.StepStarted;
import io.imagewright.progress.ProgressEvent.Warning;

/** A build with every kind of event, for the golden texts. */
final class Example {

    private static final long GIB = 1L << 30;

    private Example() {}

    static void play(ProgressListener listener, FakeTime time) {
        listener.on(new StepStarted("inspect"));
        time.pass(0.4);
        listener.on(new Info("Debian GNU/Linux 12 found"));
        listener.on(new StepEnded("inspect", Duration.ofMillis(400), 0, ""));
        listener.on(new StepSkipped("cleanup-mail", "not enabled"));
        listener.on(new StepStarted("write"));
        for (int i = 0; i <= 8; i++) {
            listener.on(new CopyProgress("write", i * GIB / 8, GIB));
            time.pass(1);
        }
        listener.on(new Warning("No swap partition defined"));
        listener.on(new StepEnded("write", Duration.ofSeconds(9), GIB, "qcow2"));
        listener.on(new StepStarted("publish"));
        listener.on(new Failure("Cannot write web.qcow2: no space left. Free some space."));
    }
}
