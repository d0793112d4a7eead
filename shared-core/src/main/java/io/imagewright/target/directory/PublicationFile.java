package io.imagewright.target.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.imagewright.error.ImageException;
import io.imagewright.manifest.Json;
import io.imagewright.target.PlainName;
import io.imagewright.target.PublishFile;
import io.imagewright.target.PublishImage;

/**
 * {@code .publication.json} in the directory of a version: what was published, and when. A directory without it is none of ours.
 *
 * @param schema {@link #SCHEMA}
 * @param name of the image
 * @param version of the image
 * @param order of a later publication of the same image it is greater
 * @param published time, as ISO 8601 writes it
 * @param files all others of the directory
 */
record PublicationFile(String schema, String name, String version, long order, String published, List<Entry> files) {

    /** No image's file has this name: it is hidden. */
    static final String FILE_NAME = ".publication.json";

    private static final String SCHEMA = "image-publication/v1";
    private static final int LARGEST = 4 << 20;

    /** A file: its name, its bytes, its hexadecimal digest. */
    record Entry(String name, long size, String sha256) {}

    PublicationFile {
        files = List.copyOf(files);
    }

    static PublicationFile of(PublishImage image, long order) {
        return new PublicationFile(
                SCHEMA,
                image.name(),
                image.version(),
                order,
                Instant.now().toString(),
                image.files().stream().map(PublicationFile::entry).toList());
    }

    private static Entry entry(PublishFile file) {
        return new Entry(file.name(), file.size(), file.sha256());
    }

    /** That of a directory {@code <name>/<version>}; empty where there is none, or it is of something else. */
    static Optional<PublicationFile> read(Path directory, String name, String version) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.record(PublicationFile.class, file, LARGEST, reason -> bad(file, reason)))
                    .filter(record -> record.isOf(name, version));
        } catch (ImageException unreadable) {
            return Optional.empty();
        }
    }

    private static ImageException bad(Path file, String reason) {
        return ImageException.of(ImageException.Kind.SOURCE, "Cannot read " + file, reason, "");
    }

    private boolean isOf(String otherName, String otherVersion) {
        Set<String> names = new HashSet<>();
        return schema.equals(SCHEMA)
                && name.equals(otherName)
                && version.equals(otherVersion)
                && files.stream()
                        .allMatch(file -> PlainName.is(file.name())
                                && names.add(file.name())
                                && file.size() >= 0
                                && file.sha256().matches("[0-9a-f]{64}"));
    }

    /** Whether the same files were published. */
    boolean isOf(PublishImage image) {
        Set<Entry> others = new HashSet<>();
        image.files().forEach(file -> others.add(entry(file)));
        return new HashSet<>(files).equals(others);
    }

    /** The file that is not there with its size; empty when all are. */
    Optional<String> missing(Path directory) throws IOException {
        for (Entry entry : files) {
            Path file = directory.resolve(entry.name());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != entry.size()) {
                return Optional.of(entry.name());
            }
        }
        return Optional.empty();
    }
}
