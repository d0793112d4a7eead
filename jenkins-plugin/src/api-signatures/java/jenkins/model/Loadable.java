package jenkins.model;

public interface Loadable {
    void load();
}
