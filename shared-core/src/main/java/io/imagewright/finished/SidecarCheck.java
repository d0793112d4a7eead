package io.imagewright.finished;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.format.OutputFormats;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.MetaFile;
import io.imagewright.manifest.VariantFile;

/** Verifies the files beside an image against its manifest. */
final class SidecarCheck {

    /** Far above a line with a digest and a name. */
    private static final int LARGEST_SIDECAR = 64 << 10;

    private final ImageManifest manifest;
    private final ImageFiles images;
    private final List<String> findings;

    /** @param findings gets what is wrong */
    SidecarCheck(ImageManifest manifest, ImageFiles images, List<String> findings) {
        this.manifest = manifest;
        this.images = images;
        this.findings = findings;
    }

    /** Names of an image and of the files beside it that its manifest asks for. */
    static List<String> names(ArtifactEntry artifact) {
        List<String> names = new ArrayList<>(List.of(artifact.file()));
        artifact.digests()
                .keySet()
                .forEach(word -> names.add(
                        artifact.file() + "." + DigestAlgorithm.of(word).sidecarExtension()));
        if (isDeployed(artifact)) {
            names.add(artifact.file() + ".meta");
            names.add(artifact.file() + ".variant");
        }
        return names;
    }

    private static boolean isDeployed(ArtifactEntry artifact) {
        return artifact.holdsFirstDisk() && OutputFormats.isDeployed(artifact.format());
    }

    /** Looks at all of this image; gives the digests that manifest and sidecars note, by word. */
    Map<String, String> check(ArtifactEntry artifact) {
        Map<String, String> noted = new TreeMap<>(artifact.digests());
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            checkSidecar(artifact, algorithm, noted);
        }
        if (isDeployed(artifact) && !images.isRenamed(artifact)) {
            String name = artifact.file();
            Path file = images.of(artifact);
            checkText(file.resolveSibling(name + ".meta"), MetaFile.text(manifest.properties(), artifact.format()));
            checkText(
                    file.resolveSibling(name + ".variant"),
                    VariantFile.text(name, artifact.format(), manifest.properties()));
        }
        return noted;
    }

    /**
     * Notes what a sidecar says, and finds fault where it contradicts the manifest. Beside an image with another name, there need be none, and it
     * may speak of either name.
     */
    private void checkSidecar(ArtifactEntry artifact, DigestAlgorithm algorithm, Map<String, String> noted) {
        Path file = images.of(artifact);
        boolean isRenamed = images.isRenamed(artifact);
        Path sidecar = file.resolveSibling(file.getFileName() + "." + algorithm.sidecarExtension());
        if (!Files.exists(sidecar)) {
            if (noted.containsKey(algorithm.word()) && !isRenamed) {
                findings.add(sidecar.getFileName() + " is missing.");
            }
            return;
        }
        String digest = firstWord(sidecar);
        if (!names(sidecar, String.valueOf(file.getFileName())) && !(isRenamed && names(sidecar, artifact.file()))) {
            findings.add(sidecar.getFileName() + " speaks of another file.");
        }
        String known = noted.putIfAbsent(algorithm.word(), digest);
        if (known != null && !known.equals(digest)) {
            findings.add(sidecar.getFileName() + " says " + digest + ", the manifest says " + known + ".");
        }
    }

    private void checkText(Path file, String text) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (!Files.exists(file)) {
                findings.add(file.getFileName() + " is missing.");
            } else if (Files.size(file) != expected.length || !Arrays.equals(Files.readAllBytes(file), expected)) {
                findings.add(file.getFileName() + " is not what was built with the image.");
            }
        } catch (IOException failure) {
            throw StoredImage.unreadable(file, failure);
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
            throw StoredImage.unreadable(sidecar, failure);
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
            throw StoredImage.unreadable(sidecar, failure);
        }
    }
}
