package io.imagewright.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.Extent;
import io.imagewright.exec.UserCache;

/**
 * Remembers digests of sources between builds, in a directory of small files. A source counts as the same while device, inode, size, and both
 * times (modification, change) of all its files are, as with git's index and make. The memory is a convenience: where it cannot be read or
 * written, digests are computed. Several processes may use it at a time.
 */
final class DigestMemory {

    /** A file that changed this recently may change again without its times showing it. */
    private static final Duration TOO_FRESH = Duration.ofSeconds(2);

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(90);
    private static final int LENGTH = 64;

    private final boolean forgetful;

    private final Path directory;

    DigestMemory(Path directory) {
        this(directory, false);
    }

    private DigestMemory(Path directory, boolean forgetful) {
        this.directory = directory;
        this.forgetful = forgetful;
    }

    /** The user's, as far as the job allows it. */
    static DigestMemory of(GuestJob job) {
        DigestMemory memory = ofUser(System.getenv());
        return job.force() ? new DigestMemory(memory.directory, true) : memory;
    }

    /** Of the user: {@code $XDG_CACHE_HOME/imagewright/sources}, by default below {@code ~/.cache}. */
    static DigestMemory ofUser(Map<String, String> environment) {
        return new DigestMemory(UserCache.directory(environment).resolve("sources"));
    }

    /**
     * What identifies these extents of these files.
     *
     * @param kind of digest that is asked for
     * @return empty when that is unknown: the files are devices, or changed a moment ago
     */
    static Optional<String> identity(String kind, List<Path> files, List<Extent> extents) {
        return identity(kind, files, extents, Instant.now());
    }

    static Optional<String> identity(String kind, List<Path> files, List<Extent> extents, Instant now) {
        MessageDigest digest = DigestAlgorithm.SHA256.newDigest();
        digest.update((kind + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            for (Path file : files) {
                Map<String, Object> stat =
                        Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime,isRegularFile");
                if (!Boolean.TRUE.equals(stat.get("isRegularFile")) || isFresh(stat, now)) {
                    return Optional.empty();
                }
                digest.update((file + "\n" + stat.get("dev") + " " + stat.get("ino") + " " + stat.get("size") + " "
                                + stat.get("lastModifiedTime") + " " + stat.get("ctime") + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
        ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);
        for (Extent extent : extents) {
            digest.update(numbers.clear()
                    .putLong(extent.offset())
                    .putLong(extent.length())
                    .flip());
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }

    private static boolean isFresh(Map<String, Object> stat, Instant now) {
        Instant limit = now.minus(TOO_FRESH);
        return List.of("lastModifiedTime", "ctime").stream()
                .map(name -> (FileTime) stat.get(name))
                .anyMatch(time -> time == null || time.toInstant().isAfter(limit));
    }

    /** The digest that was noted for this identity. */
    Optional<String> recall(String identity) {
        if (forgetful) {
            return Optional.empty();
        }
        try {
            Path note = directory.resolve(identity);
            if (Files.size(note) != LENGTH) {
                return Optional.empty();
            }
            String digest = Files.readString(note, StandardCharsets.US_ASCII);
            return digest.matches("[0-9a-f]{" + LENGTH + "}") ? Optional.of(digest) : Optional.empty();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /** Notes a digest, and forgets those that are old. */
    void note(String identity, String digest) {
        try {
            Files.createDirectories(directory);
            forget();
            Path temporary = Files.createTempFile(directory, "new", "");
            try {
                Files.writeString(temporary, digest, StandardCharsets.US_ASCII);
                Files.move(temporary, directory.resolve(identity), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException forgetful) {
            // the next build computes it again
        }
    }

    private void forget() throws IOException {
        Instant limit = Instant.now().minus(FORGOTTEN_AFTER);
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(directory)) {
            for (Path note : notes) {
                if (Files.getLastModifiedTime(note).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(note);
                }
            }
        }
    }
}
