#!/bin/sh
# Makes a small Debian-looking disk without root: make-guest.sh DISK [FORMAT]
# 64 MiB, MBR, one ext4 partition made from a directory; FORMAT is qemu-img's word, raw when not given.
set -eu
PATH=$PATH:/usr/sbin:/sbin
disk=$1
format=${2:-raw}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree

mkdir -p "$tree/etc/ssh" "$tree/var/log/apt" "$tree/var/cache/apt/archives" "$tree/var/tmp" "$tree/tmp" "$tree/root" \
    "$tree/home/ann/.ssh" "$tree/boot" "$tree/usr/bin" "$tree/usr/lib" "$tree/var/lib/dpkg" "$tree/var/spool/mail" \
    "$tree/dev" "$tree/proc" "$tree/sys" "$tree/run"
ln -s usr/bin "$tree/bin"
ln -s usr/lib "$tree/lib"
cat > "$tree/usr/lib/os-release" <<'EOF'
PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
ID=debian
EOF
ln -s ../usr/lib/os-release "$tree/etc/os-release"
echo 12.5 > "$tree/etc/debian_version"
echo guest > "$tree/etc/hostname"
echo 0123456789abcdef0123456789abcdef > "$tree/etc/machine-id"
echo 'UUID=11111111-2222-3333-4444-555555555555 / ext4 errors=remount-ro 0 1' > "$tree/etc/fstab"
cat > "$tree/etc/passwd" <<'EOF'
root:x:0:0:root:/root:/bin/sh
ann:x:1000:1000:Ann:/home/ann:/bin/sh
EOF
cat > "$tree/etc/group" <<'EOF'
root:x:0:
ann:x:1000:
EOF
# yescrypt-looking, of no password
cat > "$tree/etc/shadow" <<'EOF'
root:$y$j9T$IMAGEWRIGHTSECRETROOT:19000:0:99999:7:::
ann:$y$j9T$IMAGEWRIGHTSECRETANN:19000:0:99999:7:::
EOF
echo IMAGEWRIGHTSECRETKEY > "$tree/etc/ssh/ssh_host_ed25519_key"
echo IMAGEWRIGHTSECRETHISTORY > "$tree/root/.bash_history"
echo IMAGEWRIGHTSECRETLOG > "$tree/var/log/syslog"
echo IMAGEWRIGHTSECRETTMP > "$tree/tmp/left-behind"
printf 'Package: base-files\nStatus: install ok installed\nVersion: 12.4\n' > "$tree/var/lib/dpkg/status"
dd if=/dev/zero bs=1M count=4 2>/dev/null | tr '\0' 'x' > "$tree/usr/lib/ballast"
find "$tree" -exec touch -h -d @1700000000 {} +

rm -f "$work/disk.raw"
truncate -s 64M "$work/disk.raw"
printf 'label: dos\nlabel-id: 0x1badcafe\nstart=2048, size=126976, type=83, bootable\n' | sfdisk -q "$work/disk.raw"
E2FSPROGS_FAKE_TIME=1700000000 mke2fs -q -F -t ext4 -U 11111111-2222-3333-4444-555555555555 \
    -E offset=1048576,root_owner=0:0,hash_seed=22222222-3333-4444-5555-666666666666,lazy_itable_init=0,nodiscard \
    -d "$tree" "$work/disk.raw" 62M
rm -f "$disk"
if [ "$format" = raw ]; then
    cp --sparse=always "$work/disk.raw" "$disk"
else
    qemu-img convert -f raw -O "$format" "$work/disk.raw" "$disk"
fi
