package io.imagewright.error;

import java.nio.file.Path;

import io.imagewright.finished.StoredImage;
import io.imagewright.guest.inspect.Recognition;
import io.imagewright.staging.WorkParent;

import static org.junit.Assert.assertThrows;

/** What the core says, to be shown by each front end in its own words. */
public final class SampleMessages {

    /** About an option of the run. */
    public static final Message NO_WORK_DIRECTORY =
            failure(() -> WorkParent.choose(Path.of("/nowhere"), Path.of("/tmp")));

    /** With a command to run. */
    public static final Message NOT_BUILT = failure(() -> StoredImage.open(Path.of("/nowhere"), "web", "1"));

    /** With a value for a key of the description that has a word of its own in front ends. */
    public static final Message UNSUPPORTED = new Recognition.Unsupported("Unknown Operating System", "partition 1")
            .refusal()
            .message();

    private SampleMessages() {}

    private static Message failure(org.junit.function.ThrowingRunnable work) {
        return assertThrows(ImageException.class, work).message();
    }
}
