package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.contents.Contents;
import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.disk.Piece;
import io.imagewright.exec.Exec;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Inspector;
import io.imagewright.progress.Steps;
import org.jspecify.annotations.Nullable;

/** Takes disks as they are, every byte of them. */
final class WholeDisks {

    private final GuestJob job;
    private final WorkingDisks disks;
    private final Exec exec;
    private final Steps steps;

    WholeDisks(GuestJob job, WorkingDisks disks, Exec exec, Steps steps) {
        this.job = job;
        this.disks = disks;
        this.exec = exec;
        this.steps = steps;
    }

    /**
     * The disks as they are written.
     *
     * @param outcomes of the operations, all of which were skipped
     */
    GuestReport take(Facts facts, List<GuestReport.Outcome> outcomes, Reports reports) throws IOException {
        return take(new FinishedGuest.Found(facts, Contents.NONE, null), outcomes, reports);
    }

    /**
     * The disks as they are written, of whose guest nothing is known.
     *
     * @param tree of its files; null when nobody asked for it
     */
    GuestReport convert(@Nullable Path tree, Reports reports) throws IOException {
        WorkingDisk first = disks.first();
        Facts facts = Facts.NONE.with(Inspector.mediumProperties(first.table().kind(), first.firstSector()), List.of());
        return take(new FinishedGuest.Found(facts, Contents.NONE, tree), List.of(), reports);
    }

    private GuestReport take(FinishedGuest.Found found, List<GuestReport.Outcome> outcomes, Reports reports)
            throws IOException {
        PartitionDumps.refuse(job);
        requireSpace();
        List<SourceDigest> digests = digests();
        List<DiskAssembly.Finished> finished = steps.run("copy", step -> {
            List<DiskAssembly.Finished> whole = new ArrayList<>();
            for (WorkingDisk disk : disks.all()) {
                Piece piece = new Piece(0, disk.size(), disk.beginning(disk.size()), 0);
                whole.add(new DiskAssembly.Finished(disk, disk.table(), new DiskLayout(disk.size(), List.of(piece))));
            }
            return whole;
        });
        Map<String, String> tools = ToolVersions.read(exec, disks.sources(), job.programs());
        return reports.build(
                found,
                outcomes,
                finished,
                "",
                digests.stream().map(SourceDigest::await).toList(),
                tools);
    }

    private void requireSpace() throws IOException {
        long copies = 0;
        long output = 0;
        for (WorkingDisk disk : disks.all()) {
            if (disk.isRaw()) {
                output += everything(disk).stream().mapToLong(Extent::length).sum();
            } else {
                copies += disk.source().copySize();
                output += disk.source().copySize();
            }
        }
        FreeSpace.require(
                job.directories().work(),
                copies,
                job.directories().output(),
                output * job.outputs().filesOfADisk());
    }

    /** Of each disk as a whole, as all of it is in the output. */
    List<SourceDigest> digests() throws IOException {
        List<SourceDigest> digests = new ArrayList<>();
        for (WorkingDisk disk : disks.all()) {
            digests.add(SourceDigest.start(disk.source(), everything(disk), DigestMemory.of(job)));
        }
        return digests;
    }

    private static List<Extent> everything(WorkingDisk disk) throws IOException {
        return disk.isRaw()
                ? disk.allData(new Volume(0, "", "", "", "", "", 0, disk.size()))
                : List.of(new Extent(0, disk.source().storedSize()));
    }
}
