package io.imagewright.target.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.FileDigest;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.manifest.Json;
import io.imagewright.progress.Steps;
import io.imagewright.target.FetchedImage;
import io.imagewright.target.PlainName;
import io.imagewright.target.Publication;
import io.imagewright.target.Publication.Outcome;
import io.imagewright.target.PublishFile;
import io.imagewright.target.PublishImage;
import io.imagewright.target.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * A directory. Each version is written beside its place and renamed to it; {@code latest} is a relative symbolic link, so that the directory can move, and
 * can be mounted elsewhere.
 */
public final class DirectoryPublisher implements Publisher {

    private final Path root;
    private final int keep;
    private final StoreFiles files;

    /**
     * A store that may not exist yet.
     *
     * @param root its directory
     * @param keep how many versions of an image stay; {@link Integer#MAX_VALUE} for all
     */
    public DirectoryPublisher(Path root, int keep) {
        this(root, keep, new StoreFiles(() -> {}));
    }

    /**
     * One of a description.
     *
     * @param settings {@code path}, and {@code keep} where not all versions stay
     * @param base the directory that a relative path starts at
     */
    public static DirectoryPublisher of(Map<String, String> settings, Path base) {
        String keep = settings.get("keep");
        return new DirectoryPublisher(
                base.resolve(settings.getOrDefault("path", "")).normalize(),
                keep == null ? Integer.MAX_VALUE : Integer.parseInt(keep));
    }

    DirectoryPublisher(Path root, int keep, StoreFiles files) {
        this.root = root;
        this.keep = keep;
        this.files = files;
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public Publication plan(PublishImage image, boolean force) throws IOException {
        Path directory = directory(image.name());
        Path link = directory.resolve(PlainName.LATEST);
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
            throw refused(image, link + " is no symbolic link", Message.of("Remove or rename it."));
        }
        Versions versions = Versions.read(directory, image.name());
        Outcome outcome = outcome(image, versions, force);
        boolean sends = outcome != Outcome.UNCHANGED;
        List<String> after = new ArrayList<>(versions.names());
        if (sends) {
            after.remove(image.version());
            after.add(0, image.version());
        }
        return new Publication(
                outcome,
                sends ? image.files().stream().map(PublishFile::name).toList() : List.of(),
                sends ? image.size() : 0,
                outdated(after, sends ? Optional.of(image.version()) : versions.latest()));
    }

    private Outcome outcome(PublishImage image, Versions versions, boolean force) throws IOException {
        Path place = directory(image.name()).resolve(image.version());
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return Outcome.PUBLISHED;
        }
        Optional<PublicationFile> present = versions.find(image.version());
        if (present.isEmpty()) {
            throw refused(
                    image,
                    place + " exists and was not published by this program, or its " + PublicationFile.FILE_NAME
                            + " is damaged",
                    Message.of("Remove or rename it."));
        }
        boolean isSame = present.get().isOf(image);
        Optional<String> missing = present.get().missing(place);
        if (isSame && missing.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        if (!force) {
            throw refused(
                    image,
                    isSame
                            ? "the version exists there, but its file " + missing.get() + " is missing or damaged"
                            : "the version exists there with other files",
                    Message.of("Publish another version, or set ", SettingName.FORCE.to("true"), " to replace it."));
        }
        return Outcome.REPLACED;
    }

    private ImageException refused(PublishImage image, String reason, Message next) {
        return ImageException.of(
                Kind.SOURCE, "Cannot publish " + image.name() + " " + image.version() + " to " + root, reason, next);
    }

    @Override
    public Publication publish(PublishImage image, boolean force, Steps.Running step) throws IOException {
        // refuses before it makes a directory
        plan(image, force);
        Path directory = directory(image.name());
        files.createDirectories(directory);
        try (StoreLock lock = lock(directory, step)) {
            Leftovers leftovers = new Leftovers(lock, files);
            leftovers.sweep();
            try {
                Publication done = publish(image, plan(image, force), directory, step);
                leftovers.sweep();
                return done;
            } catch (IOException | RuntimeException failure) {
                leftovers.sweepAfter(failure);
                throw failure;
            }
        }
    }

    private StoreLock lock(Path directory, Steps.Running step) throws IOException {
        return StoreLock.take(directory, () -> step.info("Waits for another program that writes to " + directory));
    }

