package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Inspector;
import io.imagewright.guest.inspect.Recognition;
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
    private final WholeDisks whole;

    MediumAsItIs(OpenedJob open, GuestSysprep sysprep) {
        this.open = open;
        this.job = open.job();
        this.disks = open.disks();
        this.sysprep = sysprep;
        this.steps = open.steps();
        this.whole = new WholeDisks(job, disks, open.exec(), steps);
    }

    /** Does what the job is for, of a medium of which nothing more is known. */
    GuestReport take(Recognition.Unsupported unsupported) throws IOException {
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
        return take(unsupported, nothing);
    }

    /**
     * Does what the job is for.
     *
     * @param found what is known of the guest
     */
    GuestReport take(Recognition.Unsupported unsupported, Facts found) throws IOException {
        Reports reports = new Reports(disks, sysprep, open.now());
        return switch (job.purpose()) {
            case BUILD -> build(unsupported, found, reports);
            case DIGEST, CONTENTS -> throw new IllegalArgumentException(job.purpose() + " does not ask for the medium");
            case CONVERT -> whole.convert(null, reports);
            case INSPECT -> reports.inspection(facts(unsupported, found));
            case PLAN -> plan(unsupported, found, reports);
        };
    }

    private GuestReport plan(Recognition.Unsupported unsupported, Facts found, Reports reports) throws IOException {
        refuseActions(unsupported);
        PartitionDumps.refuse(job);
        return reports.plan(facts(unsupported, found), sysprep.skipped(NO_SYSPREP), NO_SHRINK);
    }

    private GuestReport build(Recognition.Unsupported unsupported, Facts found, Reports reports) throws IOException {
        refuseActions(unsupported);
        Long size = job.description().size();
        if (size != null && size != disks.first().size()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    Message.of("Cannot make ", disks.first().name(), " ", size, " bytes long (", SettingName.SIZE, ")"),
                    Message.of(
                            "the medium is not supported and is taken as it is, with ",
                            disks.first().size(),
                            " bytes"),
                    Message.of("Leave out ", SettingName.SIZE, "."));
        }
        Facts facts = facts(unsupported, found);
        steps.skip("sysprep", NO_SYSPREP);
        steps.skip("shrink", NO_SHRINK);
        return whole.take(facts, sysprep.skipped(NO_SYSPREP), reports);
    }

    /** The disks without a change, and the files of a guest that was looked at. */
    GuestReport convert(Path tree, Reports reports) throws IOException {
        return whole.convert(tree, reports);
    }

    /** Of each disk as a whole, as all of it is in the output. */
    List<SourceDigest> digests() throws IOException {
        return whole.digests();
    }

    /** What a user asks for, a password among it, must not be left out. */
    private void refuseActions(Recognition.Unsupported unsupported) {
        if (!job.description().customise().isEmpty()) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot customise the guest",
                    "the medium is not supported and is taken as it is. Reason: " + unsupported.reason() + " ("
                            + unsupported.detail() + ")",
                    Message.of(
                            "Leave out ",
                            SettingName.CUSTOMISE,
                            ", or give a medium with one system that is understood."));
        }
    }

    /** What is known, and that deployment must leave the medium alone. */
    private Facts facts(Recognition.Unsupported unsupported, Facts found) {
        String warning = disks.first().name() + ": Media is not supported. Reason: " + unsupported.reason() + " ("
                + unsupported.detail() + "). It is taken as it"
                + " is: free space, deleted files, keys and passwords in it stay.";
        steps.warn(warning);
        Map<String, String> properties = new TreeMap<>(found.properties());
        properties.put("UNSUPPORTED", unsupported.reason() + ".");
        properties.put("EXCLUDE_ALL_TASKS", "yes");
        List<String> warnings = new ArrayList<>(List.of(warning));
        warnings.addAll(found.warnings());
        return found.with(properties, warnings);
    }
}
