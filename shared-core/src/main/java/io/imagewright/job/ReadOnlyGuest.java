package io.imagewright.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.contents.Contents;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Recognition;

/**
 * What becomes of a guest that can be looked at, but not changed, a BSD on UFS: inspection reports its facts; all else is refused, or, when the user allows it,
 * takes the medium as it is, with the facts among its properties.
 */
final class ReadOnlyGuest {

    private static final Map<String, String> NAMES =
            Map.of("freebsd", "FreeBSD", "netbsd", "NetBSD", "openbsd", "OpenBSD");

    private final OpenedJob open;
    private final GuestSysprep sysprep;
    private final MediumAsItIs asItIs;

    ReadOnlyGuest(OpenedJob open, GuestSysprep sysprep, MediumAsItIs asItIs) {
        this.open = open;
        this.sysprep = sysprep;
        this.asItIs = asItIs;
    }

    /** Does what the job is for. */
    GuestReport take(Engine engine, Medium.ReadOnly found) throws IOException {
        Seen seen = look(engine, found.mounts());
        Facts facts = seen.facts();
        Recognition.Unsupported unsupported = unsupported(facts);
        if (open.job().description().allowUnsupported()) {
            return asItIs.take(unsupported, facts);
        }
        GuestJob.Purpose purpose = open.job().purpose();
        if (purpose != GuestJob.Purpose.INSPECT && purpose != GuestJob.Purpose.CONTENTS) {
            throw unsupported.refusal();
        }
        Message warning = Message.of(
                unsupported.reason() + " (" + unsupported.detail() + "): it can be inspected, but not built. ",
                unsupported.next());
        open.steps().warn(warning);
        return new Reports(open.disks(), sysprep, open.now())
                .inspection(warned(facts, warning.toString()), seen.contents());
    }

    private record Seen(Facts facts, Contents contents) {}

    private Seen look(Engine engine, List<Mount> mounts) throws IOException {
        try (Guest guest = engine.open(mounts, false)) {
            return new Seen(open.facts(engine, guest, mounts), new GuestListing(open).list(guest));
        }
    }

    /** The first reason is snf-image-creator's, reference 1.4, whose deployment changes no other FreeBSD either. */
    private Recognition.Unsupported unsupported(Facts facts) {
        String kind = open.disks().first().table().kind();
        String name = NAMES.getOrDefault(facts.osFamily(), facts.product());
        Message next = Message.of(
                "Prepare the guest from within before its disk is taken, and set ",
                SettingName.ALLOW_UNSUPPORTED.to("true"),
                " to take the medium as it is, without sysprep and shrink, with the facts as its properties.");
        return facts.osFamily().equals("freebsd") && !kind.equals("gpt")
                ? new Recognition.Unsupported(
                        "On FreeBSD only GUID partition tables are supported",
                        "the partition table of " + facts.product() + " is " + kind,
                        next)
                : new Recognition.Unsupported(
                        name + " guests cannot be changed",
                        facts.product() + " lies on UFS, which Linux reads but does not write",
                        next);
    }

    private static Facts warned(Facts facts, String warning) {
        List<String> warnings = new ArrayList<>(facts.warnings());
        warnings.add(warning);
        return facts.with(facts.properties(), warnings);
    }
}
