package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.GuestTask;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Reachable;

/**
 * The store of trusted certificates that a guest's programs read. A program of the guest makes it of the files that the administrator put
 * in.
 */
final class CaStore {

    /** Of the Red Hat family and Arch; of Debian, openSUSE and Alpine. */
    private static final List<List<String>> MAKERS =
            List.of(List.of("/usr/bin/update-ca-trust", "extract"), List.of("/usr/sbin/update-ca-certificates"));

    /** What this adds to an operation's effect. */
    static final String EFFECT =
            " Then, with the engine libguestfs, the guest's `update-ca-trust` or `update-ca-certificates` makes the "
                    + "store of trusted certificates again; the engine direct warns that it does not.";

    private CaStore() {}

    /** Has it made again when an operation changes what it is made of. */
    static void makeAgain(OperationContext context, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        for (List<String> maker : MAKERS) {
            if (Reachable.regularFile(context, GuestPath.of(maker.get(0))).isPresent()) {
                if (context.surroundings().hasAppliance()) {
                    context.afterwards(new GuestTask.InGuest(maker, "make the store of trusted certificates again"));
                } else {
                    context.warn(Message.of(
                            "The store of trusted certificates is not made again, so programs of the guest go on to"
                                    + " trust what was deleted: the engine direct runs no program of the guest. Set ",
                            SettingName.ENGINE.to("libguestfs"),
                            ", or run " + String.join(" ", maker) + " in the guest."));
                }
                return;
            }
        }
    }
}
