package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;

import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.unix.MemoryTestBase;
import io.imagewright.sysprep.unix.TestGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

/** Files that hold the identity of a machine: one row for each kind of file, with what an operation makes of it. */
public class IdentityFilesTest extends MemoryTestBase {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String GONE = "(deleted)";

    /**
     * @param before the content; {@code |} ends a line
     * @param after likewise, or {@link #GONE}
     * @param others paths of other files of the guest, between blanks
     * @param warning part of the one warning; empty when there is none
     */
    private record Row(String operation, String path, String before, String after, String others, String warning) {

        static Row of(String operation, String path, String before, String after) {
            return new Row(operation, path, before, after, "", "");
        }

        Row beside(String files) {
            return new Row(operation, path, before, after, files, warning);
        }

        Row warns(String part) {
            return new Row(operation, path, before, after, others, part);
        }
    }

    private static final String ROOT = "root=UUID=11111111-2222-4333-8444-555555555555";
    private static final String SET = "systemd.machine_id=" + ID;

    private static final List<Row> ROWS = List.of(
            // the kernel's command lines, in every boot loader's file
            Row.of(
                    "machine-id",
                    "/etc/default/grub",
                    "GRUB_CMDLINE_LINUX=\"" + SET + " crashkernel=auto\"|",
                    "GRUB_CMDLINE_LINUX=\"crashkernel=auto\"|"),
            Row.of(
                    "machine-id",
                    "/etc/default/grub",
                    "GRUB_CMDLINE_LINUX_DEFAULT='quiet " + SET + "'|",
                    "GRUB_CMDLINE_LINUX_DEFAULT='quiet'|"),
            Row.of("machine-id", "/etc/default/grub", "GRUB_CMDLINE_LINUX=" + SET + "|", "GRUB_CMDLINE_LINUX=|"),
            Row.of(
                    "machine-id",
                    "/etc/default/grub.d/50-x.cfg",
                    "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX " + SET + "\"|",
                    "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX\"|"),
            Row.of(
                    "machine-id",
                    "/boot/grub/grub.cfg",
                    "\tlinux /vmlinuz " + ROOT + " " + SET + " ro|",
                    "\tlinux /vmlinuz " + ROOT + " ro|"),
            Row.of(
                    "machine-id",
                    "/boot/grub2/grub.cfg",
                    "set kernelopts=\"" + ROOT + " " + SET + "\"|",
                    "set kernelopts=\"" + ROOT + "\"|"),
            Row.of(
                    "machine-id",
                    "/boot/efi/EFI/debian/grub.cfg",
                    "linuxefi /vmlinuz " + SET + "|",
                    "linuxefi /vmlinuz|"),
            Row.of(
                    "machine-id",
                    "/etc/grub.d/40_custom",
                    "exec tail -n +3 $0|linux /vmlinuz ro " + SET + "|",
                    "exec tail -n +3 $0|linux /vmlinuz ro|"),
            Row.of(
                    "machine-id",
                    "/boot/grub2/grubenv",
                    "# GRUB|kernelopts=ro " + SET + "|##",
                    "# GRUB|kernelopts=ro|##" + "#".repeat(SET.length() + 1)),
            Row.of(
                    "machine-id",
                    "/boot/loader/entries/" + ID + "-6.1.conf",
                    "title Debian|linux /vmlinuz|options " + ROOT + " " + SET + "|",
                    "title Debian|linux /vmlinuz|options " + ROOT + "|"),
            Row.of("machine-id", "/efi/loader/entries/a.conf", "options " + SET + " ro|", "options ro|"),
            Row.of("machine-id", "/boot/efi/loader/entries/a.conf", "options\t" + SET + " ro|", "options\tro|"),
            Row.of("machine-id", "/etc/kernel/cmdline", ROOT + " ro " + SET + "|", ROOT + " ro|"),
            Row.of("machine-id", "/etc/kernel/cmdline.d/a.conf", SET + " quiet|", "quiet|"),
            Row.of("machine-id", "/usr/lib/kernel/cmdline", "quiet " + SET + "|", "quiet|"),
            Row.of("machine-id", "/etc/cmdline.d/a.conf", "quiet " + SET + "|", "quiet|"),
            Row.of("machine-id", "/boot/firmware/cmdline.txt", "rootwait " + SET + " quiet|", "rootwait quiet|"),
            Row.of(
                    "machine-id",
                    "/boot/grub/menu.lst",
                    "# kopt=ro " + SET + "|kernel /vmlinuz ro " + SET + "|",
                    "# kopt=ro|kernel /vmlinuz ro|"),
            Row.of("machine-id", "/boot/extlinux/extlinux.conf", "  append " + SET + " ro|", "  append ro|"),
            Row.of("machine-id", "/boot/syslinux/syslinux.cfg", "APPEND ro " + SET + "|", "APPEND ro|"),
            Row.of("machine-id", "/syslinux/syslinux.cfg", "APPEND ro \"" + SET + "\"|", "APPEND ro|"),
            Row.of(
                    "machine-id",
                    "/etc/kernel/cmdline",
                    "ro systemd.machine_id=firmware|",
                    "ro systemd.machine_id=firmware|"),
            Row.of("machine-id", "/etc/kernel/cmdline", "ro systemd.machine_id=f00d|", "ro|"),
            // kernel-install
            Row.of(
                    "machine-id",
                    "/etc/machine-info",
                    "CHASSIS=vm|KERNEL_INSTALL_MACHINE_ID=" + ID + "|DEPLOYMENT=x|",
                    "CHASSIS=vm|DEPLOYMENT=x|"),
            Row.of("machine-id", "/etc/kernel/entry-token", ID + "|", ID + "|"),
            // storage
            Row.of(
                            "iscsi-initiator-name",
                            "/etc/iscsi/initiatorname.iscsi",
                            "## Do not|InitiatorName=iqn.1993-08.org.debian:01:187b|",
                            "GenerateName=yes|")
                    .beside("/lib/open-iscsi/startup-checks.sh"),
            Row.of(
                            "iscsi-initiator-name",
                            "/etc/iscsi/initiatorname.iscsi",
                            "InitiatorName=iqn.1994-05.com.redhat:1|",
                            GONE)
                    .beside("/usr/lib/systemd/system/iscsi-init.service"),
            Row.of(
                            "iscsi-initiator-name",
                            "/etc/iscsi/initiatorname.iscsi",
                            "InitiatorName=iqn.1994-05.com.redhat:1|",
                            GONE)
                    .warns("until `iscsi-iname' has made one"),
            Row.of("iscsi-initiator-name", "/etc/iscsi/initiatorname.iscsi", "GenerateName=yes|", "GenerateName=yes|"),
            Row.of("nvme-host-id", "/etc/nvme/hostnqn", "nqn.2014-08.org.nvmexpress:uuid:x|", GONE),
            Row.of("nvme-host-id", "/etc/nvme/hostid", "ae12b600-6b23-11e9-8000-ac1f6b7b78ea|", GONE),
            Row.of("hostid", "/etc/hostid", "\u0001\u0002\u0003\u0004", GONE),
            Row.of("multipath-bindings", "/etc/multipath/bindings", "mpatha 3600|", ""),
            Row.of("multipath-bindings", "/etc/multipath/wwids", "/3600/|", ""),
            Row.of("multipath-bindings", "/var/lib/multipath/prkeys", "0x1|", ""),
            Row.of(
                    "iscsi-nodes",
                    "/etc/iscsi/nodes/iqn.x/10.0.0.1,3260,1/default",
                    "node.session.auth.password = p|",
                    GONE),
            Row.of("iscsi-nodes", "/etc/iscsi/iscsid.conf", "node.startup = manual|", "node.startup = manual|"),
            // addresses of network cards
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "network:|  version: 2|  ethernets:|    ens160:|      dhcp4: true|      match:|        macaddress: aa:bb:cc:dd:ee:ff|      set-name: ens160|",
                    "network:|  version: 2|  ethernets:|    ens160:|      dhcp4: true|      match:|        name: \"e*\"|      set-name: ens160|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "network:|  version: 2|  ethernets:|    a: {match: {macaddress: \"aa:bb:cc:dd:ee:ff\"}, dhcp4: true}  # one|",
                    "network:|  version: 2|  ethernets:|    a: {match: {name: \"e*\"}, dhcp4: true}  # one|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "network:|  version: 2|  ethernets:|    a:|      match:|        macaddress: \"aa:bb:cc:dd:ee:ff\"  # the left port|        driver: virtio_net|      # kept|      dhcp4: true|",
                    "network:|  version: 2|  ethernets:|    a:|      match:|        driver: virtio_net|      # kept|      dhcp4: true|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "network:|  version: 2|  ethernets:|    a: {match: {name: \"en*\", macaddress: aa:bb:cc:dd:ee:ff}}|",
                    "network:|  version: 2|  ethernets:|    a: {match: {name: \"en*\"}}|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "network:|  version: 2|  ethernets:|    eth0: {match: {macaddress: aa:bb:cc:dd:ee:ff}, set-name: eth0}|    eth1: {match: {macaddress: 00:11:22:33:44:55}, set-name: eth1}|",
                    "network:|  version: 2|  ethernets:|    eth0: {match: {name: \"eth0\"}, set-name: eth0}|    eth1: {match: {name: \"eth1\"}, set-name: eth1}|"),
            Row.of(
                            "net-hwaddr",
                            "/etc/netplan/50-cloud-init.yaml",
                            "network:|  version: 2|  ethernets:|    lan: {match: {macaddress: aa:bb:cc:dd:ee:ff}}|    eth1: {}|",
                            "network:|  version: 2|  ethernets:|    lan: {match: {name: \"lan\"}}|    eth1: {}|")
                    .warns("had the interface lan found by its hardware address"),
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "network:|  version: 2|  ethernets:|    eth0:|      macaddress: aa:bb:cc:dd:ee:ff|",
                    "network:|  version: 2|  ethernets:|    eth0:|      {}|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "network:|  bonds:|    bond0:|      interfaces: [eth0]|      macaddress: aa:bb:cc:dd:ee:ff|      parameters: {mode: active-backup}|",
                    "network:|  bonds:|    bond0:|      interfaces: [eth0]|      parameters: {mode: active-backup}|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "network:|  ethernets:|    eth0: {macaddress: random}|",
                    "network:|  ethernets:|    eth0: {macaddress: random}|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "network:|  wifis:|    w: {match: {macaddress: aa:bb:cc:dd:ee:ff}}|",
                    "network:|  wifis:|    w: {match: {name: \"wl*\"}}|"),
            Row.of(
                    "net-hwaddr",
                    "/usr/lib/netplan/a.yaml",
                    "network: {ethernets: {a: {match: {macaddress: aa:bb:cc:dd:ee:ff}}}}|",
                    "network: {ethernets: {a: {match: {name: \"e*\"}}}}|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/netplan/50-cloud-init.yaml",
                    "# macaddress: aa:bb:cc:dd:ee:ff|network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|",
                    "# macaddress: aa:bb:cc:dd:ee:ff|network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|"),
            Row.of(
                            "net-hwaddr",
                            "/etc/netplan/50-cloud-init.yaml",
                            "\tnetwork:|macaddress: aa:bb:cc:dd:ee:ff|",
                            "\tnetwork:|macaddress: aa:bb:cc:dd:ee:ff|")
                    .warns("50-cloud-init.yaml keeps hardware addresses: it is no YAML"),
            Row.of(
                            "net-hwaddr",
                            "/etc/netplan/50-cloud-init.yaml",
                            "network:|  x: &a {macaddress: aa:bb:cc:dd:ee:ff}|  y: *a|",
                            "network:|  x: &a {macaddress: aa:bb:cc:dd:ee:ff}|  y: *a|")
                    .warns("keeps hardware addresses: it is no YAML"),
            Row.of(
                            "net-hwaddr",
                            "/etc/netplan/50-cloud-init.yaml",
                            "network:|  ethernets: [{macaddress: aa:bb:cc:dd:ee:ff}]|",
                            "network:|  ethernets: [{macaddress: aa:bb:cc:dd:ee:ff}]|")
                    .warns("stand where they cannot be edited"),
            Row.of(
                    "net-hwaddr",
                    "/etc/cloud/cloud.cfg.d/90-installer-network.cfg",
                    "# sub|network:|  ethernets:|    e: {match: {macaddress: aa:bb:cc:dd:ee:ff}}|",
                    "# sub|network:|  ethernets:|    e: {match: {name: \"e*\"}}|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/cloud/cloud.cfg.d/50-curtin-networking.cfg",
                    "network:|  version: 1|  config:|  - mac_address: aa:bb:cc:dd:ee:ff|    type: physical|    name: eth0|  - type: physical|    name: eth1|    mac_address: aa:bb:cc:dd:ee:ff|",
                    "network:|  version: 1|  config:|  - type: physical|    name: eth0|  - type: physical|    name: eth1|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/systemd/network/10-cloud-init-ens160.network",
                    "[Match]|MACAddress=aa:bb:cc:dd:ee:ff|Name=ens160|[Network]|DHCP=ipv4|",
                    "[Match]|Name=ens160|[Network]|DHCP=ipv4|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/systemd/network/a.network",
                    "[Match]|PermanentMACAddress=aa:bb:cc:dd:ee:ff \\|  00-11-22-33-44-55|[Network]|DHCP=yes|",
                    "[Match]|Name=e*|[Network]|DHCP=yes|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/systemd/network/a.network",
                    "[Match]|Name=eth0|[Link]|MACAddress=aabb.ccdd.eeff|MTUBytes=9000|[DHCPServerStaticLease]|MACAddress=aa:bb:cc:dd:ee:ff|",
                    "[Match]|Name=eth0|[Link]|MTUBytes=9000|[DHCPServerStaticLease]|MACAddress=aa:bb:cc:dd:ee:ff|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/systemd/network/a.network",
                    "[Match]|MACAddress=aa:bb:cc:dd:ee:ff|Type=ether|[Network]|DHCP=yes|",
                    "[Match]|Name=e*|Type=ether|[Network]|DHCP=yes|"),
            Row.of(
                            "net-hwaddr",
                            "/etc/systemd/network/a.network",
                            "[Match]|MACAddress=aa:bb:cc:dd:ee:ff|Driver=virtio_net|",
                            "[Match]|MACAddress=aa:bb:cc:dd:ee:ff|Driver=virtio_net|")
                    .beside("/etc/systemd/network/b.network")
                    .warns("a.network keeps the hardware address by which it finds"),
            Row.of(
                            "net-hwaddr",
                            "/etc/systemd/network/a.network",
                            "[Match]|MACAddress=aa:bb:cc:dd:ee:ff|",
                            "[Match]|MACAddress=aa:bb:cc:dd:ee:ff|")
                    .beside("/etc/systemd/network/b.network")
                    .warns("a.network keeps the hardware address by which it finds"),
            Row.of(
                    "net-hwaddr",
                    "/etc/systemd/network/10-persistent-net.link",
                    "[Match]|MACAddress=aa:bb:cc:dd:ee:ff|[Link]|Name=lan0|",
                    "[Match]|OriginalName=e*|[Link]|Name=lan0|"),
            Row.of(
                            "net-hwaddr",
                            "/etc/systemd/network/10-lan0.link",
                            "[Match]|MACAddress=aa:bb:cc:dd:ee:ff|[Link]|Name=lan0|",
                            GONE)
                    .beside("/etc/systemd/network/10-lan1.link")
                    .warns("10-lan0.link gave a name to the interface"),
            Row.of(
                    "net-hwaddr",
                    "/etc/systemd/network/a.link",
                    "[Match]|Type=ether|MACAddress=aa:bb:cc:dd:ee:ff|[Link]|Name=lan0|",
                    "[Match]|Type=ether|OriginalName=e*|[Link]|Name=lan0|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/systemd/network/br0.netdev",
                    "[NetDev]|Name=br0|Kind=bridge|MACAddress=aa:bb:cc:dd:ee:ff|",
                    "[NetDev]|Name=br0|Kind=bridge|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/systemd/network/br0.netdev",
                    "[NetDev]|Name=br0|MACAddress=none|",
                    "[NetDev]|Name=br0|MACAddress=none|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/systemd/network/a.network.d/mac.conf",
                    "[Link]|MACAddress=aa:bb:cc:dd:ee:ff|",
                    "[Link]|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/network/interfaces.d/50-cloud-init",
                    "auto eth0|iface eth0 inet dhcp| hwaddress aa:bb:cc:dd:ee:ff|",
                    "auto eth0|iface eth0 inet dhcp|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/network/interfaces",
                    "iface eth0 inet static|\thwaddress ether aa:bb:cc:dd:ee:ff|\tmtu 9000|",
                    "iface eth0 inet static|\tmtu 9000|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/network/interfaces",
                    "iface eth0 inet dhcp|\thwaddress random|",
                    "iface eth0 inet dhcp|\thwaddress random|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/sysconfig/network-scripts/ifcfg-eth0",
                    "DEVICE=eth0|HWADDR=aa:bb:cc:dd:ee:ff|MACADDR=\"aa:bb:cc:dd:ee:ff\"|",
                    "DEVICE=eth0|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/sysconfig/network-scripts/ifcfg-eth0",
                    "DEVICE=eth0|MACADDR=random|",
                    "DEVICE=eth0|MACADDR=random|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/sysconfig/network/ifcfg-eth0",
                    "BOOTPROTO='dhcp'|LLADDR='aa:bb:cc:dd:ee:ff'|",
                    "BOOTPROTO='dhcp'|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/NetworkManager/system-connections/a.nmconnection",
                    "[ethernet]|mac-address=aa:bb:cc:dd:ee:ff|cloned-mac-address=aa:bb:cc:dd:ee:ff|",
                    "[ethernet]|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/NetworkManager/system-connections/a.nmconnection",
                    "[ethernet]|cloned-mac-address=stable|",
                    "[ethernet]|cloned-mac-address=stable|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/udev/rules.d/10-network.rules",
                    "# mine|SUBSYSTEM==\"net\", ACTION==\"add\", ATTR{address}==\"aa:bb:cc:dd:ee:ff\", NAME=\"lan0\"|KERNEL==\"sda\"|",
                    "# mine|KERNEL==\"sda\"|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/udev/rules.d/10-network.rules",
                    "# mine \\|SUBSYSTEM==\"net\", \\| ATTR{address}==\"aa:bb:cc:dd:ee:ff\", NAME=\"lan0\"|KERNEL==\"sda\", \\| MODE=\"0\"|",
                    "# mine \\|KERNEL==\"sda\", \\| MODE=\"0\"|"),
            Row.of(
                    "net-hwaddr",
                    "/etc/udev/rules.d/10-network.rules",
                    "SUBSYSTEM==\"net\", NAME==\"eth0\", ATTR{address}==\"aa:*\"|",
                    "SUBSYSTEM==\"net\", NAME==\"eth0\", ATTR{address}==\"aa:*\"|"),
            // secrets of networks
            Row.of(
                    "wifi-secrets",
                    "/etc/netplan/50-wifi.yaml",
                    "network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|  wifis:|    wlan0:|      access-points:|        \"L\": {auth: {password: \"WIFIPASS\"}}  # home|  bridges: {}|",
                    "network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|  wifis:|    {}  # home|  bridges: {}|"),
            Row.of(
                    "wifi-secrets",
                    "/etc/netplan/50-wifi.yaml",
                    "network:|  wifis:|    NM:|      access-points:|        \"L\":|          password: x|    # the next|    wlan1:|      access-points: {open: {}}|",
                    "network:|  wifis:|    # the next|    wlan1:|      access-points: {open: {}}|"),
            Row.of(
                    "wifi-secrets",
                    "/etc/netplan/50-wifi.yaml",
                    "network:|  ethernets:|    eth0: {auth: {method: peap, password: x}}|    eth1: {}|",
                    "network:|  ethernets:|    eth1: {}|"),
            Row.of(
                            "wifi-secrets",
                            "/etc/netplan/50-wifi.yaml",
                            "network:|  wifis: {wlan0: {access-points: {L: {password: x}}}}|  bonds: {b: {interfaces: [wlan0]}}|",
                            "network:|  wifis: {wlan0: {access-points: {L: {password: x}}}}|  bonds: {b: {interfaces: [wlan0]}}|")
                    .warns("50-wifi.yaml keeps a password of wlan0, which another interface is made of"),
            Row.of("wifi-secrets", "/etc/netplan/50-wifi.yaml", "network: *x|password: y|", "network: *x|password: y|")
                    .warns("50-wifi.yaml keeps a password: it is no YAML"),
            Row.of(
                    "wifi-secrets",
                    "/etc/wpa_supplicant/wpa_supplicant-wlan0.conf",
                    "country=DE|network={|  ssid=\"L\"|  psk=\"WIFIPASS\"|}|network={|  ssid=\"open\"|  key_mgmt=NONE|}|",
                    "country=DE|network={|  ssid=\"open\"|  key_mgmt=NONE|}|"),
            Row.of(
                    "wifi-secrets",
                    "/etc/wpa_supplicant/wpa_supplicant-wlan0.conf",
                    "network={ ssid=\"L\" psk=abc }|ap_scan=1|",
                    "ap_scan=1|"),
            Row.of(
                    "wifi-secrets",
                    "/etc/wpa_supplicant/wpa_supplicant-wlan0.conf",
                    "ap_scan=1|network={|  password=\"x\"|",
                    "ap_scan=1|"),
            Row.of("wifi-secrets", "/etc/wpa_supplicant.conf", "cred={|  password=\"x\"|}|", ""),
            Row.of("wifi-secrets", "/var/lib/iwd/Home.psk", "[Security]|Passphrase=x|", GONE),
            Row.of("wifi-secrets", "/var/lib/iwd/Work.8021x", "[Security]|", GONE),
            Row.of("wifi-secrets", "/var/lib/connman/wifi_0011_4c_managed_psk/settings", "Passphrase=x|", GONE),
            Row.of("wifi-secrets", "/var/lib/connman/settings", "[WiFi]|Enable=true|", "[WiFi]|Enable=true|"),
            Row.of("wifi-secrets", "/etc/sysconfig/network-scripts/keys-Home", "WPA_PSK=x|", GONE),
            Row.of(
                    "wifi-secrets",
                    "/etc/sysconfig/network/ifcfg-wlan0",
                    "WIRELESS_ESSID='L'|WIRELESS_WPA_PSK='x'|",
                    "WIRELESS_ESSID='L'|"),
            Row.of("wifi-secrets", "/etc/netctl/home", "ESSID='L'|Key='x'|", "ESSID='L'|"),
            Row.of(
                    "wifi-secrets",
                    "/etc/network/interfaces",
                    "iface wlan0 inet dhcp|  wpa-ssid L|  wpa-psk x|",
                    "iface wlan0 inet dhcp|  wpa-ssid L|"),
            Row.of(
                    "wifi-secrets",
                    "/etc/network/interfaces.d/w",
                    "  wireless-essid L|  wireless-key s:x|",
                    "  wireless-essid L|"),
            Row.of("net-nmconn", "/etc/netplan/90-NM-94104522.yaml", "network:|", GONE),
            Row.of(
                    "net-nmconn",
                    "/etc/netplan/01-network-manager-all.yaml",
                    "network: {renderer: NetworkManager}|",
                    "network: {renderer: NetworkManager}|"),
            Row.of(
                    "wireguard-keys",
                    "/etc/wireguard/wg0.conf",
                    "[Interface]|Address = 10.0.0.1/24|PrivateKey = WGKEY|[Peer]|PublicKey = P|presharedkey=S|",
                    "[Interface]|Address = 10.0.0.1/24|[Peer]|PublicKey = P|"),
            Row.of("wireguard-keys", "/etc/wireguard/privatekey", "x|", GONE),
            Row.of("wireguard-keys", "/etc/wireguard/wg0.key", "x|", GONE),
            Row.of("wireguard-keys", "/etc/wireguard/publickey", "x|", "x|"),
            Row.of(
                    "wireguard-keys",
                    "/etc/systemd/network/wg0.netdev",
                    "[NetDev]|Kind=wireguard|[WireGuard]|PrivateKey=x|[WireGuardPeer]|PresharedKey=y|",
                    "[NetDev]|Kind=wireguard|[WireGuard]|[WireGuardPeer]|"),
            Row.of(
                    "wireguard-keys",
                    "/etc/systemd/network/wg0.netdev",
                    "[WireGuard]|PrivateKeyFile=/etc/wg.key|",
                    "[WireGuard]|PrivateKeyFile=/etc/wg.key|"),
            Row.of(
                    "wireguard-keys",
                    "/etc/netplan/50-wifi.yaml",
                    "network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|  tunnels:|    wg0:|      mode: wireguard|      key: 4GgaQCy68nzNsUE5aJ9fuLzHhB65tAlwbmA72MWnOm8=|    sit0: {mode: sit, local: 1.2.3.4}|",
                    "network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|  tunnels:|    sit0: {mode: sit, local: 1.2.3.4}|"),
            Row.of(
                    "wireguard-keys",
                    "/etc/netplan/50-wifi.yaml",
                    "network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|  tunnels: {wg0: {mode: wireguard, keys: {private: x}}}|",
                    "network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|  tunnels: {}|"),
            Row.of(
                    "wireguard-keys",
                    "/etc/netplan/50-wifi.yaml",
                    "network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|  tunnels: {wg0: {mode: wireguard, key: /etc/wireguard/k}}|",
                    "network:|  version: 2|  ethernets:|    eth0: {dhcp4: true}|  tunnels: {wg0: {mode: wireguard, key: /etc/wireguard/k}}|"),
            Row.of("network-secrets", "/etc/openvpn/server/a.key", "k|", GONE),
            Row.of("network-secrets", "/etc/openvpn/easy-rsa/pki/private/ca.key", "k|", GONE),
            Row.of("network-secrets", "/etc/openvpn/ca.crt", "c|", "c|"),
            Row.of(
                    "network-secrets",
                    "/etc/openvpn/client/a.conf",
                    "remote x|<ca>|C|</ca>|<key>|K|</key>|<tls-crypt-v2>|T|</tls-crypt-v2>|verb 3|",
                    "remote x|<ca>|C|</ca>|verb 3|"),
            Row.of(
                    "network-secrets",
                    "/etc/ipsec.secrets",
                    "# c|include /etc/ipsec.d/*.secrets|: PSK \"x\"|",
                    "# c|include /etc/ipsec.d/*.secrets|"),
            Row.of(
                    "network-secrets",
                    "/etc/ppp/chap-secrets",
                    "# client server secret|ann * x *|",
                    "# client server secret|"),
            Row.of("network-secrets", "/etc/ppp/peers/dsl", "user ann|password x|", "user ann|"),
            Row.of("network-secrets", "/etc/ipsec.d/private/a.pem", "k|", GONE),
            Row.of("network-secrets", "/etc/swanctl/private/a.pem", "k|", GONE),
            Row.of(
                    "network-secrets",
                    "/etc/swanctl/conf.d/a.conf",
                    "secrets {|  ike-a {|    id = a|    secret = x|  }|}|",
                    "secrets {|  ike-a {|    id = a|  }|}|"),
            Row.of(
                    "network-secrets",
                    "/etc/vpnc/a.conf",
                    "IPSec gateway g|IPSec secret x|Xauth password y|",
                    "IPSec gateway g|"),
            Row.of("network-secrets", "/etc/tinc/net/rsa_key.priv", "k|", GONE),
            Row.of("network-secrets", "/etc/nebula/host.key", "k|", GONE),
            Row.of("network-secrets", "/etc/openfortivpn/config", "host = h|password = x|", "host = h|"),
            Row.of("network-secrets", "/etc/hostapd/hostapd.conf", "ssid=L|wpa_passphrase=x|", "ssid=L|"),
            // systemd
            Row.of("systemd-credential-secret", "/var/lib/systemd/credential.secret", "k|", GONE),
            Row.of("systemd-credential-secret", "/var/lib/systemd/tpm2-srk-public-key.pem", "k|", GONE),
            Row.of("systemd-credential-secret", "/var/lib/systemd/credential.secret", "k|", GONE)
                    .beside("/etc/credstore.encrypted/db.password")
                    .warns("/etc/credstore.encrypted/db.password has a credential that is encrypted"));

    private static final Operations OPERATIONS = Operations.load(IdentityFilesTest.class.getClassLoader());

    @Test
    public void eachFileIsAsItsRowHasIt() throws IOException {
        for (Row row : ROWS) {
            try (TestGuest other = new TestGuest(folder.newFolder().toPath()).inMemory()) {
                check(row, other);
            }
        }
    }

    private static void check(Row row, TestGuest guest) throws IOException {
        guest.file(row.path(), lines(row.before()));
        for (String path : row.others().split(" ")) {
            if (!path.isEmpty()) {
                guest.file(path, "x");
            }
        }
        Operation operation = OPERATIONS.find(row.operation()).orElseThrow();
        guest.apply(operation);
        if (row.after().equals(GONE)) {
            assertFalse(row.toString(), guest.has(row.path()));
        } else {
            assertEquals(row.toString(), lines(row.after()), guest.text(row.path()));
        }
        assertEquals(row + " " + guest.warnings, row.warning().isEmpty() ? 0 : 1, guest.warnings.size());
        guest.warnings.forEach(warning -> assertEquals(warning, true, warning.contains(row.warning())));
    }

    private static String lines(String text) {
        return text.replace('|', '\n');
    }
}
