package io.imagewright.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.compress.Compression;
import io.imagewright.disk.SourceImage;
import org.jspecify.annotations.Nullable;

/**
 * A disk in one compressed file.
 *
 * @param format of the disk; null to have it found
 */
record CompressedMedium(
        Path path, Compression compression, @Nullable String format) implements SourceMedium {

    @Override
    public boolean isPacked() {
        return true;
    }

    @Override
    public int disks() {
        return 1;
    }

    @Override
    public List<SourceImage> open(Opening opening) {
        String name = String.valueOf(path.getFileName());
        String end = "." + compression.extension();
        String inner = name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
        Unpacked target = new Unpacked(path, name, opening);
        Path disk = target.file(inner.isEmpty() ? "disk" : inner);
        opening.steps().perform("unpack", step -> {
            step.detail(name);
            target.write(disk, compression::unpack, () -> Files.newInputStream(path), step.copying(size()));
        });
        return List.of(target.open(disk, format, found -> found + end));
    }

    private long size() {
        try {
            return Files.size(path);
        } catch (IOException unknown) {
            return 0;
        }
    }
}
