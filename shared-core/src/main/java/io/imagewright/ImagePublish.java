package io.imagewright;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.imagewright.api.FetchRequest;
import io.imagewright.api.PublishReport;
import io.imagewright.api.PublishRequest;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.DiskFull;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.error.Suggestion;
import io.imagewright.finished.StoredImage;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.progress.ByteCount;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.publish.PublishFiles;
import io.imagewright.publish.Stores;
import io.imagewright.spec.ImageDescription.PublishTarget;
import io.imagewright.staging.Cancelled;
import io.imagewright.staging.Cleanup;
import io.imagewright.staging.Delivery;
import io.imagewright.staging.WorkDirectory;
import io.imagewright.target.FetchedImage;
import io.imagewright.target.Publication;
import io.imagewright.target.PublishImage;
import io.imagewright.target.Publisher;
import org.jspecify.annotations.Nullable;

/** Publishes finished images to the targets of their descriptions, and fetches them from there. Builds nothing. */
public final class ImagePublish {

    private static final Message NO_TARGETS = Message.of("there are no targets (", SettingName.PUBLISH, ")");

    private ImagePublish() {}

    /**
     * Publishes an image, or finds out what that would do. Nothing is sent when one of the targets refuses it.
     *
     * @return a report for each target, in their order
     * @throws ImageException SOURCE when the image is not whole, or a target has other files of its version; DESCRIPTION when a target is not
     *     there; ENVIRONMENT when a store fails
     */
    public static List<PublishReport> publish(FinishedImage image, PublishRequest request, ProgressListener listener) {
        Map<PublishTarget, Publisher> publishers = new LinkedHashMap<>();
        chosen(request.targets(), request.chosen())
                .forEach(target -> publishers.put(target, Stores.open(target, request.baseDirectory())));
        PublishImage files = PublishFiles.of(image.stored());
        List<PublishReport> planned = new ArrayList<>();
        for (Map.Entry<PublishTarget, Publisher> opened : publishers.entrySet()) {
            PublishTarget target = opened.getKey();
            Publisher publisher = opened.getValue();
            Publication publication =
                    reached("publish " + named(files), publisher, () -> publisher.plan(files, request.force()));
            planned.add(report(target, publisher, files, publication, true));
        }
        if (request.dryRun()) {
            return planned;
        }
        List<PublishReport> done = new ArrayList<>();
        for (Map.Entry<PublishTarget, Publisher> opened : publishers.entrySet()) {
            PublishTarget target = opened.getKey();
            Publisher publisher = opened.getValue();
            Publication publication = reached(
                    "publish " + named(files),
                    publisher,
                    () -> new Steps(listener).<Publication, IOException>run("publish " + target.id(), step -> {
                        Publication sent = publisher.publish(files, request.force(), step);
                        step.detail(sent.files().size() + " files");
                        return sent;
                    }));
            done.add(report(target, publisher, files, publication, false));
        }
        return done;
    }

    private static List<PublishTarget> chosen(List<PublishTarget> targets, List<String> chosen) {
        List<String> ids = targets.stream().map(PublishTarget::id).toList();
        for (String id : chosen) {
            if (!ids.contains(id)) {
                throw unknown(id, ids);
            }
        }
        return targets.stream()
                .filter(target -> chosen.isEmpty() || chosen.contains(target.id()))
                .toList();
    }

    private static ImageException unknown(String id, List<String> ids) {
        return ImageException.of(
                Kind.DESCRIPTION,
                Message.of("Cannot find the target ", id),
                ids.isEmpty()
                        ? NO_TARGETS
                        : Message.of("the targets (", SettingName.PUBLISH, ") are ", String.join(", ", ids)),
                Suggestion.nearest(id, ids)
                        .map(near -> Message.of("Did you mean ", near, "?"))
                        .orElse(Message.EMPTY));
    }

    private static String named(PublishImage image) {
        return image.name() + " " + image.version();
    }

