package io.imagewright.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.imagewright.contents.DirectorySize;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.markup.Markup;
import io.imagewright.progress.ByteCount;

/** The top of the page: which image it is, and its few figures. */
final class ReportHead {

    private final ImageReport report;
    private final Markup html = new Markup();

    ReportHead(ImageReport report) {
        this.report = report;
    }

    String html() {
        ImageManifest manifest = report.manifest();
        html.open("header").line();
        html.open("h1")
                .text(manifest.name() + " ")
                .element("span", manifest.version(), "class", "version")
                .close("h1")
                .line();
        String product = manifest.facts().getOrDefault("product", "");
        if (!product.isEmpty()) {
            html.element("p", product, "class", "product").line();
        }
        html.open("dl", "class", "figures").line();
        smallest(manifest).ifPresent(this::size);
        DirectorySize tree = report.tree();
        if (tree.bytes() > 0) {
            figure(
                    "in the guest",
                    ByteCount.format(tree.bytes()),
                    String.format(Locale.ROOT, "%,d files", Math.max(0, tree.files())));
        }
        List<ReportedPackage> packages = report.packages();
        if (packages != null) {
            figure("packages", String.format(Locale.ROOT, "%,d", packages.size()), "");
        }
        BuildRecord build = report.build();
        if (build != null) {
            figure("to build", ReportPictures.seconds(build.seconds()), "");
        }
        return html.close("dl").line().close("header").line().toString();
    }

    private static Optional<ArtifactEntry> smallest(ImageManifest manifest) {
        return manifest.artifacts().stream()
                .filter(ArtifactEntry::holdsFirstDisk)
                .min(Comparator.comparingLong(ArtifactEntry::storedSize));
    }

    private void size(ArtifactEntry artifact) {
        BuildRecord build = report.build();
        String less = "";
        if (build != null
                && artifact.disk() == null
                && build.source().stored() > artifact.storedSize()
                && artifact.storedSize() >= 0) {
            double left = 100.0 * artifact.storedSize() / build.source().stored();
            less = String.format(Locale.ROOT, "%.0f %% less than its source", 100.0 - left);
        }
        figure("stored as " + artifact.format(), ByteCount.format(Math.max(0, artifact.storedSize())), less);
    }

    private void figure(String what, String figure, String more) {
        html.open("div").element("dt", what).element("dd", figure);
        if (!more.isEmpty()) {
            html.element("dd", more, "class", "more");
        }
        html.close("div").line();
    }
}
