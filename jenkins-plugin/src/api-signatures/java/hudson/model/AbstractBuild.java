package hudson.model;

import java.util.Map;

public abstract class AbstractBuild<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>> extends Run<P, R> {
    public Map<String, String> getBuildVariables() {
        throw new UnsupportedOperationException();
    }
}
