package hudson.console;

import java.io.Serializable;

public abstract class ConsoleAnnotator<T> implements Serializable {
    private static final long serialVersionUID = 1L;
}
