#!/usr/bin/env bash
# Measures how a tar becomes a disk, on the tree of examples/debian/make-tree.sh, in one run:
#   (r) imagewright convert of source.tree to raw: MBR, ext4, GRUB for a BIOS; sha256 included
#   (s) virt-make-fs --partition=mbr --type=ext4 on the same tar: no boot loader, no digest
#   (t) tar -x and mke2fs -d: the file system alone, no table, no boot loader, no digest; needs root, (r) does not
# (r) and (s) keep 512 MiB free. Prints rows for bench/RESULTS.md. RUNS=<n> (default 3) runs of all but (s); the median counts.
set -euo pipefail
runs=${RUNS:-3}
# shellcheck source=bench/common.sh
. "$(dirname "$(readlink -f "$0")")/common.sh" >&2
export LIBGUESTFS_BACKEND=direct
[ "$(examples/debian/boot.sh -k)" = kvm ] || export LIBGUESTFS_BACKEND_SETTINGS=force_tcg
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

tree=$(dirname "$disk")/debian-tree.tar
examples/debian/make-tree.sh "$tree" >&2
mvn -q -B -DskipTests -Dspotless.check.skip=true -pl cli -am package >&2
jar=$(find cli/target -maxdepth 1 -name '*-all.jar')
cat > "$work/tree.yaml" << EOF
source: { tree: $tree }
disk: { table: mbr, boot: bios }
formats: [raw]
EOF
ours() { java -jar "$jar" convert "$work/tree.yaml" --force --output-directory "$work/out"; }
peer() { virt-make-fs --partition=mbr --type=ext4 --size=+512M "$tree" "$work/peer.raw"; }
unpacked() {
  rm -rf "$work/files" "$work/files.raw"
  mkdir "$work/files"
  tar -x --numeric-owner --xattrs --xattrs-include='*' --acls -f "$tree" -C "$work/files"
  mke2fs -q -t ext4 -d "$work/files" "$work/files.raw" 1300M
}
ours > "$work/log" 2>&1 # warms the cache
for ((i = 0; i < runs; i++)); do # in turn, so that a slow minute of the machine hits both
  timed ours >> "$work/r"
  timed unpacked >> "$work/t"
done
note "(s) once"
s=$(timed peer)
r=$(median < "$work/r") t=$(median < "$work/t")
cat << EOF
A tar of $(du -m "$tree" | cut -f 1) MiB. Median of $runs runs, (s) once.

| | seconds |
|---|---:|
| (r) \`imagewright convert\` of the tar to a raw disk that boots, sha256 included | $r |
| (s) \`virt-make-fs\` of the tar, a partition without a boot loader, no digest | $s |
| (t) \`tar -x\` and \`mke2fs -d\`, as root: the file system alone | $t |

| aim | measured | |
|---|---:|---|
| (r) at least 5 times faster than (s) | $(ratio "$s" "$r") | $(verdict "$s >= 5 * $r") |
EOF
