package io.imagewright;

import io.imagewright.api.DoctorReport;
import io.imagewright.doctor.Doctor;
import io.imagewright.exec.ProcessExec;
import io.imagewright.progress.LoggingExec;
import io.imagewright.progress.ProgressListener;

/** Finds out what this machine has of what builds need. */
public final class ImageDoctor {

    private ImageDoctor() {}

    /**
     * Looks at programs and libraries. Takes a second or two.
     *
     * @param listener gets the programs that are run
     */
    public static DoctorReport examine(ProgressListener listener) {
        return new DoctorReport(new Doctor(new LoggingExec(new ProcessExec(), listener)).examine());
    }
}
