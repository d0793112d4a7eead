package io.imagewright.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

import io.imagewright.contents.DirectorySize;
import io.imagewright.error.ImageException;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ContentSummary;
import io.imagewright.manifest.ImageManifest;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows of an image. The manifest is always there; the rest may be missing, as where an image was downloaded.
 *
 * @param build null when it is missing
 * @param withoutBuild a sentence that says why it is missing; else empty
 * @param packages null when they are not known
 * @param withoutPackages a sentence that says why they are not known; else empty
 */
record ImageReport(
        ImageManifest manifest,
        @Nullable BuildRecord build,
        String withoutBuild,
        @Nullable List<ReportedPackage> packages,
        String withoutPackages) {

    /** Of a file that a manifest may name; it lies beside the manifest. */
    private static final String PLAIN_NAME = "[A-Za-z0-9][A-Za-z0-9._+-]{0,254}";

    ImageReport {
        packages = packages == null ? null : List.copyOf(packages);
    }

    /** Takes what is there in the image's directory. */
    static ImageReport read(Path directory, ImageManifest manifest) throws IOException {
        return new ImageReport(manifest, null, "", null, "")
                .withBuildOf(directory)
                .withPackagesOf(directory);
    }

    /** Where the bytes lie; without a record of the build, as far as the manifest records them. */
    DirectorySize tree() {
        if (build != null && !build.tree().children().isEmpty()) {
            return build.tree();
        }
        ContentSummary summary = manifest.summary();
        if (summary == null) {
            return DirectorySize.NONE;
        }
        return new DirectorySize(
                "",
                summary.bytes(),
                summary.files(),
                summary.directories().entrySet().stream()
                        .map(entry -> new DirectorySize(entry.getKey(), entry.getValue(), 0, List.of()))
                        .sorted(Comparator.comparingLong(DirectorySize::bytes).reversed())
                        .toList());
    }

    private ImageReport withBuildOf(Path directory) throws IOException {
        String name = BuildRecord.fileName(manifest.name());
        Path file = directory.resolve(name);
        if (!name.matches(PLAIN_NAME) || !Files.isRegularFile(file)) {
            return withoutBuild("There is no record of the build beside the image.");
        }
        try {
            BuildRecord record = BuildRecord.read(file);
            return record.image().equals(manifest.name()) && record.version().equals(manifest.version())
                    ? new ImageReport(manifest, record, "", packages, withoutPackages)
                    : withoutBuild("The record of the build beside the image is that of another version.");
        } catch (ImageException unreadable) {
            return withoutBuild("The record of the build beside the image cannot be read.");
        }
    }

    private ImageReport withPackagesOf(Path directory) throws IOException {
        String name = manifest.sbom();
        if (name == null) {
            return withoutPackages("This image has no bill of materials.");
        }
        Path file = directory.resolve(name.matches(PLAIN_NAME) ? name : "");
        if (!Files.isRegularFile(file)) {
            return withoutPackages("The bill of materials " + name + " is not beside the image.");
        }
        try {
            return new ImageReport(manifest, build, withoutBuild, SbomReader.read(file), "");
        } catch (ImageException unreadable) {
            return withoutPackages("The bill of materials " + name + " cannot be read.");
        }
    }

    private ImageReport withoutBuild(String sentence) {
        return new ImageReport(manifest, null, sentence, packages, withoutPackages);
    }

    private ImageReport withoutPackages(String sentence) {
        return new ImageReport(manifest, build, withoutBuild, null, sentence);
    }
}
