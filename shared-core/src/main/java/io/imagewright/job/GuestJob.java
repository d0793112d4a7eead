package io.imagewright.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.api.Credentials;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Shrink;
import org.jspecify.annotations.Nullable;

/**
 * What the worker is asked to do: prepare a disk, or only look at it. Crosses the border as one line of JSON.
 *
 * @param disks of the guest, the first one first; relative to {@code baseDirectory}
 * @param workDirectory an empty directory for working copies, the worker's alone
 * @param outputDirectory where the finished files will be; only its free space is looked at
 * @param outputs how many files of each disk there will be while they are written
 * @param purpose how far the job goes
 * @param programs that write outputs, whose versions are reported with the others
 * @param dumps words of the formats that hold the first partition alone
 * @param engine the user's word: {@code auto}, {@code direct} or {@code libguestfs}
 * @param appliance what the engine libguestfs may use
 * @param credentials what opens the source; secret
 * @param repair whether errors of file systems are repaired in the working copy
 * @param customise actions on the guest; what they may hold of secrets crosses the border here alone
 * @param allowUnsupported whether a medium that is not understood is taken as it is
 * @param shrink how much is left free in the shrunk file system; null not to shrink
 * @param size bytes of the finished first disk; null for what its partitions need
 * @param force whether a remembered digest of the source does not count, and a source in use is read with a warning
 * @param timestamp seconds since the epoch for whatever is dated; null to take it from the source
 * @param tree whether the finished guest's files are wanted as a tar, too
 */
public record GuestJob(
        List<ImageDescription.Disk> disks,
        Path baseDirectory,
        Path workDirectory,
        Path outputDirectory,
        int outputs,
        Purpose purpose,
        List<String> programs,
        List<String> dumps,
        String engine,
        ApplianceSettings appliance,
        Credentials credentials,
        boolean repair,
        boolean allowUnsupported,
        List<String> enable,
        List<String> disable,
        Map<String, String> params,
        List<ImageDescription.Action> customise,
        @Nullable Shrink shrink,
        @Nullable Long size,
        boolean force,
        @Nullable Long timestamp,
        boolean tree) {

    /** How far a job goes. */
    public enum Purpose {
        /** Changes a working copy, all the way. */
        BUILD,
        /** Looks at the guest. */
        INSPECT,
        /** Looks at the guest, and lists its packages and all of its files. */
        CONTENTS,
        /** Finds out what a build would change, and changes nothing. */
        PLAN,
        /** Digests the source. */
        DIGEST,
        /** Takes the disks as they are, without a look at the guest. */
        CONVERT
    }

    /** Whether files of the guest are changed, or would be. */
    boolean prepares() {
        return purpose == Purpose.BUILD || purpose == Purpose.PLAN;
    }

    /** Copies the collections. */
    public GuestJob {
        disks = List.copyOf(disks);
        programs = List.copyOf(programs);
        dumps = List.copyOf(dumps);
        enable = List.copyOf(enable);
        disable = List.copyOf(disable);
        params = Map.copyOf(params);
        customise = List.copyOf(customise);
    }

    /** Without what actions hold. */
    @Override
    public String toString() {
        return "GuestJob[" + purpose + ", " + disks + "]";
    }
}