    private static PublishReport report(
            PublishTarget target, Publisher publisher, PublishImage image, Publication publication, boolean planned) {
        String place = target.id() + " (" + publisher.location() + ")";
        List<String> lines = new ArrayList<>();
        String sent = publication.files().size() + " files, " + ByteCount.format(publication.bytes());
        lines.add(
                switch (publication.outcome()) {
                    case UNCHANGED -> named(image) + ": nothing to send to " + place + ", which has the same files";
                    case PUBLISHED ->
                        named(image) + (planned ? ": would be published to " : ": published to ") + place + ": " + sent;
                    case REPLACED ->
                        named(image) + (planned ? ": would replace the version at " : ": replaced the version at ")
                                + place + ": " + sent;
                });
        if (!publication.pruned().isEmpty()) {
            lines.add(image.name() + (planned ? ": would be removed from " : ": removed from ") + place + ": "
                    + String.join(", ", publication.pruned()));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("target", target.id());
        document.put("location", publisher.location());
        document.put("name", image.name());
        document.put("version", image.version());
        document.put("dryRun", planned);
        document.put("outcome", publication.outcome().name().toLowerCase(java.util.Locale.ROOT));
        document.put("files", publication.files());
        document.put("bytes", publication.bytes());
        document.put("removed", publication.pruned());
        return new PublishReport(target.id(), lines, document);
    }

    /**
     * Fetches an image: its files replace those of the same names in the output directory.
     *
     * @throws ImageException SOURCE when the target does not have it, or has it damaged; DESCRIPTION when the target is not there; ENVIRONMENT
     *     when the store fails, or the output directory cannot be written
     */
    public static FinishedImage fetch(FetchRequest request, ProgressListener listener) {
        PublishTarget target = only(request.targets(), request.target());
        Publisher publisher = Stores.open(target, request.baseDirectory());
        String version = request.version();
        String named = request.name() + (version == null ? "" : " " + version);
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory work = cleanup.create(request.outputDirectory());
            Path staging = work.directory("fetched");
            FetchedImage fetched = reached(
                    "fetch " + named,
                    publisher,
                    () -> new Steps(listener).<FetchedImage, IOException>run("fetch " + target.id(), step -> {
                        FetchedImage got = publisher.fetch(request.name(), version, staging, step);
                        step.detail(got.sha256().size() + " files");
                        return got;
                    }));
            Path manifest = manifest(staging, request.name(), fetched, publisher);
            Delivery delivery = new Delivery(request.outputDirectory());
            fetched.sha256().keySet().stream()
                    .map(staging::resolve)
                    .filter(file -> !file.equals(manifest))
                    .forEach(delivery::add);
            delivery.deliver(manifest, List.of());
            return FinishedImage.open(request.outputDirectory().resolve(manifest.getFileName()));
        }
    }

    private static PublishTarget only(List<PublishTarget> targets, @Nullable String id) {
        List<PublishTarget> chosen = chosen(targets, id == null ? List.of() : List.of(id));
        if (chosen.size() != 1) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    Message.of("Cannot choose the target to fetch from"),
                    targets.isEmpty()
                            ? NO_TARGETS
                            : Message.of(
                                    "the description has the targets ",
                                    targets.stream().map(PublishTarget::id).collect(Collectors.joining(", "))),
                    Message.of(targets.isEmpty() ? "Add one." : "Name one of them."));
        }
        return chosen.get(0);
    }

    /** The manifest, whose word for each image is verified too: whoever can write to a store may have put any files there. */
    private static Path manifest(Path staging, String name, FetchedImage fetched, Publisher publisher) {
        List<Path> manifests = fetched.sha256().keySet().stream()
                .map(staging::resolve)
                .filter(ManifestFile::isNamedSo)
                .toList();
        if (manifests.size() != 1) {
            throw foreign(name, fetched, publisher, "it has " + manifests.size() + " manifests");
        }
        StoredImage image = StoredImage.open(manifests.get(0));
        if (!image.name().equals(name) || !image.manifest().version().equals(fetched.version())) {
            throw foreign(
                    name,
                    fetched,
                    publisher,
                    "its manifest is of " + image.name() + " "
                            + image.manifest().version());
        }
        for (ArtifactEntry artifact : image.manifest().artifacts()) {
            String got = fetched.sha256().get(artifact.file());
            if (got == null) {
                throw foreign(name, fetched, publisher, "it lacks " + artifact.file() + ", which its manifest names");
            }
            String recorded = artifact.digests().getOrDefault(DigestAlgorithm.SHA256.word(), got);
            if (!got.equals(recorded)) {
                throw foreign(
                        name,
                        fetched,
                        publisher,
                        "the SHA-256 of " + artifact.file() + " is " + got + ", its manifest has " + recorded);
            }
        }
        return manifests.get(0);
    }

    private static ImageException foreign(String name, FetchedImage fetched, Publisher publisher, String reason) {
        return ImageException.of(
                Kind.SOURCE,
                "Cannot use " + name + " " + fetched.version() + " of " + publisher.location(),
                reason,
                "Publish the image again, or fetch another version.");
    }

    /** What a store does. */
    private interface Access<T> {

        T run() throws IOException;
    }

    private static <T> T reached(String what, Publisher publisher, Access<T> access) {
        try {
            return access.run();
        } catch (IOException failure) {
            Cancelled.check("Stopped: cannot " + what);
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot " + what + " (" + publisher.location() + ")",
                    FileFailure.reason(failure),
                    DiskFull.is(failure) ? "Free some space." : "Check that it can be reached, read and written.",
                    failure);
        }
    }
}
