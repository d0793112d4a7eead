package io.imagewright.guest.direct;

import java.io.IOException;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;

/** What can happen to the file that a file system is worked on in. */
final class WorkingCopy {

    private WorkingCopy() {}

    static ImageException unwritable(String subject, IOException failure) {
        return ImageException.of(
                ImageException.Kind.ENVIRONMENT,
                "Cannot write the working copy of " + subject,
                FileFailure.reason(failure),
                "Check the file system that holds the work directory.",
                failure);
    }
}
