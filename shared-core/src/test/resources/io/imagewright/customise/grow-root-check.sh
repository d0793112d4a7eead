#!/bin/sh
# Runs grow-root.sh for a file system in the last partition of a disk, twice each time: on the disk as it was made, where the file system
# is a little smaller than its partition, and on the disk made larger, as often as sizes are given.
#
#   grow-root-check.sh <image> <grow-root.sh> <tools beside the usual ones> <input of sfdisk> <partition> <file system, lvm- before it>
#                      <bytes of a sector> <now, boot: when the kernel knows a new length; retry: now, and lvextend fails at
#                      first> <sizes of the disk>
#
# Prints KiB of the file system after each run. Needs root, in a mount namespace of its own.
set -eu
image=$1 script=$2 tools=$3 layout=$4 number=$5 kind=$6 sector=$7 known=$8
shift 8
first=$1
truncate -s "$1" "$image"
loop=$(losetup -f --show -b "$sector" "$image")
name=${loop#/dev/}
root=$image.root
nodes=
end() {
  umount "$root" 2> /dev/null || true
  [ -z "${volumes:-}" ] || lvm vgchange -q -an "$volumes" > /dev/null 2>&1 || true
  partx -d "$loop" 2> /dev/null || true
  losetup -d "$loop"
  # shellcheck disable=SC2086 # names of devices
  rm -f $nodes
}
trap end EXIT
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
case $kind in
  lvm-*)
    volumes=grow-root
    lvm pvcreate -q "$device" > /dev/null
    lvm vgcreate -q "$volumes" "$device" > /dev/null
    lvm lvcreate -q -n last-volume -l 98%FREE "$volumes" > /dev/null
    device=/dev/mapper/grow--root-last--volume
    ;;
esac
bytes=$(($(blockdev --getsize64 "$device") - 1048576))
case ${kind#lvm-} in
  ext4) mkfs.ext4 -q -F "$device" $((bytes / 1024))k ;;
  btrfs) mkfs.btrfs -q -f -K -b $((bytes / 4096 * 4096)) "$device" ;;
  xfs) mkfs.xfs -q -f -K -d size=$((bytes / 4096 * 4096)) "$device" ;;
esac
mkdir -p "$root" "$image.tools"
mount "$device" "$root"
[ "$known" = boot ] || tools="$tools partx"
links=
for tool in $tools btrfs cat cmp cut dd lvm mktemp mkdir od readlink resize2fs rm sed awk stat sync tr xfs_growfs; do
  found=$(command -v "$tool" || true)
  [ "${found#/}" = "$found" ] || links="$links $found"
done
# shellcheck disable=SC2086 # paths of tools
ln -s $links "$image.tools/"
run() {
  GROW_PATH=$image.tools sh "$script" "$root" > "$image.log" 2>&1 || { cat "$image.log"; exit 1; }
  echo "run $(df -P -k "$root" | sed -n '$s/^[^ ]* *\([0-9]*\).*/\1/p')"
}
for size in "$@"; do
  truncate -s "$size" "$image"
  losetup -c "$loop"
  if [ "$known" = retry ] && [ "$size" != "$first" ]; then
    rm "$image.tools/lvm"
    # shellcheck disable=SC2016 # of the program that is written
    printf '#!/bin/sh\n[ "$1" != lvextend ] || exit 5\nexec %s "$@"\n' "$(command -v lvm)" > "$image.tools/lvm"
    chmod +x "$image.tools/lvm"
    if (run); then
      echo "it grew without lvextend"
      exit 1
    fi
    ln -sf "$(command -v lvm)" "$image.tools/lvm"
  fi
  run
  [ "$known" != boot ] || partx -u "$loop" || true # what the next boot does
  run
done
umount "$root"
sfdisk -V -q "$loop"
