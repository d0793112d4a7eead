package io.imagewright.customise;

import java.util.List;

import io.imagewright.guest.Change;

/** One thing to do to the guest. Like the operations of sysprep, it reads and returns changes, and never writes. */
sealed interface Action
        permits AppendLine,
                ChangeMode,
                ChangeOwner,
                CopyIn,
                Delete,
                Edit,
                Firstboot,
                GrowRoot,
                Hostname,
                Link,
                MakeDirectory,
                Password,
                SshInject,
                Timezone,
                Upload,
                WriteText {

    /**
     * What it would change.
     *
     * @throws io.imagewright.error.ImageException when it cannot be done, for example for want of the user
     */
    List<Change> plan(Target target);

    /** The files of this machine that it reads; what they hold is part of the request. */
    default List<HostFile> hostFiles() {
        return List.of();
    }
}
