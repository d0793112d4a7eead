package io.imagewright.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.disk.Piece;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Facts;
import io.imagewright.guest.Inspector;
import io.imagewright.guest.Recognition;
import io.imagewright.guest.Volume;
import io.imagewright.progress.Steps;

/**
 * What becomes of a medium that is not supported when the user allows it, reference 1.4: every byte of it, without sysprep and shrink, and
 * a property that keeps deployment from touching it.
 */
final class MediumAsItIs {

    private static final String NO_SYSPREP = "System preparation is disabled for unsupported media";
    private static final String NO_SHRINK = "Shrinking is disabled for unsupported images";

    private final OpenedJob open;
    private final GuestJob job;
    private final WorkingDisks disks;
    private final GuestSysprep sysprep;
    private final Steps steps;

    MediumAsItIs(OpenedJob open, GuestSysprep sysprep) {
        this.open = open;
        this.job = open.job();
        this.disks = open.disks();
        this.sysprep = sysprep;
        this.steps = open.steps();
    }

    /** Does what the job is for, of a medium of which nothing more is known. */
    GuestReport take(Recognition.Unsupported why) throws IOException {
        Facts nothing = new Facts(
                "unsupported",
                "unsupported",
                "unsupported media",
                "",
                disks.volumes(),
                List.of(),
                Inspector.mediumProperties(
                        disks.first().table().kind(), disks.first().firstSector()),
                List.of());
        return take(why, nothing);
    }

    /**
     * Does what the job is for.
     *
     * @param found what is known of the guest
     */
    GuestReport take(Recognition.Unsupported why, Facts found) throws IOException {
        Reports reports = new Reports(disks, sysprep, open.now());
        return switch (job.purpose()) {
            case BUILD -> build(why, found, reports);
            case DIGEST -> throw new IllegalArgumentException("a digest tells nothing of the guest");
            case INSPECT -> reports.inspection(facts(why, found));
            case PLAN -> plan(why, found, reports);
        };
    }

    private GuestReport plan(Recognition.Unsupported why, Facts found, Reports reports) throws IOException {
        refuseActions(why);
        return reports.plan(facts(why, found), sysprep.skipped(NO_SYSPREP), NO_SHRINK);
    }

    private GuestReport build(Recognition.Unsupported why, Facts found, Reports reports) throws IOException {
        refuseActions(why);
        Long size = job.size();
        if (size != null && size != disks.first().size()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot make the disk " + size + " bytes long (size)",
                    "the medium is not supported and is taken as it is, with "
                            + disks.first().size() + " bytes",
                    "Leave size out.");
        }
        Facts facts = facts(why, found);
        steps.skip("sysprep", NO_SYSPREP);
        steps.skip("shrink", NO_SHRINK);
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
        return reports.build(
                facts,
                sysprep.skipped(NO_SYSPREP),
                finished,
                "",
                digests.stream().map(SourceDigest::await).toList(),
                ToolVersions.read(open.exec(), disks.sources()));
    }

    private void requireSpace() throws IOException {
        long copies = 0;
        long output = 0;
        for (WorkingDisk disk : disks.all()) {
            long bytes = everything(disk).stream().mapToLong(Extent::length).sum();
            copies += disk.isRaw() ? 0 : bytes;
            output += bytes;
        }
        FreeSpace.require(job.workDirectory(), copies, job.outputDirectory(), output * job.outputs());
    }

    /** What a user asks for, a password among it, must not be left out. */
    private void refuseActions(Recognition.Unsupported why) {
        if (!job.customise().isEmpty()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot customise the guest",
                    "the medium is not supported and is taken as it is. Reason: " + why.reason() + " (" + why.detail()
                            + ")",
                    "Leave customise out, or give a medium with one system that is understood.");
        }
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

    /** What is known, and that deployment must leave the medium alone. */
    private Facts facts(Recognition.Unsupported why, Facts found) {
        String warning = "Media is not supported. Reason: " + why.reason() + " (" + why.detail()
                + "). It is taken as it" + " is: free space, deleted files, keys and passwords in it stay.";
        steps.warn(warning);
        Map<String, String> properties = new TreeMap<>(found.properties());
        properties.put("UNSUPPORTED", why.reason() + ".");
        properties.put("EXCLUDE_ALL_TASKS", "yes");
        List<String> warnings = new ArrayList<>(List.of(warning));
        warnings.addAll(found.warnings());
        return found.with(properties, warnings);
    }
}
