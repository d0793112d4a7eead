package io.imagewright.jenkins.pipeline;

import java.util.ResourceBundle;

/** Texts of pages and forms. */
final class StepMessages {

    private StepMessages() {}

    static String of(String key) {
        return ResourceBundle.getBundle("io.imagewright.jenkins.pipeline.StepMessages")
                .getString(key);
    }
}
