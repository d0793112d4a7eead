package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.FileDigest;
import io.imagewright.checksum.Sidecars;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.format.FormatType;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.manifest.MetaFile;
import io.imagewright.manifest.VariantFile;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;

/** An image that was built before: its manifest, its files and their checksums, in one directory. */
public final class FinishedImage {

    /** Far above a line with a digest and a name. */
    private static final int LARGEST_SIDECAR = 64 << 10;

    private final Path directory;
    private final Path manifestFile;
    private final ImageManifest manifest;

    private FinishedImage(Path directory, Path manifestFile, ImageManifest manifest) {
        this.directory = directory;
        this.manifestFile = manifestFile;
        this.manifest = manifest;
    }

    /**
     * Finds the image by its manifest.
     *
     * @throws ImageException SOURCE when there is none
     */
    public static FinishedImage open(Path directory, String name, String version) {
        Path file = directory.resolve(ManifestFile.fileName(name, version));
        if (!Files.isRegularFile(file)) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot find the finished image " + name + " " + version,
                    "there is no " + file,
                    "Build it first with image:build.");
        }
        try {
            ImageManifest manifest = ManifestFile.read(file);
            manifest.artifacts().forEach(artifact -> requirePlainName(file, artifact.file()));
            return new FinishedImage(directory, file, manifest);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** A manifest may come from anywhere; what it names lies beside it. */
    private static void requirePlainName(Path manifest, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,254}")) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot use the manifest " + manifest,
                    "it names the file '" + name.replaceAll("\\p{Cntrl}", "?") + "', which is no plain file name",
                    "Build or download the image again.");
        }
    }

    /** Names of the image's files, in the order of the manifest. */
    public List<String> files() {
        return manifest.artifacts().stream().map(ArtifactEntry::file).toList();
    }

    /**
     * Holds every file against the manifest and against the sidecars beside it.
     *
     * @return what is wrong, a sentence each; empty when all is well
     */
    public List<String> verify(ProgressListener listener) {
        List<String> findings = new ArrayList<>();
        for (ArtifactEntry artifact : manifest.artifacts()) {
            Path file = directory.resolve(artifact.file());
            if (!Files.isRegularFile(file)) {
                findings.add(artifact.file() + " is missing.");
                continue;
            }
            Map<String, String> noted = new TreeMap<>(artifact.digests());
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                checkSidecar(file, algorithm, noted, findings);
            }
            describing(artifact).forEach((name, text) -> checkText(directory.resolve(name), text, findings));
            if (noted.isEmpty()) {
                findings.add(artifact.file() + " has no checksum to verify.");
                continue;
            }
            Map<String, String> found =
                    digests(file, DigestAlgorithm.of(List.copyOf(noted.keySet())), "verify", listener);
            noted.forEach((word, digest) -> {
                if (!digest.equals(found.get(word))) {
                    findings.add(
                            artifact.file() + ": " + word + " is " + found.get(word) + ", noted is " + digest + ".");
                }
            });
        }
        return findings;
    }

    /** Notes what a sidecar says, and finds fault where it contradicts the manifest. */
    private static void checkSidecar(
            Path file, DigestAlgorithm algorithm, Map<String, String> noted, List<String> findings) {
        Path sidecar = file.resolveSibling(file.getFileName() + "." + algorithm.sidecarExtension());
        if (!Files.exists(sidecar)) {
            if (noted.containsKey(algorithm.word())) {
                findings.add(sidecar.getFileName() + " is missing.");
            }
            return;
        }
        String digest = firstWord(sidecar);
        if (!names(sidecar, String.valueOf(file.getFileName()))) {
            findings.add(sidecar.getFileName() + " speaks of another file.");
        }
        String known = noted.putIfAbsent(algorithm.word(), digest);
        if (known != null && !known.equals(digest)) {
            findings.add(sidecar.getFileName() + " says " + digest + ", the manifest says " + known + ".");
        }
    }

    /** The files that describe an image of this format, by name, as a build writes them. */
    private Map<String, String> describing(ArtifactEntry artifact) {
        Map<String, String> texts = new TreeMap<>();
        if (artifact.holdsFirstDisk() && artifact.format().equals(FormatType.DISKDUMP.word())) {
            texts.put(artifact.file() + ".meta", MetaFile.text(manifest.properties(), artifact.format()));
            texts.put(
                    artifact.file() + ".variant",
                    VariantFile.text(artifact.file(), artifact.format(), manifest.properties()));
        }
        return texts;
    }

    private static void checkText(Path file, String text, List<String> findings) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (!Files.exists(file)) {
                findings.add(file.getFileName() + " is missing.");
            } else if (Files.size(file) != expected.length || !Arrays.equals(Files.readAllBytes(file), expected)) {
                findings.add(file.getFileName() + " is not what was built with the image.");
            }
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** Whether it is a single line for this file, as sha256sum(1) and its like write it in text or binary mode. */
    private static boolean names(Path sidecar, String file) {
        try {
            String text = Files.size(sidecar) > LARGEST_SIDECAR
                    ? ""
                    : Files.readString(sidecar, StandardCharsets.ISO_8859_1).strip();
            return text.endsWith("  " + file) || text.endsWith(" *" + file);
        } catch (IOException failure) {
            throw unreadable(sidecar, failure);
        }
    }

    private static String firstWord(Path sidecar) {
        try {
            if (Files.size(sidecar) > LARGEST_SIDECAR) {
                return "too much";
            }
            String text = Files.readString(sidecar, StandardCharsets.ISO_8859_1).strip();
            return text.split("[ *]", 2)[0]
                    .replace("\\", "")
                    .replaceAll("[^0-9A-Za-z]", "?")
                    .toLowerCase(Locale.ROOT);
        } catch (IOException failure) {
            throw unreadable(sidecar, failure);
        }
    }

    /**
     * Computes the checksums of every file anew and writes its sidecars; the manifest takes them up beside those that it has.
     *
     * @param words of the algorithms
     * @throws ImageException SOURCE when a file is missing or is not the one that the manifest speaks of
     */
    public void checksum(List<String> words, ProgressListener listener) {
        List<String> wanted =
                DigestAlgorithm.of(words).stream().map(DigestAlgorithm::word).toList();
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory staging = cleanup.create(directory);
            Delivery delivery = new Delivery(directory);
            List<ArtifactEntry> entries = new ArrayList<>();
            for (ArtifactEntry artifact : manifest.artifacts()) {
                Map<String, String> digests = digestsOf(artifact, wanted, listener);
                Map<String, String> asked = new LinkedHashMap<>(digests);
                asked.keySet().retainAll(wanted);
                Sidecars.write(staging.file(artifact.file()), asked).values().forEach(delivery::add);
                entries.add(artifact.withDigests(new TreeMap<>(digests)));
            }
            Path renewed = staging.file(String.valueOf(manifestFile.getFileName()));
            ManifestFile.write(renewed, manifest.withArtifacts(entries));
            delivery.deliver(renewed, List.of());
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot write to " + directory,
                    String.valueOf(failure.getMessage()),
                    "Check that the directory can be written and has space.",
                    failure);
        }
    }

    private Map<String, String> digestsOf(ArtifactEntry artifact, List<String> wanted, ProgressListener listener) {
        Path file = directory.resolve(artifact.file());
        if (!Files.isRegularFile(file)) {
            throw other(file, "it is missing");
        }
        List<String> words = new ArrayList<>(wanted);
        words.addAll(artifact.digests().keySet());
        Map<String, String> digests = digests(file, DigestAlgorithm.of(words), "checksum", listener);
        artifact.digests().forEach((word, digest) -> {
            if (!digest.equals(digests.get(word))) {
                throw other(file, "its " + word + " is " + digests.get(word) + ", not " + digest);
            }
        });
        return digests;
    }

    private ImageException other(Path file, String why) {
        return ImageException.of(
                Kind.SOURCE,
                "Cannot write checksums of " + file + ", which is not the file that " + manifestFile.getFileName()
                        + " speaks of",
                why,
                "Build or download the image again.");
    }

    private static Map<String, String> digests(
            Path file, List<DigestAlgorithm> algorithms, String step, ProgressListener listener) {
        return new Steps(listener).run(step, running -> {
            try {
                long size = Files.size(file);
                running.detail(String.valueOf(file.getFileName()));
                Map<String, String> digests = FileDigest.of(file, algorithms, running.copying(size));
                running.bytes(size);
                return digests;
            } catch (IOException failure) {
                throw unreadable(file, failure);
            }
        });
    }

    private static ImageException unreadable(Path file, IOException failure) {
        return ImageException.of(
                Kind.SOURCE,
                "Cannot read " + file,
                String.valueOf(failure.getMessage()),
                "Check its permissions and the disk below it.",
                failure);
    }
}
