package io.imagewright.sysprep.unix;

import java.util.List;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.inspect.CloudInitService;
import io.imagewright.sysprep.OperationContext;

/** Whether cloud-init sets a guest up when it boots. */
public final class CloudInit {

    private static final List<GuestPath> PROGRAMS =
            List.of(GuestPath.of("/usr/bin/cloud-init"), GuestPath.of("/usr/local/bin/cloud-init"));

    private CloudInit() {}

    /** Whether it is installed and starts at boot. */
    public static boolean isEnabled(OperationContext context) {
        return PROGRAMS.stream()
                        .anyMatch(program ->
                                Reachable.regularFile(context, program).isPresent())
                && CloudInitService.startsAtBoot(context.guest());
    }
}
