package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.error.Suggestion;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/** {@code timezone}: makes /etc/localtime a link to the zone, see localtime(5), and names it in the files of older systems. */
record Timezone(String zone) implements Action {

    private static final GuestPath ZONES = GuestPath.of("/usr/share/zoneinfo");
    private static final GuestPath LOCALTIME = GuestPath.of("/etc/localtime");

    /** Debian's; where there is none the link is all that counts. */
    private static final GuestPath NAME = GuestPath.of("/etc/timezone");

    /** Red Hat and SUSE before systemd. */
    private static final GuestPath CLOCK = GuestPath.of("/etc/sysconfig/clock");

    private static final Pattern CLOCK_ZONE = Pattern.compile("(?m)^([ \t]*(?:ZONE|TIMEZONE)=).*$");

    /** First bytes of a zone, tzfile(5). */
    private static final String MAGIC = "TZif";

    @Override
    public List<Change> plan(Target target) {
        target.refuseWindows(Message.of(
                "set it in an answer file (",
                SettingName.parameter("unattend"),
                "), or with tzutil in a firstboot script"));
        if (target.text(ZONES.resolve(zone))
                .filter(text -> text.startsWith(MAGIC))
                .isEmpty()) {
            throw unknown(target);
        }
        List<Change> changes = new ArrayList<>(target.parents(LOCALTIME));
        String link = ".." + ZONES + "/" + zone;
        boolean isThere = target.guest()
                .readLink(LOCALTIME)
                .map(Bytes::text)
                .filter(text -> text.equals(link) || text.equals(ZONES + "/" + zone))
                .isPresent();
        if (!isThere) {
            changes.add(new Change.SymbolicLink(LOCALTIME, link));
        }
        if (target.isFile(NAME)) {
            changes.addAll(target.rewrite(NAME, zone + "\n"));
        }
        target.text(CLOCK)
                .map(text -> CLOCK_ZONE.matcher(text).replaceAll("$1\"" + zone + "\""))
                .ifPresent(text -> changes.addAll(target.rewrite(CLOCK, text)));
        return changes;
    }

    private ImageException unknown(Target target) {
        List<String> known = target.guest().walk(ZONES).stream()
                .filter(entry -> !entry.stat().isDirectory() && entry.path().depth() > ZONES.depth())
                .map(entry ->
                        entry.path().rebase(ZONES, GuestPath.ROOT).toString().substring(1))
                .filter(name -> name.matches("[A-Z][A-Za-z0-9_+/-]*"))
                .toList();
        if (known.isEmpty()) {
            return Target.refused("the guest has no time zones in " + ZONES, "Install tzdata in the guest first.");
        }
        return Target.refused(
                "the guest does not know the time zone " + zone,
                Suggestion.nearest(zone, known)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("See tzselect(8)."));
    }
}
