package io.imagewright.source;

import java.nio.file.Path;
import java.util.List;

import io.imagewright.disk.SourceImage;
import org.jspecify.annotations.Nullable;

/** A disk as it is. */
record DiskMedium(Path path, @Nullable String format) implements SourceMedium {

    @Override
    public boolean isPacked() {
        return false;
    }

    @Override
    public int disks() {
        return 1;
    }

    @Override
    public List<SourceImage> open(Opening opening) {
        Path base = path.toAbsolutePath();
        return List.of(SourceImage.open(
                path, format, base, opening.exec(), opening.evenInUse() ? opening.steps()::warn : null));
    }
}
