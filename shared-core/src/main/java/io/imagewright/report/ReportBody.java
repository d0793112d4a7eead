package io.imagewright.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.imagewright.contents.DirectorySize;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ContentSummary;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.markup.Markup;
import io.imagewright.progress.ByteCount;
import io.imagewright.report.Table.Column;

/** The parts of the page, in their order. A part whose figures are missing says so in a sentence. */
final class ReportBody {

    /** Of an operation; the manifest has more. */
    private static final int MOST_PLACES = 5;

    private final ImageReport report;
    private final ImageManifest manifest;
    private final Markup html = new Markup();

    ReportBody(ImageReport report) {
        this.report = report;
        this.manifest = report.manifest();
    }

    String html() {
        html.open("div", "class", "pair").line();
        sizes();
        durations();
        html.close("div").line();
        tree();
        partitions();
        operations();
        packages();
        files();
        html.open("div", "class", "pair").line();
        facts();
        origin();
        html.close("div").line();
        return html.toString();
    }

    private void begin(String id, String title) {
        html.open("section", "id", id).element("h2", title).line();
    }

    private void end() {
        html.close("section").line();
    }

    private void note(String sentence) {
        html.element("p", sentence, "class", "note").line();
    }

    private void sizes() {
        begin("sizes", "Before and after");
        html.raw(ReportPictures.sizes(manifest, report.build()));
        if (report.build() == null) {
            note(report.withoutBuild() + " The size of the source is not known.");
        }
        end();
    }

    private void durations() {
        begin("durations", "Time");
        BuildRecord build = report.build();
        if (build == null) {
            note(report.withoutBuild());
        } else {
            html.raw(ReportPictures.durations(build));
            int cores = build.host().cores();
            note("All of it took " + ReportPictures.seconds(build.seconds()) + " on " + cores
                    + (cores == 1 ? " core, " : " cores, ") + build.host().architecture() + ".");
        }
        end();
    }

    private void tree() {
        begin("tree", "Where the bytes lie");
        DirectorySize tree = report.tree();
        List<DirectorySize> directories = tree.children();
        if (directories.isEmpty()) {
            note(report.build() == null ? report.withoutBuild() : "The build did not look into the tree.");
        } else {
            html.raw(ReportPictures.treemap(tree));
            html.open("details").element("summary", "The same as a table").line();
            Table table = new Table(
                    "",
                    "Directories of the root",
                    List.of("Directory", "Size", "Files"),
                    List.of(Column.CODE, Column.NUMBER, Column.NUMBER));
            directories.stream()
                    .limit(100)
                    .forEach(directory ->
                            table.row("/" + directory.name(), bytes(directory.bytes()), known(directory.files())));
            html.raw(table.toString()).close("details").line();
        }
        end();
    }

    private void partitions() {
        begin("partitions", "Partitions");
        List<Disk> disks = Disk.of(manifest);
        List<String> fileSystems = PartitionPicture.fileSystems(disks);
        if (disks.isEmpty()) {
            note("The manifest names no disk.");
        }
        for (Disk disk : disks) {
            String name = disks.size() > 1 ? "Disk " + disk.number() : "The disk";
            if (disks.size() > 1) {
                html.element("h3", name).line();
            }
            html.raw(PartitionPicture.of(disk, fileSystems));
            html.raw(PartitionReport.of(name, disk, fileSystems));
        }
        end();
    }

    private void operations() {
        begin("operations", "What was changed");
        List<ImageManifest.OperationEntry> done = manifest.operations().stream()
                .filter(operation -> operation.changes() > 0)
                .toList();
        if (done.isEmpty()) {
            note("Nothing was changed in the guest.");
        } else {
            Table table = new Table(
                    "",
                    "Operations that found something to change",
                    List.of("Operation", "Changes", "Freed", "Took away", "Most of it from"),
                    List.of(Column.TEXT, Column.NUMBER, Column.NUMBER, Column.NUMBER, Column.DIGEST));
            for (ImageManifest.OperationEntry operation : done) {
                ImageManifest.RemovedEntry removed = operation.removed();
                table.row(
                        operation.name(),
                        count(operation.changes()),
                        bytes(operation.bytes()),
                        removed == null ? "" : count(removed.files()) + (removed.files() == 1 ? " file" : " files"),
                        removed == null ? "" : places(removed.paths()));
            }
            html.raw(table.toString());
        }
        int idle = manifest.operations().size() - done.size();
        if (idle > 0) {
            note(idle + (idle == 1 ? " other operation" : " other operations") + " found nothing to do.");
        }
        end();
    }

    private void packages() {
        begin("packages", "Packages");
        largest();
        List<ReportedPackage> packages = report.packages();
        if (packages == null) {
            note(report.withoutPackages());
        } else {
            Table table = new Table(
                    "packages-table",
                    "Installed packages",
                    List.of("Package", "Version", "Kind", "Licence"),
                    List.of(Column.TEXT, Column.CODE, Column.TEXT, Column.TEXT));
            packages.forEach(one -> table.row(one.name(), one.version(), one.kind(), one.licence()));
            html.raw(table.toString());
        }
        end();
    }

    private void largest() {
        ContentSummary summary = manifest.summary();
        if (summary != null && !summary.largestPackages().isEmpty()) {
            html.element("h3", "The largest").line();
            html.raw(ReportPictures.largestPackages(summary));
            html.element("h3", "All").line();
        }
    }

    private void files() {
        begin("files", "Files and checksums");
        Table files = new Table(
                "",
                "Files of the image",
                List.of("File", "Format", "Disk", "Stored"),
                List.of(Column.TEXT, Column.TEXT, Column.NUMBER, Column.NUMBER));
        Table checksums = new Table(
                "",
                "Checksums",
                List.of("File", "Algorithm", "Checksum"),
                List.of(Column.TEXT, Column.TEXT, Column.DIGEST));
        for (ArtifactEntry artifact : manifest.artifacts()) {
            String file = artifact.file();
            files.row(file, artifact.format(), bytes(artifact.virtualSize()), bytes(artifact.storedSize()));
            artifact.digests().forEach((word, digest) -> checksums.row(file, word, digest));
        }
        html.raw(files.toString()).raw(checksums.toString());
        end();
    }

    private void facts() {
        begin("facts", "Properties");
        Table table = new Table("", "Image properties", List.of("Name", "Value"), List.of(Column.TEXT, Column.TEXT));
        for (Map.Entry<String, String> property : manifest.properties().entrySet()) {
            table.row(property.getKey(), property.getValue());
        }
        html.raw(table.toString());
        end();
    }

    private void origin() {
        begin("origin", "Made from");
        Table table = new Table("", "Source and tools", List.of("What", "Which"), List.of(Column.TEXT, Column.DIGEST));
        table.row("source format", manifest.source().format());
        table.row("source sha256", manifest.source().sha256());
        manifest.source().disks().forEach(disk -> table.row("further disk sha256", disk.sha256()));
        table.row("description sha256", manifest.requestSha256());
        manifest.tools().forEach(table::row);
        html.raw(table.toString());
        end();
    }

    private static String places(List<String> paths) {
        String first = String.join(" ", paths.subList(0, Math.min(MOST_PLACES, paths.size())));
        return paths.size() > MOST_PLACES ? first + " \u2026" : first;
    }

    /** Nothing for a number that the manifest does not have. */
    private static String known(long count) {
        return count == 0 ? "" : count(count);
    }

    private static String bytes(long bytes) {
        return ByteCount.format(Math.max(0, bytes));
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
