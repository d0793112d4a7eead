package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which entries of an fstab can mean a file system on the guest's own disk. */
final class MountableEntries {

    private static final Set<String> NOT_ON_DISK = Set.of(
            "swap",
            "proc",
            "sysfs",
            "tmpfs",
            "ramfs",
            "devpts",
            "devtmpfs",
            "devfs",
            "none",
            "ignore",
            "autofs",
            "overlay",
            "aufs",
            "cgroup",
            "cgroup2",
            "debugfs",
            "tracefs",
            "securityfs",
            "configfs",
            "efivarfs",
            "fusectl",
            "mqueue",
            "hugetlbfs",
            "binfmt_misc",
            "usbfs",
            "usbdevfs",
            "selinuxfs",
            "rpc_pipefs",
            "pstore",
            "bpf",
            "rootfs",
            "iso9660",
            "udf",
            "nfs",
            "nfs4",
            "cifs",
            "smbfs",
            "smb3",
            "afs",
            "ceph",
            "glusterfs",
            "9p",
            "virtiofs",
            "vboxsf",
            "ncpfs",
            "davfs",
            "coda",
            "lustre");

    /** Of BSDs; a Linux that has its home on ZFS is not whole without it. */
    private static final Set<String> BSD_NOT_ON_DISK = Set.of(
            "fdesc",
            "fdescfs",
            "kernfs",
            "ptyfs",
            "procfs",
            "linprocfs",
            "linsysfs",
            "mfs",
            "null",
            "nullfs",
            "union",
            "unionfs",
            "zfs",
            "cd9660");

    private static final List<String> ELSEWHERE = List.of("bind", "rbind", "_netdev", "loop");

    private static final Pattern REMOVABLE =
            Pattern.compile("/dev/(?:fd|floppy|sr|scd|cd|cdrom|cdrw|dvd|dvdrw)\\d*[a-p]?");

    private MountableEntries() {}

    /** @param bsd whether the guest is one */
    static boolean isOnDisk(Fstab.Entry entry, boolean bsd) {
        return entry.mountPoint().startsWith("/")
                && !NOT_ON_DISK.contains(entry.type())
                && !(bsd && BSD_NOT_ON_DISK.contains(entry.type()))
                && !entry.type().startsWith("fuse")
                && entry.options().stream().noneMatch(ELSEWHERE::contains)
                && !REMOVABLE.matcher(entry.device()).matches();
    }
}
