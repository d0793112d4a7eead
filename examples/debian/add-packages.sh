#!/usr/bin/env bash
# Copies a disk of make-disk.sh and installs packages of the same Debian release in the copy.
#
#   sudo examples/debian/add-packages.sh <disk.raw> <output.raw> <package>...
#
# Does nothing when the output is there already, made by this very script of this disk with these packages (<output>.made-by).
# Needs root for mount(2), chroot(2) and a loop device.
set -euo pipefail

if [ $# -lt 3 ]; then
  echo "usage: $0 <disk.raw> <output.raw> <package>..." >&2
  exit 2
fi
self=$(readlink -f "$0")
disk=$(readlink -e "$1") || { echo "$0: there is no $1; make it with make-disk.sh" >&2; exit 2; }
mkdir -p "$(dirname "$2")"
output=$(readlink -f "$(dirname "$2")")/$(basename "$2")
shift 2
stamp=$({ cat "$self" "$disk.made-by"; stat -c %Y "$disk"; echo "$@"; } | sha256sum | cut -d ' ' -f 1)
if [ -s "$output" ] && [ "$(cat "$output.made-by" 2> /dev/null)" = "$stamp" ]; then
  echo "add-packages: $output is there already"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "$0: installing in a disk needs root: sudo $0 $disk $output $*" >&2
  exit 1
fi
# namespaces of our own: whatever happens, no mount stays behind
if [ -z "${IMAGEWRIGHT_INSIDE:-}" ]; then
  exec env IMAGEWRIGHT_INSIDE=1 unshare --mount --uts --propagation private -- "$self" "$disk" "$output" "$@"
fi
unset IMAGEWRIGHT_INSIDE
export LC_ALL=C DEBIAN_FRONTEND=noninteractive PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
umask 022

part=$output.part
work=$(mktemp -d)
root=$work/root
cleanup() {
  local status=$?
  trap '' INT TERM HUP
  umount -R "$root" 2> /dev/null || umount -R -l "$root" 2> /dev/null || true
  rm -rf "$work"
  rm -f "$part"
  [ "$status" -eq 0 ] || echo "add-packages: failed; nothing is left behind" >&2
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cp --sparse=always "$disk" "$part"
mkdir -p "$root" "$work/archives/partial"
# the root file system of make-disk.sh begins at 1 MiB
mount -o loop,offset=$((2048 * 512)),noatime "$part" "$root"

# fetched by this machine's apt, as the disk has neither sources nor network
apt-get -qq -y --no-install-recommends --download-only -o "Dir::State::status=$root/var/lib/dpkg/status" \
  -o "Dir::Cache::archives=$work/archives" -o Debug::NoLocking=1 install "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
mkdir "$root/var/debs"
mount --bind "$work/archives" "$root/var/debs"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/run"
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d" # no service starts
chmod 755 "$root/usr/sbin/policy-rc.d"
# shellcheck disable=SC2016
chroot "$root" sh -c 'dpkg --force-unsafe-io -i /var/debs/*.deb' > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
rm "$root/usr/sbin/policy-rc.d"
umount "$root/run" "$root/proc" "$root/var/debs"
rmdir "$root/var/debs"
umount "$root"
[ -z "${SUDO_UID:-}" ] || chown "$SUDO_UID:${SUDO_GID:-0}" "$part"
rm -f "$output.made-by"
mv "$part" "$output"
echo "$stamp" > "$output.made-by"
echo "add-packages: $output has $*"
