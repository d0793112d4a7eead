package io.imagewright;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import static org.junit.Assert.assertEquals;

/**
 * What a directory and everything in it looked like: content, size, times of change, inode, owner, mode. A file that was made and removed
 * again shows in the directory's own times.
 */
final class FileStates {

    private final Path directory;
    private final Map<Path, String> states;

    private FileStates(Path directory, Map<Path, String> states) {
        this.directory = directory;
        this.states = states;
    }

    static FileStates of(Path directory) throws IOException {
        Map<Path, String> states = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.toList()) {
                // what a chown, chmod, rename, write or truncate changes; the time of the last access is not among it
                String state = new TreeMap<>(Files.readAttributes(
                                path,
                                "unix:size,lastModifiedTime,ctime,ino,uid,gid,mode,nlink",
                                LinkOption.NOFOLLOW_LINKS))
                        .toString();
                states.put(path, Files.isRegularFile(path) ? state + digest(path) : state);
            }
        }
        return new FileStates(directory, states);
    }

    void requireUnchanged() throws IOException {
        assertEquals("changed: " + directory, states, of(directory).states);
    }

    /** No attacker is about, and this is ten times as quick as a SHA-256. */
    private static String digest(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer.clear()) >= 0) {
                crc.update(buffer.flip());
            }
        }
        return " " + crc.getValue();
    }
}
