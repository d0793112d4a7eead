package io.imagewright.publish;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;

import io.imagewright.spec.ImageDescription.PublishTarget;
import io.imagewright.target.Publisher;
import io.imagewright.target.directory.DirectoryPublisher;

/** The stores by the word for their type. A new one is a line here; its keys are a line of the description's table of targets. */
public final class Stores {

    /** Makes one of the settings of a target, which are those of its type, and the directory that relative paths start at. */
    private static final Map<String, BiFunction<Map<String, String>, Path, Publisher>> STORES =
            Map.of("directory", DirectoryPublisher::of);

    private Stores() {}

    public static Publisher open(PublishTarget target, Path baseDirectory) {
        BiFunction<Map<String, String>, Path, Publisher> store = STORES.get(target.type());
        if (store == null) {
            throw new IllegalArgumentException("no store of type " + target.type());
        }
        return store.apply(target.settings(), baseDirectory);
    }
}
