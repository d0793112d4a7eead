package io.imagewright.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.disk.Piece;
import io.imagewright.disk.SourceImage;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Exec;
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

    private final GuestJob job;
    private final SourceImage source;
    private final WorkingDisk disk;
    private final GuestSysprep sysprep;
    private final Steps steps;
    private final Recognition.Unsupported why;

    MediumAsItIs(
            GuestJob job,
            SourceImage source,
            WorkingDisk disk,
            GuestSysprep sysprep,
            Steps steps,
            Recognition.Unsupported why) {
        this.job = job;
        this.source = source;
        this.disk = disk;
        this.sysprep = sysprep;
        this.steps = steps;
        this.why = why;
    }

    GuestReport inspection(Reports reports) throws IOException {
        return reports.inspection(facts());
    }

    GuestReport plan(Reports reports) throws IOException {
        refuseActions();
        return reports.plan(facts(), sysprep.skipped(NO_SYSPREP), NO_SHRINK);
    }

    GuestReport build(Reports reports, DigestMemory memory, Exec exec) throws IOException {
        refuseActions();
        Long size = job.size();
        if (size != null && size != disk.size()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot make the disk " + size + " bytes long (size)",
                    "the medium is not supported and is taken as it is, with " + disk.size() + " bytes",
                    "Leave size out.");
        }
        Facts facts = facts();
        steps.skip("sysprep", NO_SYSPREP);
        steps.skip("shrink", NO_SHRINK);
        long bytes = everything().stream().mapToLong(Extent::length).sum();
        FreeSpace.require(
                job.workDirectory(), source.isRaw() ? 0 : bytes, job.outputDirectory(), bytes * job.outputs());
        SourceDigest digest = digest(memory);
        Path file = steps.run("copy", step -> disk.beginning(disk.size()));
        return reports.build(
                facts,
                sysprep.skipped(NO_SYSPREP),
                disk.table(),
                new DiskLayout(disk.size(), List.of(new Piece(0, disk.size(), file, 0))),
                "",
                digest.await(),
                ToolVersions.read(exec, !source.isRaw()));
    }

    /** What a user asks for, a password among it, must not be left out. */
    private void refuseActions() {
        if (!job.customise().isEmpty()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot customise the guest",
                    "the medium is not supported and is taken as it is. Reason: " + why.reason() + " (" + why.detail()
                            + ")",
                    "Leave customise out, or give a medium with one system that is understood.");
        }
    }

    /** Of the whole medium, as all of it is in the output. */
    SourceDigest digest(DigestMemory memory) throws IOException {
        return SourceDigest.start(source, everything(), memory);
    }

    private List<Extent> everything() throws IOException {
        return source.isRaw()
                ? disk.allData(new Volume(0, "", "", "", "", "", 0, disk.size()))
                : List.of(new Extent(0, source.storedSize()));
    }

    /** What can be told without understanding the medium. */
    private Facts facts() throws IOException {
        String warning = "Media is not supported. Reason: " + why.reason() + " (" + why.detail()
                + "). It is taken as it" + " is: free space, deleted files, keys and passwords in it stay.";
        steps.warn(warning);
        Map<String, String> properties = Inspector.mediumProperties(disk.table().kind(), disk.firstSector());
        properties.put("UNSUPPORTED", why.reason() + ".");
        properties.put("EXCLUDE_ALL_TASKS", "yes");
        return new Facts(
                "unsupported",
                "unsupported",
                "unsupported media",
                "",
                disk.volumes(),
                List.of(),
                properties,
                List.of(warning));
    }
}
