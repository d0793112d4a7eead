package io.imagewright.jenkins;

import java.io.IOException;

import hudson.Extension;
import hudson.MarkupText;
import hudson.console.ConsoleAnnotationDescriptor;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleNote;

/** Gives a line of the log the colour of warnings, as its {@code style.css} defines. */
public final class WarningNote extends ConsoleNote<Object> {

    private static final long serialVersionUID = 1L;

    /** A line with its colour; the line alone where it cannot be had. */
    static String mark(String line) {
        try {
            return new WarningNote().encode() + line;
        } catch (IOException plain) {
            return line;
        }
    }

    @Override
    @SuppressWarnings({"rawtypes", "NullAway"}) // null: nothing more to annotate, says Jenkins
    public ConsoleAnnotator annotate(Object context, MarkupText text, int charPos) {
        text.addMarkup(0, text.length(), "<span class=\"imagewright-warning\">", "</span>");
        return null;
    }

    /** Lets Jenkins find it. */
    @Extension
    public static final class DescriptorImpl extends ConsoleAnnotationDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.of("WarningNote.displayName");
        }
    }
}
