#!/usr/bin/env bash
# Makes the root file system of a small Debian 12 as a tar: with a kernel, and GRUB for a BIOS and for UEFI, so that a disk can be made of it.
#
#   sudo examples/debian/make-tree.sh <output.tar>
#
# systemd, a serial console, the user root with the password root-demo. Does nothing when the output exists and was made by this version of the script
# (<output>.made-by). Needs root for mmdebstrap's chroot.
set -euo pipefail

if [ $# -ne 1 ]; then
  echo "usage: $0 <output.tar>" >&2
  exit 2
fi
self=$(readlink -f "$0")
mkdir -p "$(dirname "$1")"
output=$(readlink -f "$(dirname "$1")")/$(basename "$1")
stamp=$(sha256sum < "$self" | cut -d ' ' -f 1)
is_made() { [ -s "$output" ] && [ "$(cat "$output.made-by" 2> /dev/null)" = "$stamp" ]; }
if is_made; then
  echo "make-tree: $output exists already"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "$0: making a root file system needs root: sudo $0 $1" >&2
  exit 1
fi
export LC_ALL=C DEBIAN_FRONTEND=noninteractive PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
umask 022
exec 9> "$output.lock"
flock 9
if is_made; then
  exit 0
fi
work=$(mktemp -d)
# the lock file stays: another run may wait for it
trap 'rm -rf "$work" "$output.part"' EXIT

# the machine's own Debian sources
sources() {
  # shellcheck disable=SC2016 # the names in $() are apt's
  apt-get indextargets --format '$(ORIGIN)|$(CODENAME)|deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
    | awk -F'|' '$1 == "Debian" && $2 ~ /^bookworm(-updates|-security)?$/ { print $3 }' | sort -u
}
[ -n "$(sources)" ] || apt-get -qq update
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
sources | sed "s|^deb |deb [signed-by=$keyring] |" > "$work/sources.list"
if ! grep -q ' bookworm ' "$work/sources.list"; then
  echo "make-tree: no package source of Debian 12 (bookworm) in /etc/apt; add one" >&2
  exit 1
fi
apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries)' > "$work/apt.conf" || true

echo "make-tree: installing Debian 12 (a minute or two)"
packages=linux-image-amd64,grub-pc-bin,grub-efi-amd64-bin,grub2-common,systemd-sysv,udev,kmod,initramfs-tools,zstd,e2fsprogs,iputils-ping
# shellcheck disable=SC2016 # $1 is mmdebstrap's
mmdebstrap --quiet --mode=root --variant=minbase --architectures=amd64 --include="$packages" --format=tar \
  --aptopt="$work/apt.conf" --aptopt='Acquire::Retries "3"' --aptopt='Apt::Install-Recommends "false"' \
  --dpkgopt=force-unsafe-io \
  --customize-hook='echo root:root-demo | chroot "$1" chpasswd' \
  --customize-hook='printf "GRUB_CMDLINE_LINUX=\"console=tty0 console=ttyS0,115200n8\"\n" > "$1/etc/default/grub"' \
  --customize-hook='echo debian-tree > "$1/etc/hostname"' \
  bookworm "$output.part" "$work/sources.list" > "$work/mmdebstrap.log" 2>&1 9>&- \
  || { cat "$work/mmdebstrap.log" >&2; exit 1; }
rm -f "$output.made-by"
mv "$output.part" "$output"
echo "$stamp" > "$output.made-by"
echo "make-tree: $output is ready: $(du -m "$output" | cut -f 1) MiB"
