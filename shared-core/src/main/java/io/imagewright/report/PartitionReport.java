package io.imagewright.report;

import java.util.List;

import io.imagewright.manifest.ImageManifest.PartitionEntry;
import io.imagewright.markup.Markup;
import io.imagewright.progress.ByteCount;
import io.imagewright.report.Table.Column;

/** The partitions of a disk in words, with the colours that they have in its picture. */
final class PartitionReport {

    private PartitionReport() {}

    static String of(String disk, Disk of, List<String> fileSystems) {
        if (of.partitions().isEmpty()) {
            return new Markup()
                    .element("p", disk + " has no partition.", "class", "note")
                    .toString();
        }
        Table table = new Table(
                "",
                disk + ": " + ByteCount.format(of.size()),
                List.of("No.", "Start", "Size", "File system", "Label", "UUID", "Type"),
                List.of(
                        Column.TEXT,
                        Column.NUMBER,
                        Column.NUMBER,
                        Column.TEXT,
                        Column.TEXT,
                        Column.DIGEST,
                        Column.DIGEST));
        for (PartitionEntry partition : of.partitions()) {
            table.row(PartitionPicture.colour(partition, fileSystems), new String[] {
                partition.number() == 0 ? "whole disk" : Integer.toString(partition.number()),
                ByteCount.format(Disk.start(partition)),
                ByteCount.format(Math.max(0, partition.size())),
                partition.fileSystem(),
                partition.label().isEmpty() ? partition.partLabel() : partition.label(),
                partition.uuid(),
                partition.type()
            });
        }
        return table.toString();
    }
}
