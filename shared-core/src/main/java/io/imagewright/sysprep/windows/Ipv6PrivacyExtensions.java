package io.imagewright.sysprep.windows;

import java.util.List;

/** Gives IPv6 addresses that follow from the network card's, as servers want them. netsh keeps these settings in a form of its own. */
public final class Ipv6PrivacyExtensions implements FirstBootOperation {

    @Override
    public String name() {
        return "disable-ipv6-privacy-extensions";
    }

    @Override
    public String description() {
        return "Turns IPv6 privacy extensions off.";
    }

    @Override
    public List<String> commands() {
        return List.of(
                "netsh interface ipv6 set global randomizeidentifiers=disabled store=persistent",
                "netsh interface ipv6 set privacy state=disabled store=persistent");
    }
}