    private Publication publish(PublishImage image, Publication planned, Path directory, Steps.Running step)
            throws IOException {
        Versions before = Versions.read(directory, image.name());
        if (planned.outcome() != Outcome.UNCHANGED) {
            // where the file system has no links, this fails before anything takes long
            Path link = Leftovers.LINK.in(directory);
            files.link(link, image.version());
            Path written = write(image, before.nextOrder(), directory, step);
            Path place = directory.resolve(image.version());
            if (planned.outcome() == Outcome.REPLACED) {
                files.move(place, Leftovers.replaced(directory, image.version()));
            }
            files.move(written, place);
            files.sync(directory);
            makeLatest(link, directory);
        } else if (before.isNewest(image.version()) && !before.latest().equals(Optional.of(image.version()))) {
            // an earlier run ended between the two
            Path link = Leftovers.LINK.in(directory);
            files.link(link, image.version());
            makeLatest(link, directory);
        }
        return new Publication(
                planned.outcome(), planned.files(), planned.bytes(), remove(directory, planned.pruned()));
    }

    private void makeLatest(Path link, Path directory) throws IOException {
        files.move(link, directory.resolve(PlainName.LATEST));
        files.sync(directory);
    }

    private Path write(PublishImage image, long order, Path directory, Steps.Running step) throws IOException {
        Path staging = Leftovers.VERSION.in(directory);
        files.createDirectory(staging);
        LongConsumer progress = step.copying(image.size());
        long done = 0;
        for (PublishFile file : image.files()) {
            Path copy = staging.resolve(file.name());
            step.doing(file.name());
            long before = done;
            files.copy(file.path(), copy, position -> progress.accept(before + position));
            Map<String, String> found = digests(copy, file.digests());
            if (!found.equals(file.digests())) {
                throw refused(
                        image,
                        file.path() + " is not the file that was built: the digests of its copy are " + found + ", not "
                                + file.digests(),
                        Message.of("Verify the image, and build it again."));
            }
            done += file.size();
        }
        step.bytes(done);
        files.write(staging.resolve(PublicationFile.FILE_NAME), Json.pretty(PublicationFile.of(image, order)));
        files.sync(staging);
        return staging;
    }

    private static Map<String, String> digests(Path file, Map<String, String> expected) throws IOException {
        return new TreeMap<>(FileDigest.of(file, DigestAlgorithm.of(List.copyOf(expected.keySet())), position -> {}));
    }

    @Override
    public FetchedImage fetch(String name, @Nullable String version, Path target, Steps.Running step)
            throws IOException {
        Path directory = directory(name);
        Versions versions = Versions.read(directory, name);
        String wanted = version == null ? versions.latest().orElse("") : PlainName.requireVersion(version);
        PublicationFile published = versions.find(wanted)
                .orElseThrow(() -> ImageException.of(
                        Kind.SOURCE,
                        "Cannot fetch " + name + (version == null ? "" : " " + version) + " from " + root,
                        version == null
                                ? directory.resolve(PlainName.LATEST) + " is no link to a published version"
                                : "it is not there",
                        versions.names().isEmpty()
                                ? "No version of " + name + " was published there."
                                : "Published versions: " + String.join(", ", versions.names()) + "."));
        return new FetchedImage(
                wanted, new PublishedFiles(root, directory.resolve(wanted), published, files).copy(target, step));
    }

    @Override
    public List<String> versions(String name) throws IOException {
        return Versions.read(directory(name), name).names();
    }

    @Override
    public List<String> prunable(String name) throws IOException {
        Versions versions = Versions.read(directory(name), name);
        return outdated(versions.names(), versions.latest());
    }

    @Override
    public List<String> prune(String name) throws IOException {
        Path directory = directory(name);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (StoreLock lock = StoreLock.take(directory, () -> {})) {
            Leftovers leftovers = new Leftovers(lock, files);
            leftovers.sweep();
            return remove(directory, prunable(name));
        }
    }

    /** All but the newest, and but the latest, which an administrator may have set back. */
    private List<String> outdated(List<String> newestFirst, Optional<String> latest) {
        List<String> outdated =
                new ArrayList<>(newestFirst.subList(Math.min(keep, newestFirst.size()), newestFirst.size()));
        latest.ifPresent(outdated::remove);
        Collections.reverse(outdated);
        return outdated;
    }

    private List<String> remove(Path directory, List<String> versions) throws IOException {
        for (String version : versions) {
            Path removed = Leftovers.VERSION.in(directory);
            files.move(directory.resolve(version), removed);
            files.delete(removed);
        }
        return versions;
    }

    /**
     * That of an image's versions.
     *
     * @throws ImageException SOURCE when it leads out of this store
     */
    private Path directory(String name) {
        Path directory = root.resolve(PlainName.require("name", name));
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot use the store " + root,
                    directory + " is a link or a file; versions of " + name + " need a directory",
                    Message.of("Remove or rename it."));
        }
        return directory;
    }
}
