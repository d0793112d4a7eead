package io.imagewright.sysprep;

import java.util.List;

import io.imagewright.error.Message;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;

/** What an operation sees. */
public interface OperationContext {

    /** The guest, with the changes of earlier operations already showing. */
    GuestTree guest();

    /** What inspection found. */
    Facts facts();

    /**
     * Value of a declared parameter, checked by its type; a list type gives its items, the others exactly one.
     *
     * @throws IllegalArgumentException when no operation declares it
     */
    List<String> parameter(String name);

    /** What is beside the guest's tree. */
    MediumContext surroundings();

    /**
     * Asks for another UUID of a volume, which it gets when all changes of all operations are made. The operation's changes replace the old one where the
     * guest names it.
     *
     * @param volume ext2, ext3, ext4, XFS or swap, not removed, and within the engine's reach
     * @param uuid in lower case, with hyphens
     * @throws IllegalArgumentException for another volume, or another way to write it
     */
    void setUuid(Volume volume, String uuid);

    /**
     * Asks for another id of a physical volume of LVM, and of its group, likewise.
     *
     * @param volume of one of {@link MediumContext#groups}
     * @param id as LVM writes it
     * @param group the group's, the same for all its volumes; empty when it keeps its own
     * @throws IllegalArgumentException for another volume
     */
    void setLvmId(Volume volume, String id, String group);

    /**
     * Asks for what a program must do, after all changes.
     *
     * @throws IllegalArgumentException when the engine runs none, see {@link MediumContext#hasAppliance}
     */
    void afterwards(GuestTask task);

    /** Warns the user of something that the operation met; a full sentence. */
    void warn(String message);

    /** The same where the sentence refers to settings. */
    default void warn(Message message) {
        warn(message.toString());
    }
}
