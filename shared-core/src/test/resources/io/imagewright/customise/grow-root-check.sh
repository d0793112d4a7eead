#!/bin/sh
# Runs grow-root.sh in the root file system of a disk of its own, twice each time: on the disk as it was made, whose file system is a
# little smaller than its partition, and on the disk made larger, as often as sizes are given.
#
#   grow-root-check.sh <image> <grow-root.sh> <tools beside the usual ones> <input of sfdisk> <partition of the root> <file system>
#                      <bytes of a sector> <now, boot: when the kernel knows a new length> <sizes of the disk>
#
# Prints KiB of the file system after each run. Needs root, in a mount namespace of its own.
set -eu
image=$1 script=$2 tools=$3 layout=$4 number=$5 kind=$6 sector=$7 known=$8
shift 8
truncate -s "$1" "$image"
loop=$(losetup -f --show -b "$sector" "$image")
name=${loop#/dev/}
root=$image.root
nodes=
trap 'umount -R "$root" 2> /dev/null || true; partx -d "$loop" 2> /dev/null || true; losetup -d "$loop"; rm -f $nodes' EXIT
printf '%b' "$layout" | sfdisk -q --no-reread --no-tell-kernel "$loop"
partx -a "$loop" 2> /dev/null || true
sleep 0.3 # what the kernel itself makes and removes in /dev
for part in /sys/block/"$name"/"$name"p*; do
  node=/dev/${part##*/}
  rm -f "$node"
  mknod "$node" b "$(cut -d : -f 1 "$part/dev")" "$(cut -d : -f 2 "$part/dev")"
  nodes="$nodes $node"
done
device=${loop}p$number
bytes=$(($(cat /sys/class/block/"${device#/dev/}"/size) * 512 - 1048576))
case $kind in
  btrfs) mkfs.btrfs -q -f -K -b $((bytes / 4096 * 4096)) "$device" ;;
  xfs) mkfs.xfs -q -f -K -d size=$((bytes / 4096 * 4096)) "$device" ;;
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
[ "$known" = boot ] || tools="$tools partx"
for tool in $tools basename cat cmp cut dd df head ls mktemp mkdir od printf readlink resize2fs rm sed awk sh sync tr wc btrfs xfs_growfs dirname; do
  found=$(command -v "$tool" || true)
  [ -z "$found" ] || [ "${found#/}" = "$found" ] || ln -s "$found" "tools/$tool"
done
run() {
  GROW_PATH=/tools chroot . /bin/sh /grow-root.sh > "$image.log" 2>&1 || { cat "$image.log"; exit 1; }
  echo "run $(df -P -k . | sed -n '$s/^[^ ]* *\([0-9]*\).*/\1/p')"
}
for size in "$@"; do
  truncate -s "$size" "$image"
  losetup -c "$loop"
  run
  [ "$known" = now ] || partx -u "$loop" || true # what the next boot does
  run
done
cd /
umount -R "$root"
sfdisk -V -q "$loop"
