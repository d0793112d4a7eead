package io.imagewright.job;

import io.imagewright.guest.Volume;

/** Why an engine serves a job. */
sealed interface EngineReason {

    /** As in "engine libguestfs, as ...". */
    String describe();

    /** The user names it. */
    record AskedFor() implements EngineReason {
        @Override
        public String describe() {
            return "it is asked for";
        }
    }

    /** Nothing that the job does needs another. */
    record Suffices() implements EngineReason {
        @Override
        public String describe() {
            return "it serves all of the guest's file systems";
        }
    }

    /** Something needs the guest mounted; {@code need} is a clause. */
    record NeedsMount(String need) implements EngineReason {
        @Override
        public String describe() {
            return need;
        }
    }

    /** A feature of ext2/3/4 that only the kernel edits. */
    record Feature(Volume volume, String name) implements EngineReason {
        @Override
        public String describe() {
            return volume.describe() + " uses the feature " + name + ", which the engine direct does not serve";
        }
    }

    /** A loader entry with the one id of all machines. */
    record MachineIdOnFat(Volume volume) implements EngineReason {
        @Override
        public String describe() {
            return volume.describe()
                    + " (vfat) holds a kernel command line with systemd.machine_id=, and the engine direct changes no"
                    + " files on FAT";
        }
    }

    /** Not ext2/3/4. */
    record OtherFileSystem(Volume volume) implements EngineReason {
        @Override
        public String describe() {
            return volume.describe() + " is " + volume.type()
                    + ", and the engine direct serves ext2, ext3 and ext4 only";
        }
    }
}
