#!/usr/bin/env bash
# Measures the writing of formats beside the programs that people use for it, on the finished demo disk, in one run:
#   (j) image:convert to qcow2 (zlib), md5 and sha256 included         (k) qemu-img convert -c -m 16 -W, without a digest
#   (l) image:convert to raw.zst, digests included                     (m) image:convert to both, qcow2 and raw.zst
#   (n) image:convert to tar.zst, digests included                     (o) tar -I 'zstd -T0' of the same tree, mounted, without a digest
#   (p) what of (n) is the writing; the rest is the worker's start, the check of the file system and the look at the guest
#   (q) as (o), with both digests, by tee in the same pass
# What image:convert takes is what its build record has: the worker's start and the check of the file system are in it, Maven's start is
# not. Prints rows for bench/RESULTS.md, which bench/run.sh puts there. Needs root, to mount. RUNS=<n> (default 5); the median counts.
set -euo pipefail
runs=${RUNS:-5}
# shellcheck source=bench/common.sh
. "$(dirname "$(readlink -f "$0")")/common.sh" >&2
finish() {
  ! mountpoint -q "$work/tree" || umount "$work/tree"
  [ -z "${loop:-}" ] || losetup -d "$loop"
  rm -rf "$work" bench/target
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

version=$(sed -n 's/.*<imagewright.version>\(.*\)<.*/\1/p' bench/pom.xml)
convert() { # formats
  rm -rf "$work/out"
  (
    cd "$work" # no project
    timed mvn -o -B -q "io.imagewright:image-maven-plugin:$version:convert" -Dimage.source="$work/disk.raw" -Dimage.sourceFormat=raw \
      -Dimage.formats="$1" -Dimage.checksums=md5,sha256 -Dimage.outputDirectory="$work/out" > /dev/null
  )
  jq .seconds "$work"/out/*.build.json
}
tree() { tar -C "$work/tree" --numeric-owner --xattrs --acls -I 'zstd -T0' -cf "$work/tree.tar.zst" .; }
tree_with_digests() {
  local md5
  md5sum < "$work/fifo" > "$work/md5" &
  md5=$!
  tar -C "$work/tree" --numeric-owner --xattrs --acls -I 'zstd -T0' -cf - . | tee "$work/tree.tar.zst" "$work/fifo" | sha256sum > "$work/sha256"
  wait "$md5"
}

note "the finished disk"
rm -rf bench/target
mvn -o -B -q -f bench/pom.xml -Ddebian.disk="$disk" package >&2
cp --sparse=always bench/target/image/*.diskdump "$work/disk.raw"
start=$(sfdisk -J "$work/disk.raw" | jq '.partitiontable.partitions[0].start')
loop=$(losetup -r -f --show -o $((start * 512)) "$work/disk.raw")
mkdir "$work/tree"
mount -o ro,noload "$loop" "$work/tree"
mkfifo "$work/fifo"
tree # warms the cache
convert qcow2 > /dev/null # remembers the digest of the disk
note "$runs times"
for ((i = 0; i < runs; i++)); do # in turn, so that a slow minute of the machine hits all
  convert qcow2 >> "$work/j"
  rm -f "$work/peer.qcow2"
  timed qemu-img convert -f raw -O qcow2 -c -m 16 -W "$work/disk.raw" "$work/peer.qcow2" >> "$work/k"
  convert raw.zst >> "$work/l"
  convert qcow2,raw.zst >> "$work/m"
  convert tar.zst >> "$work/n"
  jq '.steps[] | select(.step == "write").seconds' "$work"/out/*.build.json >> "$work/p"
  timed tree >> "$work/o"
  timed tree_with_digests >> "$work/q"
done
j=$(median < "$work/j") k=$(median < "$work/k") l=$(median < "$work/l")
m=$(median < "$work/m") n=$(median < "$work/n") o=$(median < "$work/o") p=$(median < "$work/p") q=$(median < "$work/q")
cat << EOF
| | seconds |
|---|---:|
| (j) \`image:convert\` to qcow2, md5 and sha256 included | $j |
| (k) \`qemu-img convert -c -m 16 -W\` to qcow2, no digest | $k |
| (l) \`image:convert\` to raw.zst, digests included | $l |
| (m) \`image:convert\` to qcow2 and raw.zst, digests included | $m |
| (n) \`image:convert\` to tar.zst, digests included | $n |
| (o) \`tar -I 'zstd -T0'\` of the mounted tree, no digest | $o |
| (p) the writing alone of (n), digests included | $p |
| (q) as (o), with both digests | $q |

| aim | measured | |
|---|---:|---|
| (j) not slower than (k) | $(ratio "$j" "$k") | $(verdict "$j <= $k") |
| (n) not slower than (o) | $(ratio "$n" "$o") | $(verdict "$n <= $o") |
| (p) not slower than (o) | $(ratio "$p" "$o") | $(verdict "$p <= $o") |
| (m) less than twice one of its formats, (j) | $(ratio "$m" "$j") | $(verdict "$m < 2 * $j") |
EOF
