package io.imagewright.jenkins;

import java.util.ResourceBundle;

/** Texts of the pages in the language of who looks. */
final class Messages {

    private Messages() {}

    static String of(String key) {
        return ResourceBundle.getBundle("io.imagewright.jenkins.Messages").getString(key);
    }
}
