package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * The ids, keys and tokens by which services on the network know this machine. Each agent registers again, or waits to be registered, when they
 * are missing; configuration stays, keys of servers that an agent trusts among it.
 */
public final class AgentRegistrations implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "agent-registrations";
    }

    @Override
    public String description() {
        return "Deletes the registrations of agents, so that no two machines are one to their services.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(
                management().scrubbed(),
                // an attached machine's sources fail without its token; `pro detach' deletes them, too
                Removal.of(
                        "etc/apt/sources.list.d/ubuntu-esm-*",
                        "etc/apt/sources.list.d/ubuntu-fips*",
                        "etc/apt/sources.list.d/ubuntu-realtime-kernel*",
                        "etc/apt/sources.list.d/ubuntu-ros*"),
                networks().scrubbed(),
                monitoring().scrubbed(),
                Removal.of("var/ossec/etc/client.keys").emptied());
    }

    private static Removal management() {
        return Removal.of(
                // Ubuntu Pro, Landscape, the error tracker
                "var/lib/ubuntu-advantage/private/*",
                "var/lib/ubuntu-advantage/machine-token.json",
                "var/lib/ubuntu-advantage/machine-id",
                "var/lib/landscape/client/*.bpickle*",
                "var/lib/whoopsie/whoopsie-id",
                // Red Hat Insights
                "etc/insights-client/machine-id",
                "etc/insights-client/.registered",
                // clouds: Amazon Systems Manager; Azure, all that `waagent -deprovision' deletes there
                "var/lib/amazon/ssm/registration",
                "var/lib/amazon/ssm/Vault/*",
                "var/lib/amazon/ssm/runtimeconfig/*",
                "var/lib/amazon/ssm/i-*",
                "var/lib/amazon/ssm/mi-*",
                "var/lib/waagent/*",
                // Salt, Chef
                "etc/salt/minion_id",
                "etc/salt/pki/minion/minion.pem",
                "etc/salt/pki/minion/minion.pub",
                "etc/chef/client.pem",
                "etc/cinc/client.pem",
                // Docker
                "etc/docker/key.json",
                "var/lib/docker/engine-id",
                "var/lib/fwupd/pki/*");
    }

    private static Removal networks() {
        return Removal.of(
                "var/lib/tailscale/*",
                "var/lib/zerotier-one/identity.*",
                "var/lib/zerotier-one/*.secret",
                "etc/netbird/config.json",
                "var/lib/netbird/*.json",
                "var/lib/cloudflare-warp/reg.json",
                "var/lib/teleport/host_uuid",
                "var/lib/teleport/proc/*",
                "etc/openvswitch/system-id.conf");
    }

    private static Removal monitoring() {
        return Removal.of(
                "etc/datadog-agent/auth_token",
                "etc/datadog-agent/ipc_cert.pem",
                "var/lib/*beat/meta.json",
                "etc/tenable_tag",
                "etc/qualys/hostid");
    }
}
