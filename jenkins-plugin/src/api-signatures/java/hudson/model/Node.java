package hudson.model;

import hudson.FilePath;

public abstract class Node extends AbstractModelObject {
    public abstract FilePath getRootPath();
}
