package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.imagewright.exec.Command;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.VolumeFile;

/** Makes ext file systems with the real programs. */
final class ExtFixture {

    static final ProcessExec EXEC = new ProcessExec();

    /** A time that is not now, so that a clock that was not pinned shows. */
    static final long NOW = 1_600_000_000L;

    private ExtFixture() {}

    /** Runs a program that must succeed and gives what it printed. */
    static String run(String... argv) {
        ExecResult result = attempt(argv);
        if (result.exitCode() != 0) {
            throw new AssertionError(
                    List.of(argv) + " ended with " + result.exitCode() + ": " + result.stdout() + result.stderr());
        }
        return result.stdout();
    }

    static ExecResult attempt(String... argv) {
        return EXEC.run(new Command(List.of(argv), Map.of(), Limits.ofTime(Duration.ofMinutes(2))));
    }

    /** An ext4 file system of this size with the files of a directory in it. */
    static Path ext4(Path file, String size, Path content, String... options) throws IOException {
        List<String> argv = new java.util.ArrayList<>(
                List.of("mke2fs", "-q", "-F", "-t", "ext4", "-E", "hash_seed=6f3b1b1c-8d8d-4a4a-9b9b-010203040506"));
        argv.addAll(List.of(options));
        argv.addAll(List.of("-d", content.toString(), file.toString(), size));
        run(argv.toArray(String[]::new));
        return file;
    }

    static VolumeFile volume(Path file) {
        return new VolumeFile(file, 0, "partition 1 (ext4)");
    }
}
