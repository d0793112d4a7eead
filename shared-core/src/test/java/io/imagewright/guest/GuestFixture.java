package io.imagewright.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.exec.Command;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.direct.ExtTools;

/** A directory that becomes a real ext4 file system, opened by the direct engine. */
public final class GuestFixture {

    private static final ProcessExec EXEC = new ProcessExec();
    private static final ExtTools ENGINE = new ExtTools(EXEC, 1_600_000_000L);

    private final Path content;
    private final Path image;

    /** @param directory an empty one */
    public GuestFixture(Path directory) throws IOException {
        this.content = Files.createDirectory(directory.resolve("content"));
        this.image = directory.resolve("fs");
    }

    /** Adds a file. */
    public GuestFixture file(String path, String text) throws IOException {
        return file(path, Bytes.of(text).toArray());
    }

    /** Adds a file. */
    public GuestFixture file(String path, byte[] bytes) throws IOException {
        Files.write(made(path), bytes);
        return this;
    }

    /** Adds an empty directory. */
    public GuestFixture directory(String path) throws IOException {
        Files.createDirectories(content.resolve(path.substring(1)));
        return this;
    }

    /** Adds a symbolic link. */
    public GuestFixture link(String path, String target) throws IOException {
        Files.createSymbolicLink(made(path), Path.of(target));
        return this;
    }

    /** Makes the file system, and opens it alone. */
    public Guest open() {
        return open(Map.of());
    }

    /** Makes the file system, and opens it with others, made already, below it. */
    public Guest open(Map<String, GuestFixture> others) {
        make();
        Map<GuestPath, VolumeFile> mounts = new LinkedHashMap<>();
        mounts.put(GuestPath.ROOT, volume());
        others.forEach((point, other) -> mounts.put(GuestPath.of(point), other.volume()));
        return ENGINE.open(mounts, false);
    }

    /** Makes the file system, and opens it to be changed. */
    public Guest openWritable() {
        make();
        return ENGINE.open(Map.of(GuestPath.ROOT, volume()), true);
    }

    private VolumeFile volume() {
        return new VolumeFile(image, 0, "partition 1 (ext4)");
    }

    /** Makes the file system. */
    public GuestFixture make() {
        if (!Files.exists(image)) {
            ExecResult result = EXEC.run(new Command(
                    List.of("mke2fs", "-q", "-F", "-t", "ext4", "-d", content.toString(), image.toString(), "32M"),
                    Map.of(),
                    Limits.ofTime(Duration.ofMinutes(1))));
            if (result.exitCode() != 0) {
                throw new AssertionError("mke2fs (package e2fsprogs): " + result.stderr());
            }
        }
        return this;
    }

    private Path made(String path) throws IOException {
        Path file = content.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        return file;
    }
}
