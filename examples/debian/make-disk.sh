#!/usr/bin/env bash
# Makes a real, bootable, well-used Debian 12 disk from the distribution's packages: what mvn image:build is to clean up.
#
#   sudo examples/debian/make-disk.sh <output.raw>
#
# 8 GiB sparse raw disk, msdos table: root ext4, then swap. GRUB, systemd, sshd, a serial console; users root, alice and
# bob with passwords (<name>-demo), keys, histories; logs, caches, temporary files. IMAGEWRIGHT_MARKER (a word) is planted,
# each time with a suffix that names the place, in all places that must not reach a build artifact.
# Does nothing when the output is there already, made by this very script with this marker (<output>.made-by). Needs root for mount(2) and loop devices.
set -euo pipefail

usage() {
  echo "usage: $0 <output.raw>" >&2
  exit 2
}
[ $# -eq 1 ] || usage
self=$(readlink -f "$0")
mkdir -p "$(dirname "$1")"
output=$(readlink -f "$(dirname "$1")")/$(basename "$1")
marker=${IMAGEWRIGHT_MARKER:-imagewright-marker-7f3a9c51d2e84b60}
[[ $marker =~ ^[A-Za-z0-9-]{8,40}$ ]] || { echo "$0: IMAGEWRIGHT_MARKER must be 8 to 40 letters, digits and hyphens" >&2; exit 2; }

stamp=$({ cat "$self"; echo "$marker"; } | sha256sum | cut -d ' ' -f 1)
is_made() { [ -s "$output" ] && [ "$(cat "$output.made-by" 2> /dev/null)" = "$stamp" ]; }
if is_made; then
  echo "make-disk: $output is there already"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "$0: making a disk needs root for mount and loop devices: sudo $0 $1" >&2
  exit 1
fi
# namespaces of our own: whatever happens, no mount stays behind, and the disk does not learn this machine's name
if [ -z "${IMAGEWRIGHT_INSIDE:-}" ]; then
  exec env IMAGEWRIGHT_INSIDE=1 unshare --mount --uts --propagation private -- "$self" "$output"
fi
unset IMAGEWRIGHT_INSIDE
hostname debian-demo
export LC_ALL=C DEBIAN_FRONTEND=noninteractive PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
umask 022

exec 9> "$output.lock"
flock 9
if is_made; then
  exit 0 # somebody else made it while we waited
fi

disk=$output.part
work=$(mktemp -d)
root=$work/root
loop=
job=
nodes=()
say() { echo "make-disk: $*"; }

detach() { # loop device: its partitions first, as they hold it
  partx -d "$1" 2> /dev/null || true
  losetup -d "$1" 2> /dev/null || true
}

cleanup() {
  local status=$?
  trap '' INT TERM HUP
  if [ -n "$job" ]; then
    kill "$job" 2> /dev/null || true
    wait "$job" 2> /dev/null || true
  fi
  umount -R "$root" 2> /dev/null || umount -R -l "$root" 2> /dev/null || true
  [ -z "$loop" ] || detach "$loop"
  [ ${#nodes[@]} -eq 0 ] || rm -f "${nodes[@]}"
  rm -rf "$work"
  rm -f "$disk"
  rm -f "$output.lock"
  [ "$status" -eq 0 ] || echo "make-disk: failed; nothing is left behind" >&2
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# --- the disk -------------------------------------------------------------------------------------------------------

losetup -j "$disk" -O NAME -n | while read -r stale; do detach "$stale"; done # of a run that was killed the hard way
rm -f "$disk"
truncate -s 8G "$disk"
# root, swap, and 2 MiB behind the last partition as partitioners leave them
sfdisk -q "$disk" << EOF
label: dos
start=2048, size=15718400, type=83, bootable
start=15720448, size=1052672, type=82
EOF
root_uuid=$(cat /proc/sys/kernel/random/uuid)
swap_uuid=$(cat /proc/sys/kernel/random/uuid)

mkdir "$root"
node() { # a name in /dev: without udev (containers) the kernel's new partitions have none
  [ ! -b "/dev/$1" ] || return 0
  local number
  number=$(cat "$2/dev")
  mknod -m 600 "/dev/$1" b "${number%:*}" "${number#*:}"
  nodes+=("/dev/$1")
}
loop=$(losetup -f --show "$disk")
partx -a "$loop" 2> /dev/null || true # the kernel may have scanned the table by itself
name=$(basename "$loop")
node "${name}p1" "/sys/block/$name/${name}p1"
node "${name}p2" "/sys/block/$name/${name}p2"
mkfs.ext4 -q -L root -U "$root_uuid" "/dev/${name}p1"
mkswap -q -L swap -U "$swap_uuid" "/dev/${name}p2"
# no barriers: the disk is thrown away when the machine fails
mount -o noatime,nobarrier,commit=300 "/dev/${name}p1" "$root"

# --- the system -----------------------------------------------------------------------------------------------------

# the machine's own Debian sources, others left out
sources() {
  # shellcheck disable=SC2016 # the names in $() are apt's
  apt-get indextargets --format '$(ORIGIN)|$(CODENAME)|deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
    | awk -F'|' '$1 == "Debian" && $2 ~ /^bookworm(-updates|-security)?$/ { print $3 }' | sort -u
}
[ -n "$(sources)" ] || apt-get -qq update
sources > "$work/sources.list"
if ! grep -q ' bookworm ' "$work/sources.list"; then
  echo "make-disk: no package source of Debian 12 (bookworm) in /etc/apt; add one" >&2
  exit 1
fi
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
sed -i "s|^deb |deb [signed-by=$keyring] |" "$work/sources.list"
apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries)' > "$work/apt.conf" || true

say "installing Debian 12 (a minute or two)"
packages=linux-image-amd64,grub-pc,systemd-sysv,udev,dbus,libpam-systemd,openssh-server,iproute2,iputils-ping,initramfs-tools
packages+=,zstd,rsyslog,cron,logrotate,sudo,less,vim-tiny,bash-completion,python3,attr,kmod,e2fsprogs,ca-certificates,zerofree
# shellcheck disable=SC2016 # $1 is mmdebstrap's
mmdebstrap --quiet --mode=root --variant=minbase --architectures=amd64 --include="$packages" \
  --aptopt="$work/apt.conf" --aptopt='Acquire::Retries "3"' --aptopt='Apt::Install-Recommends "false"' \
  --dpkgopt=force-unsafe-io \
  --skip=cleanup/apt,cleanup/reproducible \
  --setup-hook='mkdir -p "$1/etc/initramfs-tools/conf.d" "$1/var/cache/debconf"' \
  --setup-hook="echo RESUME=UUID=$swap_uuid > \"\$1/etc/initramfs-tools/conf.d/resume\"" \
  --essential-hook='printf "grub-pc grub-pc/install_devices_empty boolean true\n" | chroot "$1" debconf-set-selections' \
  bookworm "$root" "$work/sources.list" > "$work/mmdebstrap.log" 2>&1 9>&- &
job=$!
wait "$job" || { cat "$work/mmdebstrap.log" >&2; exit 1; }
job=

mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
for device in null zero full random urandom; do cp -a "/dev/$device" "$root/dev/"; done
cp -a "$loop" "/dev/${name}p1" "$root/dev/"
# grub-mkconfig writes root=UUID= only when it finds this link
mkdir -p "$root/dev/disk/by-uuid"
ln -s "../../${name}p1" "$root/dev/disk/by-uuid/$root_uuid"

# what came from this machine
rm -f "$root"/etc/resolv.conf "$root"/etc/apt/apt.conf.d/99mmdebstrap "$root"/etc/dpkg/dpkg.cfg.d/99mmdebstrap

cat > "$root/etc/fstab" << EOF
# <file system> <mount point> <type> <options> <dump> <pass>
UUID=$root_uuid / ext4 errors=remount-ro 0 1
UUID=$swap_uuid none swap sw 0 0
EOF
echo debian-demo > "$root/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 debian-demo\n' > "$root/etc/hosts"
tr -d - < /proc/sys/kernel/random/uuid > "$root/etc/machine-id"
mkdir -p "$root/var/lib/dbus"
ln -sf /etc/machine-id "$root/var/lib/dbus/machine-id"
cat > "$root/etc/systemd/network/80-dhcp.network" << 'EOF'
[Match]
Name=en* eth*

[Network]
DHCP=yes
EOF
ln -s /lib/systemd/system/systemd-networkd.service "$root/etc/systemd/system/multi-user.target.wants/systemd-networkd.service"
mkdir -p "$root/etc/udev/rules.d"
cat > "$root/etc/udev/rules.d/70-persistent-net.rules" << 'EOF'
SUBSYSTEM=="net", ACTION=="add", DRIVERS=="?*", ATTR{address}=="52:54:00:12:34:56", ATTR{type}=="1", NAME="eth7"
EOF

cat > "$root/etc/default/grub" << 'EOF'
GRUB_DEFAULT=0
GRUB_TIMEOUT=2
GRUB_DISTRIBUTOR=Debian
GRUB_CMDLINE_LINUX_DEFAULT=""
GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0,115200n8"
GRUB_TERMINAL="console serial"
GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"
EOF
say "installing GRUB"
chroot "$root" grub-install --target=i386-pc "/dev/$name" > "$work/grub.log" 2>&1 || { cat "$work/grub.log" >&2; exit 1; }
chroot "$root" update-grub > "$work/grub.log" 2>&1 || { cat "$work/grub.log" >&2; exit 1; }
grep -q "root=UUID=$root_uuid" "$root/boot/grub/grub.cfg" || { echo "make-disk: GRUB did not take the UUID" >&2; exit 1; }

# --- the life it had ------------------------------------------------------------------------------------------------

say "living in it"
for user in alice bob; do
  chroot "$root" useradd -m -s /bin/bash -c "Demo user" "$user"
done
chroot "$root" adduser --quiet alice sudo > /dev/null
printf '%s:%s-demo\n' root root alice alice bob bob | chroot "$root" chpasswd
for user in root alice bob; do
  home=$root/home/$user
  [ "$user" != root ] || home=$root/root
  mkdir -m 700 "$home/.gnupg"
  [ -d "$home/.ssh" ] || mkdir -m 700 "$home/.ssh"
  ssh-keygen -q -t ed25519 -N '' -C "$user@$marker-ssh-key" -f "$home/.ssh/id_ed25519"
  cp "$home/.ssh/id_ed25519.pub" "$home/.ssh/authorized_keys"
  printf 'ls\nmysql -psecret-%s-history\nhistory\n' "$marker" > "$home/.bash_history"
  echo "$marker-gnupg" > "$home/.gnupg/trustdb.gpg"
  echo "kept by every clean-up" > "$home/notes.txt"
  chmod 600 "$home/.bash_history" "$home/.gnupg/trustdb.gpg"
  chroot "$root" chown -R "$user:" "${home#"$root"}"
done

for log in syslog auth.log kern.log daemon.log; do
  for ((i = 0; i < 400; i++)); do
    echo "Jan  1 00:00:00 debian-demo sshd[$i]: Accepted password for alice $marker-log"
  done > "$root/var/log/$log"
done
gzip -c "$root/var/log/auth.log" > "$root/var/log/auth.log.2.gz"
# a journal by the real journald: it wants a cgroup tree, and a sign that the disk may be written. It finds no /dev/kmsg, or
# this machine's own kernel messages would get into the disk
mount -t cgroup2 none "$root/sys/fs/cgroup" 2> /dev/null || mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mkdir -p "$root/var/log/journal/$(cat "$root/etc/machine-id")" "$root/run/systemd/journal"
touch "$root/run/systemd/journal/flushed"
chroot "$root" /lib/systemd/systemd-journald > "$work/journald.log" 2>&1 9>&- &
job=$!
for ((i = 0; i < 100; i++)); do
  [ ! -S "$root/run/systemd/journal/stdout" ] || break
  sleep 0.1
done
for ((i = 0; i < 20; i++)); do echo "service $i started $marker-journal"; done > "$work/words"
chroot "$root" systemd-cat -t demo cat < "$work/words" || { cat "$work/journald.log" >&2; exit 1; }
sleep 0.5
kill "$job"
wait "$job" || true
job=
grep -aq "$marker-journal" "$root"/var/log/journal/*/*.journal || { echo "make-disk: no journal was written" >&2; exit 1; }

mkdir -p "$root/tmp/build.x7" "$root/var/tmp/build.x7/deep"
echo "$marker-tmp" | tee "$root/tmp/build.x7/secret" "$root/var/tmp/build.x7/deep/secret" "$root/tmp/.hidden" > /dev/null
echo "$marker-cache" > "$root/var/cache/debconf/demo.dat"
setfattr -n user.note -v "$marker-tmp-xattr" "$root/tmp/.hidden"

# deleted before the build: contents, names, a short symlink (its target lies in the inode), an extended attribute
trash=$root/var/lib/trash
mkdir "$trash"
head -c 64M < <(yes "$marker-deleted-content") > "$trash/$marker-deleted-name"
for ((i = 0; i < 200; i++)); do echo "$marker-deleted-small" > "$trash/$marker-deleted-name-$i"; done
ln -s "/$marker-link" "$trash/link"
echo x > "$trash/attributed"
setfattr -n user.secret -v "$marker-deleted-xattr" "$trash/attributed"
sync -f "$root"
rm -rf "$trash"
sync -f "$root"

# --- out of the door ------------------------------------------------------------------------------------------------

used=$(df --output=used -BM "$root" | tail -1)
umount -R "$root/dev" "$root/run" "$root/proc" "$root/sys"
umount "$root"
# swap as a running machine leaves it: signature in the first page, old memory behind
head -c 4M < <(yes "$marker-swap") > "$work/swap"
dd if="$work/swap" of="/dev/${name}p2" bs=64k seek=16 conv=fsync,notrunc status=none
detach "$loop"
loop=
echo "$marker-gap-behind-last-partition" | dd of="$disk" bs=512 seek=$((15720448 + 1052672 + 100)) conv=notrunc status=none
e2fsck -fn "$disk?offset=$((2048 * 512))" > "$work/e2fsck.log" 2>&1 || { cat "$work/e2fsck.log" >&2; exit 1; }
[ -z "${SUDO_UID:-}" ] || chown "$SUDO_UID:${SUDO_GID:-0}" "$disk"
rm -f "$output.made-by"
mv "$disk" "$output"
echo "$stamp" > "$output.made-by"
say "$output is ready: 8 GiB virtual,$used used by files, $(du -m "$output" | cut -f1) MiB on this medium"
