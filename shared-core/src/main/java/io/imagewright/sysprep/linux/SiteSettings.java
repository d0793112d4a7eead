package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Removal;

/** Settings that fit the host and the network at which the source ran; another place may have the same ones, so this is off. */
public final class SiteSettings implements LinuxOperation {

    private static final Pattern RESOLVER =
            Pattern.compile("[ \t]*(?:(?:search|domain)[ \t].*|nameserver[ \t]++(?!127\\.|::1\\b).*)");

    private static final Pattern APT_PROXY =
            Pattern.compile("(?i)[ \t]*Acquire::(?:https?|ftp)(?:::[^ \t]+)?::Proxy[ \t].*");

    private static final Pattern MAIL_NAME =
            Pattern.compile("[ \t]*(?:myhostname|mydomain)[ \t]*=.*|[ \t]*myorigin[ \t]*=[ \t]*/etc/mailname[ \t]*");

    private static final Removal MAILNAME = Removal.of("etc/mailname").onlyFiles();

    private static final List<SettingsEdit> EDITS = List.of(
            without(RESOLVER, "etc/resolv.conf"),
            without(APT_PROXY, "etc/apt/apt.conf", "etc/apt/apt.conf.d/*"),
            without(MAIL_NAME, "etc/postfix/main.cf"));

    private static SettingsEdit without(Pattern lines, String... files) {
        return new SettingsEdit(List.of(files), line -> lines.matcher(line).matches(), UnaryOperator.identity());
    }

    @Override
    public String name() {
        return "site-settings";
    }

    @Override
    public String description() {
        return "Removes settings of the host and network at which the source ran: mail name, name servers, apt's proxy.";
    }

    @Override
    public String effect() {
        return MAILNAME.effect() + " Removes the lines `myhostname`, `mydomain` and `myorigin = /etc/mailname` of "
                + "`/etc/postfix/main.cf`; `nameserver` (but not this machine's own), `search` and `domain` of "
                + "`/etc/resolv.conf`; `Acquire::http::Proxy` and those of other protocols of `/etc/apt/apt.conf` and "
                + "`/etc/apt/apt.conf.d/*`.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public String keptWhenOff() {
        return "settings of the host and network at which the source ran";
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>(MAILNAME.plan(context));
        changes.addAll(SettingsEdit.plan(context, EDITS));
        return changes;
    }
}
