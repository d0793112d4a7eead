package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Secrets by which a new machine may join a service or cluster by itself: some images are made for just that, so this is off. */
public final class EnrolmentSecrets implements LinuxOperation, Deletion {

    private static final Pattern SETTING =
            Pattern.compile("[ \t]*(?:(?:agent-)?token[ \t]*:|registration_key[ \t]*=).*");

    private static final SettingsEdit SETTINGS = new SettingsEdit(
            List.of("etc/landscape/client.conf", "etc/rancher/*/config.yaml", "etc/rancher/*/config.yaml.d/*.yaml"),
            line -> SETTING.matcher(line).matches(),
            UnaryOperator.identity());

    @Override
    public String name() {
        return "enrolment-secrets";
    }

    @Override
    public String description() {
        return "Deletes the secrets by which new machines join a service or a cluster by themselves.";
    }

    @Override
    public String effect() {
        return Deletion.super.effect() + " Removes the lines `token`, `agent-token` and `registration_key` of "
                + SETTINGS.places() + ".";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public String keptWhenOff() {
        return "secrets by which machines join a service or a cluster";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "etc/ceph/*.keyring",
                        "etc/chef/validation.pem",
                        "etc/chef/encrypted_data_bag_secret",
                        "etc/cinc/validation.pem",
                        "etc/corosync/authkey",
                        "etc/munge/munge.key",
                        "etc/pacemaker/authkey",
                        "etc/puppet/csr_attributes.yaml",
                        "etc/puppetlabs/puppet/csr_attributes.yaml",
                        "etc/systemd/system/k3s*.service.env",
                        "var/ossec/etc/authd.pass")
                .scrubbed());
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>(Deletion.super.plan(context));
        changes.addAll(SettingsEdit.plan(context, List.of(SETTINGS)));
        return changes;
    }
}
