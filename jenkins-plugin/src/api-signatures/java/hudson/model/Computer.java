package hudson.model;

public abstract class Computer extends Actionable {
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public Node getNode() {
        throw new UnsupportedOperationException();
    }
}
