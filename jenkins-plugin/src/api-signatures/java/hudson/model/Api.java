package hudson.model;

public class Api extends AbstractModelObject {
    public Api(Object bean) {}

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }
}
