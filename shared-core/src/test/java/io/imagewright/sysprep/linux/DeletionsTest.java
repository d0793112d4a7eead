package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.MemoryTestBase;
import io.imagewright.sysprep.unix.Removal;
import io.imagewright.sysprep.unix.TestGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** Operations that are nothing but patterns: what goes, and what stays beside it. */
public class DeletionsTest extends MemoryTestBase {

    /** Paths between blanks; {@code stays} are neighbours that the operation must leave alone. */
    private record Case(String name, String goes, String stays) {

        Stream<String> going() {
            return Stream.of(goes.split(" "));
        }

        Stream<String> staying() {
            return Stream.of(stays.split(" "));
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(
                    "abrt-data",
                    "/var/spool/abrt/ccpp-1/coredump /var/spool/abrt/last-ccpp",
                    "/var/spool/abrt-upload/x"),
            new Case(
                    "agent-registrations",
                    "/var/lib/ubuntu-advantage/private/machine-token.json /var/lib/ubuntu-advantage/machine-token.json "
                            + "/etc/apt/sources.list.d/ubuntu-esm-infra.sources /var/lib/landscape/client/broker.bpickle "
                            + "/var/lib/whoopsie/whoopsie-id /etc/insights-client/machine-id /etc/insights-client/.registered "
                            + "/var/lib/amazon/ssm/registration /var/lib/amazon/ssm/Vault/Store/RegistrationKey "
                            + "/var/lib/amazon/ssm/i-0123/document/state /var/lib/amazon/ssm/mi-0123/x "
                            + "/var/lib/waagent/ovf-env.xml /var/lib/waagent/A1B2.prv /etc/salt/minion_id "
                            + "/etc/salt/pki/minion/minion.pem /etc/salt/pki/minion/minion.pub /etc/chef/client.pem "
                            + "/etc/cinc/client.pem /etc/docker/key.json /var/lib/docker/engine-id "
                            + "/var/lib/fwupd/pki/secret.key /var/lib/tailscale/tailscaled.state "
                            + "/var/lib/tailscale/files/x /var/lib/zerotier-one/identity.secret "
                            + "/var/lib/zerotier-one/identity.public /var/lib/zerotier-one/authtoken.secret "
                            + "/etc/netbird/config.json /var/lib/netbird/default.json /var/lib/cloudflare-warp/reg.json "
                            + "/var/lib/teleport/host_uuid /var/lib/teleport/proc/sqlite.db "
                            + "/etc/openvswitch/system-id.conf /etc/datadog-agent/auth_token /etc/datadog-agent/ipc_cert.pem "
                            + "/var/lib/filebeat/meta.json /etc/tenable_tag /etc/qualys/hostid",
                    "/etc/waagent.conf /etc/salt/minion /etc/salt/pki/minion/minion_master.pub /etc/chef/client.rb "
                            + "/etc/chef/validation.pem /etc/docker/daemon.json /var/lib/docker/overlay2/a/diff/x "
                            + "/etc/apt/sources.list.d/ubuntu.sources /etc/landscape/client.conf "
                            + "/var/lib/zerotier-one/networks.d/1.conf /etc/openvswitch/conf.db "
                            + "/var/lib/teleport/backend/sqlite.db /etc/datadog-agent/datadog.yaml "
                            + "/var/lib/filebeat/registry/x /etc/insights-client/insights-client.conf"),
            new Case(
                    "blkid-tab",
                    "/run/blkid/blkid.tab /run/blkid.tab.old /var/run/blkid.tab /etc/blkid.tab /etc/blkid/blkid.tab.old /dev/blkid.tab",
                    "/etc/blkid.conf /run/blkid/other"),
            new Case(
                    "ca-certificates",
                    "/etc/pki/CA/certs/a.crt /etc/pki/CA/crl/a.crt /etc/pki/CA/newcerts/a.crt /etc/pki/CA/private/a.key "
                            + "/etc/pki/tls/private/localhost.key /etc/pki/tls/certs/localhost.crt",
                    "/etc/pki/tls/certs/ca-bundle.crt /etc/pki/tls/certs/ca-bundle.trust.crt /etc/pki/tls/openssl.cnf "
                            + "/etc/pki/CA/private/README /etc/pki/ca-trust/source/anchors/x.crt"),
            new Case(
                    "cleanup-cloud-init",
                    "/var/lib/cloud/instance/boot-finished /var/lib/cloud/instances/i-1/sem/config_ssh /var/lib/cloud/data/instance-id "
                            + "/var/lib/cloud/sem/config_scripts_per_once.once /var/lib/cloud/handlers/.x",
                    "/var/lib/cloud/seed/nocloud/user-data /etc/cloud/cloud.cfg /var/lib/cloudera/x"),
            new Case(
                    "cluster-membership",
                    "/etc/rancher/node/password /etc/rancher/k3s/k3s.yaml /etc/rancher/rke2/rke2.yaml "
                            + "/var/lib/rancher/k3s/server/token /var/lib/rancher/k3s/server/agent-token "
                            + "/var/lib/rancher/k3s/server/cred/passwd /var/lib/rancher/k3s/server/db/state.db "
                            + "/var/lib/rancher/rke2/server/node-token /var/lib/rancher/rke2/server/tls/etcd/peer-ca.key "
                            + "/var/lib/rancher/rke2/agent/client-kubelet.key /var/lib/rancher/k3s/agent/kubelet.kubeconfig "
                            + "/var/lib/rancher/k3s/agent/serving-kubelet.crt /etc/kubernetes/pki/ca.key "
                            + "/etc/kubernetes/pki/etcd/server.key /etc/kubernetes/admin.conf /etc/kubernetes/super-admin.conf "
                            + "/etc/kubernetes/kubelet.conf /etc/kubernetes/bootstrap-kubelet.conf "
                            + "/etc/kubernetes/controller-manager.conf /etc/kubernetes/scheduler.conf "
                            + "/etc/kubernetes/manifests/etcd.yaml /etc/kubernetes/manifests/kube-apiserver.yaml "
                            + "/var/lib/etcd/member/snap/db /var/lib/kubelet/pki/kubelet-client-current.pem "
                            + "/var/lib/k0s/pki/ca.key /var/lib/k0s/kubelet.conf /var/lib/k0s/etcd/member/wal/0.wal "
                            + "/var/lib/docker/swarm/certificates/swarm-node.key /opt/consul/node-id "
                            + "/opt/nomad/data/client/secret-id",
                    "/etc/rancher/k3s/config.yaml /etc/rancher/k3s/registries.yaml "
                            + "/var/lib/rancher/k3s/agent/images/airgap.tar /var/lib/rancher/k3s/data/current/bin/k3s "
                            + "/var/lib/rancher/k3s/server/manifests/own.yaml /var/lib/rancher/k3s/agent/containerd/x "
                            + "/etc/kubernetes/manifests/kube-vip.yaml /var/lib/etcd/default/member/wal/0.wal "
                            + "/var/lib/kubelet/config.yaml /var/lib/k0s/bin/kubelet /etc/consul.d/consul.hcl"),
            new Case(
                    "crash-data",
                    "/var/crash/202601010101/vmcore /var/crash/_usr_bin_x.1000.crash /var/log/dump/2026/dump "
                            + "/var/lib/systemd/coredump/core.x.zst /var/lib/apport/coredump/core",
                    "/var/log/dumpster /var/lib/systemd/timers/x"),
            new Case(
                    "dhcp-client-state",
                    "/var/lib/dhclient/dhclient.leases /var/lib/dhcp/dhclient.eth0.leases /var/lib/dhcpcd/duid "
                            + "/var/lib/NetworkManager/internal-1-eth0.lease /var/lib/wicked/duid.xml /etc/dhcpcd.duid",
                    "/var/lib/dhcp/dhcpd.leases /var/lib/dhcp/db/dhcpd.leases /etc/dhcpcd.conf /var/lib/NetworkManager/NetworkManager.state"),
            new Case(
                    "dhcp-server-state",
                    "/var/lib/dhcpd/dhcpd.leases~ /var/lib/dhcp/dhcpd.leases~ /var/lib/dhcp/db/dhcpd6.leases~ /var/lib/kea/kea-leases4.csv.2",
                    "/var/lib/dhcp/dhclient.leases /etc/dhcp/dhcpd.conf /var/lib/kea/keep"),
            new Case(
                    "dovecot-data",
                    "/var/lib/dovecot/ssl-parameters.dat /var/lib/dovecot/instances",
                    "/etc/dovecot/dovecot.conf /var/lib/dovecot/sieve/default.sieve"),
            new Case(
                    "enrolment-secrets",
                    "/etc/chef/validation.pem /etc/chef/encrypted_data_bag_secret /etc/cinc/validation.pem "
                            + "/etc/systemd/system/k3s.service.env /etc/systemd/system/k3s-agent.service.env "
                            + "/etc/ceph/ceph.client.admin.keyring /etc/corosync/authkey /etc/munge/munge.key "
                            + "/etc/pacemaker/authkey /etc/puppetlabs/puppet/csr_attributes.yaml "
                            + "/etc/puppet/csr_attributes.yaml /var/ossec/etc/authd.pass",
                    "/etc/ceph/ceph.conf /etc/corosync/corosync.conf /etc/chef/client.rb /etc/systemd/system/k3s.service"),
            new Case(
                    "firewall-rules",
                    "/etc/sysconfig/iptables /etc/sysconfig/ip6tables /etc/firewalld/zones/public.xml /etc/firewalld/services/a.xml",
                    "/etc/sysconfig/iptables-config /etc/firewalld/firewalld.conf"),
            new Case("hostid", "/etc/hostid", "/etc/hostname"),
            new Case(
                    "iscsi-nodes",
                    "/etc/iscsi/nodes/iqn.x/10.0.0.1,3260,1/default /etc/iscsi/send_targets/10.0.0.1,3260/st_config "
                            + "/var/lib/iscsi/nodes/iqn.y/a /var/lib/iscsi/static/a",
                    "/etc/iscsi/iscsid.conf /etc/iscsi/initiatorname.iscsi /var/lib/iscsi/lock"),
            new Case(
                    "installer-leftovers",
                    "/etc/cloud/cloud.cfg.d/99-installer.cfg /var/log/installer/autoinstall-user-data "
                            + "/var/log/installer/curtin-install-cfg.yaml /root/curtin-install-cfg.yaml "
                            + "/root/curtin-install.log /var/lib/preseed/log /root/anaconda-ks.cfg /root/original-ks.cfg",
                    "/etc/cloud/cloud.cfg.d/90_dpkg.cfg /etc/cloud/cloud-init.disabled /etc/cloud/ds-identify.cfg "
                            + "/etc/cloud/cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg /var/log/installer/syslog"),
            new Case(
                    "ipa-client",
                    "/etc/ipa/ca.crt /etc/ipa/default.conf /var/lib/ipa-client/sysrestore/sysrestore.state "
                            + "/var/lib/ipa-client/pki/kdc-ca-bundle.pem /etc/pki/ca-trust/source/ipa.p11-kit",
                    "/etc/ipa/nssdb/x /etc/pki/ca-trust/source/anchors/own.crt"),
            new Case(
                    "kerberos-data",
                    "/var/kerberos/krb5kdc/principal /var/kerberos/krb5kdc/.k5.EXAMPLE /var/lib/krb5kdc/principal.ok /etc/krb5kdc/stash",
                    "/var/kerberos/krb5kdc/kadm5.acl /var/kerberos/krb5kdc/kdc.conf /etc/krb5kdc/kdc.conf /var/kerberos/krb5/user/x"),
            new Case("kerberos-hostkeytab", "/etc/krb5.keytab", "/etc/krb5.conf"),
            new Case(
                    "lvm-system-devices",
                    "/etc/lvm/devices/system.devices /etc/lvm/devices/backup/system.devices-20260101",
                    "/etc/lvm/lvm.conf /etc/lvm/devices/my.devices"),
            new Case("nvme-host-id", "/etc/nvme/hostnqn /etc/nvme/hostid", "/etc/nvme/discovery.conf"),
            new Case(
                    "package-credentials",
                    "/etc/apt/auth.conf /etc/apt/auth.conf.d/a.conf /etc/zypp/credentials.d/SCCcredentials "
                            + "/etc/zypp/credentials.cat /var/cache/debconf/passwords.dat "
                            + "/var/cache/debconf/passwords.dat-old",
                    "/etc/apt/sources.list /etc/apt/apt.conf.d/01proxy /etc/zypp/zypp.conf /var/cache/debconf/config.dat"),
            new Case(
                    "pam-data",
                    "/run/faillock/ann /run/console/console.lock /run/sepermit/x /var/run/faillock/bob",
                    "/etc/security/faillock.conf /run/other/x"),
            new Case(
                    "passwd-backups",
                    "/etc/group- /etc/gshadow- /etc/passwd- /etc/shadow- /etc/subuid- /etc/subgid- /var/backups/shadow.bak",
                    "/etc/group /etc/gshadow /etc/passwd /etc/shadow /etc/subuid /etc/subgid /var/backups/dpkg.status.0"),
            new Case(
                    "puppet-data-log",
                    "/var/log/puppet/http.log /var/lib/puppet/ssl/private_keys/a.pem /var/lib/puppet/state/state.yaml "
                            + "/etc/puppetlabs/puppet/ssl/certs/a.pem /etc/puppetlabs/puppet/ssl/private_keys/h.pem "
                            + "/opt/puppetlabs/puppet/cache/client_data/catalog/h.json /opt/puppetlabs/puppet/cache/x",
                    "/etc/puppetlabs/puppet/puppet.conf /var/lib/puppet/file /opt/puppetlabs/puppet/bin/puppet"),
            new Case(
                    "remove-networkmanager-system-connections",
                    "/etc/NetworkManager/system-connections/home.nmconnection /etc/NetworkManager/system-connections/old "
                            + "/var/lib/NetworkManager/secret_key /var/lib/NetworkManager/timestamps /etc/netplan/90-NM-1.yaml",
                    "/etc/NetworkManager/NetworkManager.conf /etc/NetworkManager/system-connections/dir/x"),
            new Case(
                    "remove-persistent-net-rules",
                    "/etc/udev/rules.d/70-persistent-net.rules /etc/udev/rules.d/z25_persistent-net.rules",
                    "/etc/udev/rules.d/70-persistent-cd.rules /etc/udev/rules.d/70-x.rules"),
            new Case(
                    "remove-random-seed",
                    "/var/lib/systemd/random-seed /var/lib/urandom/random-seed /var/lib/random-seed /var/lib/misc/random-seed "
                            + "/etc/random-seed /var/lib/seedrng/seed.credit /boot/loader/random-seed /boot/efi/loader/random-seed",
                    "/boot/loader/loader.conf /var/lib/systemd/x /var/lib/misc/y"),
            new Case(
                    "rh-subscription-manager",
                    "/etc/pki/consumer/cert.pem /etc/pki/consumer/key.pem /etc/pki/entitlement/1-key.pem",
                    "/etc/rhsm/rhsm.conf /etc/pki/product/69.pem"),
            new Case(
                    "rhn-systemid",
                    "/etc/sysconfig/rhn/systemid /etc/sysconfig/rhn/osad-auth.conf",
                    "/etc/sysconfig/rhn/up2date"),
            new Case(
                    "rpm-db",
                    "/var/lib/rpm/__db.001 /usr/lib/sysimage/rpm/__db.002",
                    "/var/lib/rpm/Packages /var/lib/rpm/rpmdb.sqlite"),
            new Case(
                    "samba-db-log",
                    "/var/log/samba/log.smbd /var/log/samba/old/log.nmbd /var/lib/samba/account_policy.tdb /var/lib/samba/private/secrets.tdb",
                    "/etc/samba/smb.conf /var/lib/samba/usershares/a/b"),
            new Case("smolt-uuid", "/etc/sysconfig/hw-uuid /etc/smolt/uuid /etc/smolt/hw-uuid", "/etc/smolt/config.py"),
            new Case(
                    "sssd-db-log",
                    "/var/log/sssd/sssd.log /var/lib/sss/db/cache_x.ldb /var/lib/sss/secrets/secrets.ldb",
                    "/etc/sssd/sssd.conf /var/lib/sss/mc/passwd"),
            new Case("utmp", "/run/utmp /var/run/utmp", "/run/utmpx /var/log/utmp"),
            new Case("yum-uuid", "/var/lib/yum/uuid", "/var/lib/yum/history/x"));

