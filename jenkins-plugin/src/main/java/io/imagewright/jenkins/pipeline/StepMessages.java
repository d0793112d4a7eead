package io.imagewright.jenkins.pipeline;

import java.util.ResourceBundle;

/** Texts of the pages in the language of who looks. */
final class StepMessages {

    private StepMessages() {}

    static String of(String key) {
        return ResourceBundle.getBundle("io.imagewright.jenkins.pipeline.StepMessages")
                .getString(key);
    }
}
