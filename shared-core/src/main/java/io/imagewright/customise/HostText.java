package io.imagewright.customise;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Bytes;
import io.imagewright.spec.ActionSchema;

/** A text of the description, or with {@code file:} the content of a file of this machine. */
final class HostText {

    /** Bytes; keys, hashes and scripts are far smaller. */
    private static final int LIMIT = 1 << 20;

    private final String text;
    private final Optional<HostFile> file;

    private HostText(String text, Optional<HostFile> file) {
        this.text = text;
        this.file = file;
    }

    /** @param base a relative path starts here */
    static HostText of(String value, Path base) {
        return value.startsWith(ActionSchema.FILE)
                ? new HostText("", Optional.of(HostFile.of(value.substring(ActionSchema.FILE.length()), base)))
                : new HostText(value, Optional.empty());
    }

    /** The file, if it is one. */
    List<HostFile> files() {
        return file.stream().toList();
    }

    Bytes read() {
        return file.map(host -> Bytes.of(host.read(LIMIT))).orElseGet(() -> Bytes.of(text));
    }
}
