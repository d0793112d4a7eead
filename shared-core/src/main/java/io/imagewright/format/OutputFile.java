package io.imagewright.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.disk.DiskFull;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * An output that is being written, at any offset, into one or several files that get the same content. Failures are reported in the user's
 * words, with the file's name.
 */
final class OutputFile implements AutoCloseable {

    private final Map<Path, RandomAccessFile> files;
    private final long start;

    private OutputFile() {
        this(new LinkedHashMap<>(), 0);
    }

    private OutputFile(Map<Path, RandomAccessFile> files, long start) {
        this.files = files;
        this.start = start;
    }

    /** The same as if it began there. Its size, its sync and its end stay the matter of the whole. */
    OutputFile behind(long offset) {
        return new OutputFile(files, start + offset);
    }

    /** Makes the files; those that are there are emptied. */
    static OutputFile create(List<Path> paths) {
        OutputFile output = new OutputFile();
        try {
            for (Path path : paths) {
                output.files.put(path, open(path));
            }
            output.forEach(file -> {
                if (file.length() != 0) {
                    file.setLength(0);
                }
            });
            return output;
        } catch (RuntimeException e) {
            output.close();
            throw e;
        }
    }

    /** A file that somebody else has written, to read it. */
    static OutputFile existing(Path path) {
        OutputFile output = new OutputFile();
        output.files.put(path, open(path));
        return output;
    }

    /** Bytes of the first file. */
    long size() {
        Map.Entry<Path, RandomAccessFile> first = files.entrySet().iterator().next();
        try {
            return first.getValue().length();
        } catch (IOException e) {
            throw failure(first.getKey(), e);
        }
    }

    private static RandomAccessFile open(Path path) {
        try {
            return new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Writes all that remains in the buffer. */
    void write(long offset, ByteBuffer bytes) {
        forEach(file -> {
            ByteBuffer rest = bytes.duplicate();
            while (rest.hasRemaining()) {
                file.getChannel().write(rest, start + offset + rest.position() - bytes.position());
            }
        });
    }

    /** Reads until the buffer, which is clear, is full or the file ends. */
    void read(long offset, ByteBuffer target) {
        Map.Entry<Path, RandomAccessFile> first = files.entrySet().iterator().next();
        run(first.getKey(), first.getValue(), file -> {
            int count = 0;
            while (count >= 0 && target.hasRemaining()) {
                count = file.getChannel().read(target, start + offset + target.position());
            }
        });
    }

    /** Gives the file its size, behind which nothing was written, and waits until all of it is on the disk. It stays open. */
    void finish(long size) {
        if (start > 0) {
            return;
        }
        forEach(file -> {
            file.setLength(size);
            file.getChannel().force(true);
        });
    }

    @Override
    public void close() {
        Closing.all(files.entrySet().stream()
                .map(entry -> (Runnable) () -> run(entry.getKey(), entry.getValue(), RandomAccessFile::close))
                .toList());
    }

    private interface Action {
        void on(RandomAccessFile file) throws IOException;
    }

    private void forEach(Action action) {
        files.forEach((path, file) -> run(path, file, action));
    }

    private static void run(Path path, RandomAccessFile file, Action action) {
        try {
            action.on(file);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** The message for the user. */
    static ImageException failure(Path path, IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return OutputWriters.cancelled(e);
        }
        return DiskFull.recognise(path, e)
                .orElseGet(() -> ImageException.of(
                        Kind.ENVIRONMENT,
                        "Cannot write " + path,
                        FileFailure.reason(e),
                        "Check its directory and the disk below it.",
                        e));
    }
}
