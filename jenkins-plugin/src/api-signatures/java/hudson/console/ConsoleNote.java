package hudson.console;

import java.io.IOException;
import java.io.Serializable;

import hudson.ExtensionPoint;
import hudson.MarkupText;
import hudson.model.Describable;

public abstract class ConsoleNote<T> implements Serializable, Describable<ConsoleNote<?>>, ExtensionPoint {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("rawtypes")
    public abstract ConsoleAnnotator annotate(T context, MarkupText text, int charPos);

    public String encode() throws IOException {
        throw new UnsupportedOperationException();
    }
}