    private static final List<Deletion> DELETIONS = ServiceLoader.load(Operation.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(Deletion.class::isInstance)
            .map(Deletion.class::cast)
            .sorted(Comparator.comparing(Operation::name))
            .toList();

    @Test
    public void deletesWhatItMust_andLeavesTheNeighbours() throws IOException {
        for (Case test : CASES) {
            try (TestGuest other = guestOf(test)) {
                other.apply(operation(test.name()));
                test.going().forEach(path -> assertFalse(test.name() + " left " + path, other.has(path)));
                test.staying().forEach(path -> assertTrue(test.name() + " took " + path, other.has(path)));
                assertEquals(test.name(), List.of(), other.warnings);
            }
        }
    }

    @Test
    public void everyDeletionHasACase() {
        TreeSet<String> names = new TreeSet<>(CASES.stream().map(Case::name).toList());
        names.addAll(List.of("multipath-bindings", "pacct-log")); // which empty
        assertEquals(List.copyOf(names), DELETIONS.stream().map(Operation::name).toList());
    }

    @Test
    public void overwrites_secretsOnly() throws IOException {
        List<String> scrubbing = DELETIONS.stream()
                .filter(operation ->
                        operation.removals().stream().anyMatch(removal -> removal.manner() == Removal.Manner.SCRUB))
                .map(Operation::name)
                .toList();
        assertEquals(
                List.of(
                        "agent-registrations",
                        "ca-certificates",
                        "cluster-membership",
                        "enrolment-secrets",
                        "installer-leftovers",
                        "ipa-client",
                        "iscsi-nodes",
                        "kerberos-data",
                        "kerberos-hostkeytab",
                        "package-credentials",
                        "passwd-backups",
                        "puppet-data-log",
                        "remove-networkmanager-system-connections",
                        "rh-subscription-manager",
                        "rhn-systemid",
                        "samba-db-log",
                        "sssd-db-log"),
                scrubbing);
        guest.file("/etc/pki/tls/private/a.key", "k").file("/etc/pki/tls/certs/a.crt", "c");
        assertEquals(
                List.of(
                        new Change.DeleteTree(GuestPath.of("/etc/pki/tls/certs/a.crt")),
                        new Change.Scrub(GuestPath.of("/etc/pki/tls/private/a.key"))),
                guest.apply(new CaCertificates()));
    }

    @Test
    public void scrubs_whatDirectoriesHold_andKeepsDirectoriesAndLinks() throws IOException {
        guest.file("/var/lib/puppet/ssl/keys/a.pem", "k").link("/var/lib/puppet/ssl/link", "/etc/passwd");
        guest.file("/etc/passwd", "kept").directory("/var/lib/puppet/ssl/empty");
        List<Change> changes = guest.apply(new PuppetDataLog());
        assertTrue(changes.contains(new Change.Scrub(GuestPath.of("/var/lib/puppet/ssl/keys/a.pem"))));
        assertEquals(List.of("ssl", "ssl/empty", "ssl/keys", "ssl/link"), guest.below("/var/lib/puppet"));
        assertEquals("kept", guest.text("/etc/passwd"));
    }

    @Test
    public void empties_whereTheFileMustStay() throws IOException {
        guest.file("/var/account/pacct", "x")
                .file("/var/log/account/pacct", "x")
                .file("/var/log/account/other", "x");
        guest.apply(new PacctLog());
        assertEquals("", guest.text("/var/account/pacct"));
        assertEquals("", guest.text("/var/log/account/pacct"));
        assertEquals("x", guest.text("/var/log/account/other"));
    }

    @Test
    public void empties_theKeysOfAnAgentThatEnrolsWhereThereAreNone() throws IOException {
        guest.file("/var/ossec/etc/client.keys", "001 host any KEY").file("/var/ossec/etc/ossec.conf", "x");
        guest.apply(new AgentRegistrations());
        assertEquals("", guest.text("/var/ossec/etc/client.keys"));
        assertEquals("x", guest.text("/var/ossec/etc/ossec.conf"));
    }

    @Test
    public void empties_leasesWithoutWhichTheServerDoesNotStart() throws IOException {
        guest.file("/var/lib/dhcpd/dhcpd.leases", "lease").file("/var/lib/dhcp/dhcpd6.leases", "lease");
        guest.file("/var/lib/dhcp/db/dhcpd.leases", "lease").file("/var/lib/dhcp/dhclient.leases", "lease");
        guest.apply(new DhcpServerState());
        assertEquals("", guest.text("/var/lib/dhcpd/dhcpd.leases"));
        assertEquals("", guest.text("/var/lib/dhcp/dhcpd6.leases"));
        assertEquals("", guest.text("/var/lib/dhcp/db/dhcpd.leases"));
        assertEquals("lease", guest.text("/var/lib/dhcp/dhclient.leases"));
    }

    @Test
    public void keeps_theLinkThatIsNoCache() throws IOException {
        guest.link("/etc/blkid.tab", "/dev/.blkid.tab");
        assertEquals(List.of(), guest.apply(new BlkidTab()));
    }

    @Test
    public void knows_runUnderItsOldName() throws IOException {
        guest.link("/var/run", "/run").file("/run/utmp", "x").file("/run/faillock/ann", "x");
        assertEquals(1, guest.apply(new Utmp()).size());
        assertEquals(1, guest.apply(new PamData()).size());
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void saysNothing_ofFedorasDatabaseInUsr() throws IOException {
        guest.link("/var/lib/rpm", "../../usr/lib/sysimage/rpm").file("/usr/lib/sysimage/rpm/rpmdb.sqlite", "x");
        assertEquals(List.of(), guest.apply(new RpmDb()));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void deletes_namesThatAreNoText() throws IOException {
        guest.directory("/var/crash");
        guest.file(GuestPath.of("/var/crash").child("new\nline"))
                .file(GuestPath.of("/var/crash").child(new byte[] {(byte) 0xff, '*'}));
        assertEquals(2, guest.apply(new CrashData()).size());
        assertEquals(List.of(), guest.below("/var/crash"));
    }

    @Test
    public void doesNothing_whereNothingIs() throws IOException {
        guest.directory("/etc").directory("/var/lib");
        for (Operation operation : DELETIONS) {
            assertEquals(operation.name(), List.of(), guest.apply(operation));
        }
        assertEquals(List.of(), guest.warnings);
    }

    /** Every directory that a pattern names is a link into the system, which holds a match. */
    @Test
    public void followsNoLinkIntoTheSystem() throws IOException {
        for (Deletion operation : DELETIONS) {
            for (Removal removal : operation.removals()) {
                for (String pattern : removal.patterns()) {
                    staysOutOfTheSystem(operation, Path.of("/", pattern.replace("*", "a")));
                }
            }
        }
    }

    private void staysOutOfTheSystem(Operation operation, Path match) throws IOException {
        Path directory = match.getParent();
        if (directory == null || directory.getNameCount() < 2) {
            return; // /etc itself
        }
        Path name = match.getFileName();
        GuestPath link = GuestPath.of(directory.toString());
        for (String target : List.of("/bin/tools", directory.getFileName().toString())) {
            try (TestGuest other = new TestGuest(folder.newFolder().toPath()).inMemory()) {
                other.link(directory.toString(), target).file("/bin/tools/" + name, "kept");
                // the link itself may be what another of its patterns deletes
                other.apply(operation).forEach(change -> assertEquals(operation.name(), link, change.path()));
                assertEquals(operation.name() + " " + match, "kept", other.text("/bin/tools/" + name));
                assertFalse(operation.name() + " " + match, other.warnings.isEmpty());
            }
        }
    }

    private TestGuest guestOf(Case test) throws IOException {
        TestGuest other = new TestGuest(folder.newFolder().toPath()).inMemory();
        for (String path : Stream.concat(test.going(), test.staying()).toList()) {
            other.file(path, "x");
        }
        return other;
    }

    private static Operation operation(String name) {
        return DELETIONS.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no operation " + name));
    }
}
