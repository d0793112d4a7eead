package io.imagewright.jenkins;

import hudson.util.ListBoxModel;
import org.jspecify.annotations.Nullable;

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

    /** The one of a step, else the one that is configured for all. */
    static String chosen(@Nullable String engine) {
        return engine == null ? ImagewrightConfiguration.get().getEngine() : engine;
    }
}
