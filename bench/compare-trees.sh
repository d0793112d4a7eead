#!/usr/bin/env bash
# Compares the tree of the demo disk after virt-sysprep's defaults with the tree after ours.
# Fails when something that virt-sysprep removes, empties or changes is left as it was by image:build. Needs root (virt-sysprep reads
# the machine's kernel, make-disk.sh mounts), minutes, and three times the disk's content as free space.
set -euo pipefail
# shellcheck source=bench/common.sh
. "$(dirname "$(readlink -f "$0")")/common.sh"
trap 'rm -rf "$work" bench/target' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# tree <disk> <name>: each path of the first partition, with type, mode, owner, link target and digest, in $work/<name>
tree() {
  local start size
  start=$(sfdisk -J "$1" | jq '.partitiontable.partitions[0].start')
  size=$(sfdisk -J "$1" | jq '.partitiontable.partitions[0].size')
  dd if="$1" of="$work/part.raw" bs=512 skip="$start" count="$size" conv=sparse status=none
  mkdir "$work/tree"
  debugfs -R "rdump / $work/tree" "$work/part.raw" > "$work/log" 2>&1
  (
    cd "$work/tree"
    find . ! -type f -printf '%P\t%y %m %U:%G %l\n'
    find . -type f -printf '%P\t%y %m %U:%G\n' | sort > "$work/files"
    find . -type f -print0 | xargs -0 sha256sum | sed 's/^\([0-9a-f]*\)  \.\/\(.*\)/\2\t\1/' | sort > "$work/sums"
    join -t $'\t' "$work/files" "$work/sums"
  ) | sort > "$work/$2"
  rm -rf "$work/tree" "$work/part.raw"
}

tree "$disk" before
rm -rf bench/target
mvn -o -B -q -f bench/pom.xml package -Ddebian.disk="$disk"
tree bench/target/image/*.diskdump ours
cp --sparse=always "$disk" "$work/copy.raw"
export LIBGUESTFS_BACKEND=direct
[ "$(examples/debian/boot.sh -k)" = kvm ] || export LIBGUESTFS_BACKEND_SETTINGS=force_tcg
virt-sysprep -q -a "$work/copy.raw"
tree "$work/copy.raw" theirs

# what virt-sysprep took away or changed, and is in ours as it was before
comm -23 "$work/before" "$work/theirs" | comm -12 - "$work/ours" | cut -f 1 | sed 's/^/\//' > "$work/left"
echo "virt-sysprep removed or changed $(comm -23 "$work/before" "$work/theirs" | wc -l) paths, image:build $(comm -23 "$work/before" "$work/ours" | wc -l)"
if [ -s "$work/left" ]; then
  echo "compare-trees: virt-sysprep changes these, image:build leaves them as they were:"
  sed 's/^/  /' "$work/left"
  exit 1
fi
echo "compare-trees: nothing that virt-sysprep removes or changes is left as it was"
