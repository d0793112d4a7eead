#!/bin/sh
# Runs grow-root.sh in the root file system of a disk of its own: as the disk was made, then twice on the disk made larger.
#
#   grow-root-check.sh <image> <grow-root.sh> <tools beside the usual ones> <input of sfdisk> <partition of the root> <file system>
#
# Prints for each run whether it left its mark, and KiB of the file system. Needs root, in a mount namespace of its own.
set -eu
image=$1 script=$2 tools=$3 layout=$4 number=$5 kind=$6
truncate -s 400M "$image"
printf '%b' "$layout" | sfdisk -q "$image"
loop=$(losetup -f --show "$image")
name=${loop#/dev/}
root=$image.root
nodes=
trap 'umount -R "$root" 2> /dev/null || true; partx -d "$loop" 2> /dev/null || true; losetup -d "$loop"; rm -f $nodes' EXIT
partx -a "$loop" 2> /dev/null || true
sleep 0.3 # what the kernel itself makes and removes in /dev
for part in /sys/block/"$name"/"$name"p*; do
  node=/dev/${part##*/}
  rm -f "$node"
  mknod "$node" b "$(cut -d : -f 1 "$part/dev")" "$(cut -d : -f 2 "$part/dev")"
  nodes="$nodes $node"
done
device=${loop}p$number
case $kind in
  btrfs) mkfs.btrfs -q -f "$device" ;;
  xfs) mkfs.xfs -q -f "$device" ;;
esac
mkdir -p "$root"
mount "$device" "$root"
cd "$root"
mkdir -p usr tools proc sys dev run tmp var/lib etc
for link in bin sbin lib lib64; do [ ! -L /$link ] || ln -s "$(readlink /$link)" $link; done
mount --bind /usr usr
mount --bind /etc etc
mount --bind /proc proc
mount --bind /sys sys
mount --bind /dev dev
mount -t tmpfs tmpfs run
cp "$script" grow-root.sh
for tool in $tools basename cat cmp cut dd df head ls mktemp mkdir od partx printf readlink resize2fs rm sed awk sh sync tr wc btrfs xfs_growfs dirname; do
  found=$(command -v "$tool" || true)
  [ -z "$found" ] || [ "${found#/}" = "$found" ] || ln -s "$found" "tools/$tool"
done
run() {
  GROW_PATH=/tools chroot . /bin/sh /grow-root.sh > "$image.log" 2>&1 || { cat "$image.log"; exit 1; }
  mark=none
  [ ! -e var/lib/imagewright-grow-root ] || mark=mark
  echo "$mark $(df -P -k . | sed -n '$s/^[^ ]* *\([0-9]*\).*/\1/p')"
}
run
truncate -s 800M "$image"
losetup -c "$loop"
run
run
cd /
umount -R "$root"
sfdisk -V -q "$image"
