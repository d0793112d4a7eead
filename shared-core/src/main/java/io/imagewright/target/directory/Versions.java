package io.imagewright.target.directory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.imagewright.target.PlainName;

/**
 * What is in {@code <directory>/<name>}, as it was when this was read.
 *
 * @param newestFirst what was published, in reverse order of publication
 * @param latest the version that the link names; empty when there is no such link
 */
record Versions(List<PublicationFile> newestFirst, Optional<String> latest) {

    Versions {
        newestFirst = List.copyOf(newestFirst);
    }

    /** Of a directory that may be missing. */
    static Versions read(Path directory, String name) throws IOException {
        List<PublicationFile> found = new ArrayList<>();
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    String version = String.valueOf(entry.getFileName());
                    if (PlainName.is(version)) {
                        PublicationFile.read(entry, name, version).ifPresent(found::add);
                    }
                }
            }
        }
        found.sort(Comparator.comparingLong(PublicationFile::order).reversed().thenComparing(PublicationFile::version));
        return new Versions(found, latest(directory.resolve(PlainName.LATEST)));
    }

    /** Nothing of a link that leads elsewhere. */
    private static Optional<String> latest(Path link) throws IOException {
        return Files.isSymbolicLink(link)
                ? Optional.of(Files.readSymbolicLink(link).toString()).filter(PlainName::is)
                : Optional.empty();
    }

    Optional<PublicationFile> find(String version) {
        return newestFirst.stream()
                .filter(file -> file.version().equals(version))
                .findFirst();
    }

    List<String> names() {
        return newestFirst.stream().map(PublicationFile::version).toList();
    }

    boolean isNewest(String version) {
        return !newestFirst.isEmpty() && newestFirst.get(0).version().equals(version);
    }

    /** Greater than that of each. */
    long nextOrder() {
        return newestFirst.isEmpty() ? 1 : Math.addExact(newestFirst.get(0).order(), 1);
    }
}
