package io.imagewright.jenkins;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.FilePath;
import hudson.model.Run;
import hudson.tasks.Fingerprinter.FingerprintAction;
import io.imagewright.ImageDocument;
import io.imagewright.api.ImageEntry;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;

/** Keeps what is known of finished images with their build: the page, artifacts, fingerprints. */
final class ImageRecords {

    private ImageRecords() {}

    /** @param archive whether the files are archived, too */
    static void keep(BuildContext context, List<JsonNode> results, boolean archive)
            throws IOException, InterruptedException {
        for (JsonNode message : results) {
            JsonNode result = message.path("result");
            ImageRecord record = new ImageRecord(
                    result.path("manifest").toString(), result.path("build").toString());
            // branches of a pipeline build images of one run side by side
            synchronized (context.run()) {
                action(context.run()).add(record);
                fingerprint(context.run(), record.document());
            }
            if (archive) {
                archive(context, result);
            }
        }
        context.run().save();
    }

    private static ImageAction action(Run<?, ?> run) {
        ImageAction action = run.getAction(ImageAction.class);
        if (action == null) {
            action = new ImageAction();
            run.addAction(action);
        }
        return action;
    }

    /** By the MD5 that was computed while the image was written; of an image without one there is none. */
    private static void fingerprint(Run<?, ?> run, ImageDocument image) throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (ImageEntry artifact : image.files()) {
            String md5 = artifact.digests().get("md5");
            if (md5 != null) {
                Jenkins.get()
                        .getFingerprintMap()
                        .getOrCreate(run, artifact.file(), md5)
                        .addFor(run);
                digests.put(artifact.file(), md5);
            }
        }
        if (digests.isEmpty()) {
            return;
        }
        FingerprintAction known = run.getAction(FingerprintAction.class);
        if (known == null) {
            run.addAction(new FingerprintAction(run, digests));
        } else {
            known.add(digests);
        }
    }

    private static void archive(BuildContext context, JsonNode result) throws IOException, InterruptedException {
        FilePath directory = new FilePath(
                context.workspace().getChannel(), result.path("directory").asText());
        Map<String, String> files = new LinkedHashMap<>();
        result.path("files").forEach(file -> files.put(file.asText(), file.asText()));
        context.run()
                .pickArtifactManager()
                .archive(directory, context.launcher(), BuildListenerAdapter.wrap(context.listener()), files);
        context.listener().getLogger().println("Archived " + files.size() + " files.");
    }
}
