package io.imagewright.jenkins;

import hudson.util.ListBoxModel;

/** Words for what works on guests. */
public final class Engines {

    private Engines() {}

    /** For a form. */
    public static ListBoxModel items() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.of("engine.default"), "");
        for (String engine : new String[] {"auto", "direct", "libguestfs"}) {
            items.add(engine, engine);
        }
        return items;
    }
}
