package io.imagewright.target.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.FileDigest;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.progress.Steps;

/**
 * The files of one version in a store, which anybody may have changed since.
 *
 * @param root of the store, for messages
 * @param directory of the version
 * @param published what was recorded when it was published
 * @param files copies
 */
record PublishedFiles(Path root, Path directory, PublicationFile published, StoreFiles files) {

    /**
     * Copies all of them, and verifies each.
     *
     * @return hexadecimal SHA-256 by file name
     * @throws ImageException SOURCE when one is missing or damaged
     */
    Map<String, String> copy(Path target, Steps.Running step) throws IOException {
        LongConsumer progress = step.copying(published.files().stream()
                .mapToLong(PublicationFile.Entry::size)
                .sum());
        Map<String, String> fetched = new TreeMap<>();
        long done = 0;
        for (PublicationFile.Entry entry : published.files()) {
            Path file = directory.resolve(entry.name());
            requireWhole(file, entry);
            step.doing(entry.name());
            Path copy = target.resolve(entry.name());
            long before = done;
            files.copy(file, copy, position -> progress.accept(before + position));
            String digest = FileDigest.of(copy, List.of(DigestAlgorithm.SHA256), position -> {})
                    .getOrDefault(DigestAlgorithm.SHA256.word(), "");
            if (!digest.equals(entry.sha256())) {
                throw damaged(file + " has the SHA-256 " + digest + ", not " + entry.sha256());
            }
            fetched.put(entry.name(), digest);
            done += entry.size();
        }
        step.bytes(done);
        return fetched;
    }

    private void requireWhole(Path file, PublicationFile.Entry entry) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw damaged(file + " is missing, or no regular file");
        }
        if (Files.size(file) != entry.size()) {
            throw damaged(file + " has " + Files.size(file) + " bytes, not " + entry.size());
        }
    }

    private ImageException damaged(String reason) {
        return ImageException.of(
                Kind.SOURCE,
                "Cannot fetch " + published.name() + " " + published.version() + " from " + root,
                reason,
                Message.of(
                        "Publish the image again with ", SettingName.FORCE.to("true"), ", or fetch another version."));
    }
}
