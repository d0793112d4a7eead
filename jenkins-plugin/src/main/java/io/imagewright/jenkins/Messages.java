package io.imagewright.jenkins;

import java.util.ResourceBundle;

/** Texts of pages and forms. */
final class Messages {

    private Messages() {}

    static String of(String key) {
        return ResourceBundle.getBundle("io.imagewright.jenkins.Messages").getString(key);
    }
}
