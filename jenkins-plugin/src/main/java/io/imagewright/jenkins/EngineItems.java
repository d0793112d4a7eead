package io.imagewright.jenkins;

import java.util.List;

import hudson.util.ListBoxModel;
import org.jspecify.annotations.Nullable;

/** Words for what works on guests. */
public final class EngineItems {

    private static final List<String> WORDS = List.of("auto", "direct", "libguestfs");

    private EngineItems() {}

    /** For the form of a step, which may leave it to the configuration of Jenkins. */
    public static ListBoxModel items() {
        return items("engine.default");
    }

    /** For the configuration of Jenkins itself. */
    static ListBoxModel systemItems() {
        return items("engine.unset");
    }

    private static ListBoxModel items(String unset) {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.of(unset), "");
        WORDS.forEach(engine -> items.add(engine, engine));
        return items;
    }

    /** The one of a step, else the one that is configured for all. */
    static String chosen(@Nullable String engine) {
        return engine == null ? ImagewrightConfiguration.get().getEngine() : engine;
    }
}
