package io.imagewright.jenkins;

import hudson.AbortException;

/** How long a command may take, in minutes; 0 for no limit. */
final class TimeLimit {

    private TimeLimit() {}

    /** What a form sends. */
    static boolean isValid(String minutes) {
        // ten digits might not be an int
        return FormTexts.trimmed(minutes).matches("[0-9]{0,9}");
    }

    /** @throws AbortException when it is below 0, which configuration as code can set, too */
    static int of(int minutes) throws AbortException {
        if (minutes < 0) {
            throw new AbortException("Imagewright: the time limit under Manage Jenkins, System, Imagewright is "
                    + minutes + " minutes. Set a number of minutes, or 0 for no limit.");
        }
        return minutes;
    }
}
