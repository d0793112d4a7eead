package io.imagewright.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.api.Credentials;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.NewDisk;
import org.jspecify.annotations.Nullable;

/**
 * What the worker is asked to do: prepare a disk, or only look at it. Crosses the border as one line of JSON.
 *
 * @param purpose how far the job goes
 * @param description the image; what its actions hold of secrets crosses the border here alone
 * @param parameters the checked value of every parameter of the operations, by its name
 * @param directories where the job reads and writes
 * @param outputs what is made of the disks when the job is done
 * @param appliance what the engine libguestfs may use
 * @param credentials what opens the source; secret
 * @param force whether a remembered digest of the source does not count, and a source in use is read with a warning
 * @param timestamp seconds since the epoch for whatever is dated; null to take it from the source
 */
public record GuestJob(
        Purpose purpose,
        ImageDescription description,
        Map<String, List<String>> parameters,
        Directories directories,
        Outputs outputs,
        ApplianceSettings appliance,
        Credentials credentials,
        boolean force,
        @Nullable Long timestamp) {

    /**
     * Where a job reads and writes.
     *
     * @param base relative paths of the description start here
     * @param work an empty directory for working copies, the worker's alone
     * @param output where the finished files will be; only its free space is looked at
     */
    public record Directories(Path base, Path work, Path output) {}

    /**
     * What is made of the disks.
     *
     * @param filesOfADisk how many files of each disk there will be while they are written
     * @param programs that write outputs, whose versions are reported with the others
     * @param dumps words of the formats that hold the first partition alone
     * @param tree whether the finished guest's files are wanted as a tar, too
     */
    public record Outputs(int filesOfADisk, List<String> programs, List<String> dumps, boolean tree) {

        /** Nothing is written. */
        public static final Outputs NONE = new Outputs(0, List.of(), List.of(), false);

        /** Copies the lists. */
        public Outputs {
            programs = List.copyOf(programs);
            dumps = List.copyOf(dumps);
        }
    }

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

    /** Programs that have a say in the bytes: those that write outputs, and what makes the boot loader of a new disk. */
    List<String> programs() {
        NewDisk made = description.source().made();
        boolean boots = made != null && (made.boot() == null || !made.boot().isEmpty());
        return boots
                ? Stream.concat(outputs.programs().stream(), Stream.of("grub-mkimage"))
                        .toList()
                : outputs.programs();
    }

    /** Whether files of the guest are changed, or would be. */
    boolean prepares() {
        return purpose == Purpose.BUILD || purpose == Purpose.PLAN;
    }

    /** Copies the map. */
    public GuestJob {
        parameters = Map.copyOf(parameters);
    }

    /** Without what actions hold. */
    @Override
    public String toString() {
        return "GuestJob[" + purpose + ", " + description.source() + "]";
    }
}
