package io.imagewright.sysprep.linux;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.Parameter;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** What snf-image-creator and virt-sysprep have is here, by name or alias, with their defaults. */
public class OperationsTest {

    private static final Operations OPERATIONS = Operations.load(OperationsTest.class.getClassLoader());

    /** Its Unix and Linux operations; a minus is off by default. */
    private static final String SNF_IMAGE_CREATOR = """
            cleanup-cache cleanup-tmp cleanup-log -cleanup-mail cleanup-userdata cleanup-passwords -remove-user-accounts
            fix-acpid remove-persistent-net-rules remove-swap-entry change-bootmenu-timeout use-persistent-block-device-names
            disable-ipv6-privacy-extensions disable-predictable-network-interface-naming disable-serial-console
            clear-local-machine-id-configuration-file remove-networkmanager-system-connections
            -rename-default-cloud-init-user -enable-root-in-cloud-init
            disable-teredo disable-isatap enable-pings utc clear-logs -kms-client-setup microsoft-sysprep
            """;

    private static final String VIRT_SYSPREP = """
            abrt-data backup-files bash-history blkid-tab -ca-certificates crash-data cron-spool dhcp-client-state
            dhcp-server-state dovecot-data -firewall-rules -flag-reconfiguration -fs-uuids ipa-client -kerberos-data
            kerberos-hostkeytab logfiles lvm-system-devices lvm-uuids machine-id mail-spool net-hostname net-hwaddr net-nmconn
            pacct-log package-manager-cache pam-data passwd-backups puppet-data-log rh-subscription-manager rhn-systemid
            rpm-db samba-db-log script smolt-uuid ssh-hostkeys ssh-userdir sssd-db-log tmp-files udev-persistent-net
            -user-account utmp yum-uuid zsh-history
            """;

    /** Where both tools have an operation, snf-image-creator's default counts. */
    private static final Set<String> OTHER_DEFAULT = Set.of("mail-spool");

    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("logfiles", "cleanup-log"),
            Map.entry("tmp-files", "cleanup-tmp"),
            Map.entry("mail-spool", "cleanup-mail"),
            Map.entry("package-manager-cache", "cleanup-cache"),
            Map.entry("bash-history", "cleanup-userdata"),
            Map.entry("zsh-history", "cleanup-userdata"),
            Map.entry("ssh-userdir", "cleanup-userdata"),
            Map.entry("user-account", "remove-user-accounts"),
            Map.entry("udev-persistent-net", "remove-persistent-net-rules"),
            Map.entry("machine-id", "clear-local-machine-id-configuration-file"),
            Map.entry("net-nmconn", "remove-networkmanager-system-connections"));

    /** What neither tool has. */
    private static final Set<String> OWN = Set.of(
            "agent-registrations",
            "cleanup-cloud-init",
            "cluster-membership",
            "configured-passwords",
            "dropbear-hostkeys",
            "enrolment-secrets",
            "installer-leftovers",
            "package-credentials",
            "self-signed-certificates",
            "site-settings",
            "snapd-device",
            "user-credentials",
            "user-histories",
            "remove-random-seed",
            "cleanup-error-reports",
            "cleanup-prefetch",
            "cleanup-update-downloads",
            "cleanup-windows-temp",
            "hostid",
            "install-unattend",
            "install-virtio",
            "iscsi-initiator-name",
            "iscsi-nodes",
            "multipath-bindings",
            "network-secrets",
            "nvme-host-id",
            "remove-page-files",
            "remove-shadow-copies",
            "systemd-credential-secret",
            "wifi-secrets",
            "wireguard-keys");

    @Test
    public void everyOperationOfBothTools_isHereWithItsDefault() {
        Map<String, Operation> byWord = byWord();
        for (String word : words(SNF_IMAGE_CREATOR + VIRT_SYSPREP)) {
            boolean on = !word.startsWith("-");
            String name = on ? word : word.substring(1);
            Operation operation = byWord.get(name);
            assertTrue("there is no operation " + name, operation != null);
            assertEquals(name, on != OTHER_DEFAULT.contains(name), operation.enabledByDefault());
        }
    }

    @Test
    public void nothingElseIsHere_butWhatIsListed() {
        Set<String> known = new TreeSet<>(OWN);
        words(SNF_IMAGE_CREATOR + VIRT_SYSPREP).forEach(word -> known.add(word.replaceFirst("^-", "")));
        known.removeAll(SAME.keySet());
        assertEquals(
                known, OPERATIONS.all().stream().map(Operation::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    public void sameOperations_haveTheFirstToolsNameAndTheOthersAsAlias() {
        Map<String, String> aliases = new TreeMap<>();
        OPERATIONS
                .all()
                .forEach(operation -> operation.aliases().forEach(alias -> aliases.put(alias, operation.name())));
        assertEquals(new TreeMap<>(SAME), aliases);
    }

    @Test
    public void parameters_areThoseOfTheTools() {
        Map<String, String> defaults = new TreeMap<>();
        OPERATIONS.all().stream()
                .flatMap(operation -> operation.parameters().stream())
                .forEach(parameter ->
                        defaults.put(parameter.name() + " " + parameter.type().word(), parameter.defaultValue()));
        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        Map.entry(
                                "sensitive_userdata list:string",
                                ".history,.sh_history,.bash_history,.zsh_history,.gnupg,.ssh,.kamakirc,.kamaki.history,.kamaki.log"),
                        Map.entry("bootmenu_timeout posint", "10"),
                        Map.entry("powerbtn_action string", "/sbin/shutdown -h now"),
                        Map.entry("default_user string", "user"),
                        Map.entry("remove_user_accounts list:string", ""),
                        Map.entry("virtio dir", ""),
                        Map.entry("unattend file", ""),
                        Map.entry("keep_user_accounts list:string", ""),
                        Map.entry("script list:file", ""),
                        Map.entry("fs_uuid_seed string", ""),
                        Map.entry("lvm_uuid_seed string", ""))),
                defaults);
    }

    @Test
    public void order_isByPhaseThenName() {
        List<String> names = OPERATIONS.all().stream().map(Operation::name).toList();
        // secrets in homes are overwritten before the homes go; swap goes before device names are replaced, so that no
        // line is fixed only to be removed
        assertTrue(names.indexOf("cleanup-userdata") < names.indexOf("remove-user-accounts"));
        assertTrue(names.indexOf("remove-swap-entry") < names.indexOf("use-persistent-block-device-names"));
        // others go by the ids that inspection found
        assertEquals(List.of("fs-uuids", "lvm-uuids"), names.subList(names.size() - 2, names.size()));
        assertTrue(names.indexOf("remove-networkmanager-system-connections")
                < names.indexOf("disable-predictable-network-interface-naming"));
    }

    @Test
    public void namesDescriptionsAndParameters_areFitForPeople() {
        for (Operation operation : OPERATIONS.all()) {
            assertTrue(operation.name(), operation.name().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"));
            assertTrue(operation.name(), operation.description().matches("[A-Z].*\\."));
            assertTrue(operation.name(), operation.effect().matches("(?s)[A-Z].*\\."));
            for (Parameter parameter : operation.parameters()) {
                assertTrue(parameter.name(), parameter.name().matches("[a-z][a-z_]*"));
                assertTrue(parameter.name(), parameter.description().matches("[A-Z].*\\."));
            }
        }
    }

    private static Map<String, Operation> byWord() {
        Map<String, Operation> byWord = new TreeMap<>();
        for (Operation operation : OPERATIONS.all()) {
            byWord.put(operation.name(), operation);
            operation.aliases().forEach(alias -> byWord.put(alias, operation));
        }
        return byWord;
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }
}
