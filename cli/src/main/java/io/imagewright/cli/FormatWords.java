package io.imagewright.cli;

import java.util.Iterator;

import io.imagewright.ImageBuild;

/** The words of all output formats, for help and completion. */
final class FormatWords implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return ImageBuild.formats().iterator();
    }
}
