#!/usr/bin/env bash
# Measures side by side, on the demo disk, in one run:
#   (a) the whole image:build to a diskdump with md5 and sha256, start of Maven and of all Java machines included
#   (b) virt-sysprep and virt-sparsify --in-place on a copy of the disk
#   (c) the floor: cp --sparse=always of the source, then md5sum and sha256sum side by side over the diskdump of (a)
#   (d) as (a), with the same content in a disk of 100 GiB
#   (e) as (a), but with -Dimage.force: the source's digest is computed again, as at the first build of a disk
#   (f) Maven's start alone, (g) one SHA-256 over the diskdump of (a) by OpenSSL, and (h) e2fsck and resize2fs -M of the root file
#       system alone: one must end before the next begins, so together they are what no (a) can go below
#   (i) as (a), but with -Dimage.engine=libguestfs: through a virtual machine, as (b)
#   and what bench/formats.sh and bench/trees.sh measure
# Prints a table and writes it to bench/RESULTS.md. Needs root (virt-sysprep reads the machine's kernel, make-disk.sh mounts)
# and three times the disk's content as free space. RUNS=<n> (default 5) runs of all but (b); the median counts.
set -euo pipefail
runs=${RUNS:-5}
# shellcheck source=bench/common.sh
. "$(dirname "$(readlink -f "$0")")/common.sh"
trap 'rm -rf "$work" bench/target' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

build=(mvn -o -B -q -f bench/pom.xml package)
image_build() { # source disk, options
  rm -rf bench/target
  timed "${build[@]}" -Ddebian.disk="$1" "${@:2}"
}
copy_disk() { cp --sparse=always "$disk" "$work/copy.raw"; }
digest() {
  local md5
  md5sum "$1" &
  md5=$!
  sha256sum "$1"
  wait "$md5"
}
file_system() { # journal off, as (a) has it: it moves less
  tune2fs -O ^has_journal "$work/root.raw"
  e2fsck -fy "$work/root.raw" || [ $? -le 1 ]
  resize2fs -M "$work/root.raw"
}
floor() { copy_disk && digest "$work/result.diskdump"; }
peer() {
  virt-sysprep -q -a "$work/copy.raw"
  virt-sparsify -q --in-place "$work/copy.raw"
}

note "(d) the content in 100 GiB"
big=$work/big.raw
start=$(sfdisk -J "$disk" | jq '.partitiontable.partitions[0].start')
size=$(sfdisk -J "$disk" | jq '.partitiontable.partitions[0].size')
swap=$(sfdisk -J "$disk" | jq '.partitiontable.partitions[1].size')
sectors=$((100 * 1024 * 1024 * 2))
big_size=$(((sectors - swap - start - 4096) / 2048 * 2048))
truncate -s 100G "$big"
# the file system alone in a file: resize2fs knows no partitions
dd if="$disk" of="$work/part.raw" bs=1M skip=$((start / 2048)) count=$((size / 2048)) conv=sparse status=none
cp --sparse=always "$work/part.raw" "$work/root-source.raw"
truncate -s $((size * 512)) "$work/root-source.raw"
truncate -s $((big_size * 512)) "$work/part.raw"
e2fsck -fy "$work/part.raw" > "$work/log" 2>&1 || [ $? -le 1 ] || { cat "$work/log" >&2; exit 1; }
timed resize2fs "$work/part.raw" > /dev/null
dd if="$disk" of="$big" bs=512 count="$start" conv=notrunc status=none # GRUB
printf 'label: dos\nstart=%s, size=%s, type=83, bootable\nstart=%s, size=%s, type=82\n' \
  "$start" "$big_size" $((start + big_size)) "$swap" | sfdisk -q "$big"
dd if="$work/part.raw" of="$big" bs=1M seek=$((start / 2048)) conv=sparse,notrunc status=none
dd if="$disk" of="$big" bs=512 skip=$((start + size)) seek=$((start + big_size)) count="$swap" conv=sparse,notrunc status=none
rm "$work/part.raw"

note "(a) warm-up, also of what Maven must have for -o; the digest of the source is remembered from here on"
rm -rf bench/target
mvn -B -q -f bench/pom.xml -Ddebian.disk="$disk" package
cp --sparse=always bench/target/image/*.diskdump "$work/result.diskdump"
before=$(du -m "$disk" | cut -f 1)
after=$(du -m "$work/result.diskdump" | cut -f 1)
note "(a), (c), (f), (g) and (h), $runs times"
for ((i = 0; i < runs; i++)); do # in turn, so that a slow minute of the machine hits both
  image_build "$disk" >> "$work/a"
  rm -f "$work/copy.raw"
  timed floor >> "$work/c"
  timed mvn -o -B -q -f bench/pom.xml validate >> "$work/f"
  timed openssl dgst -sha256 "$work/result.diskdump" >> "$work/g"
  cp --sparse=always "$work/root-source.raw" "$work/root.raw"
  timed file_system >> "$work/h"
done
note "(d), $runs times"
image_build "$big" > /dev/null # its source is new to the machine, (a)'s is not
for ((i = 0; i < runs; i++)); do image_build "$big" >> "$work/d"; done
note "(e), $runs times"
for ((i = 0; i < runs; i++)); do image_build "$disk" -Dimage.force >> "$work/e"; done
rm -f "$big"
note "memory of (a)"
rm -rf bench/target
java bench/PeakMemory.java "${build[@]}" -Ddebian.disk="$disk" 2> "$work/peak" || { cat "$work/peak" >&2; exit 1; }
read -r rss pss < <(sed -n 's/.*peak //p' "$work/peak")

accelerator=$(examples/debian/boot.sh -k)
note "(b) once, with $accelerator; this takes minutes"
export LIBGUESTFS_BACKEND=direct
[ "$accelerator" = kvm ] || export LIBGUESTFS_BACKEND_SETTINGS=force_tcg
rm -f "$work/copy.raw"
copy_disk
timed peer > "$work/b"
note "(i) once"
image_build "$disk" -Dimage.engine=libguestfs > "$work/i"

a=$(median < "$work/a") b=$(median < "$work/b") c=$(median < "$work/c") d=$(median < "$work/d") e=$(median < "$work/e")
f=$(median < "$work/f") g=$(median < "$work/g") h=$(median < "$work/h") i=$(median < "$work/i")
cat > "$work/results.md" << EOF
# Measured by \`bench/run.sh\`

$(date -u +%Y-%m-%d), commit $(git rev-parse --short HEAD 2> /dev/null || echo unknown).
Machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo) memory,
Linux $(uname -r), ${accelerator^^}, file system $(df --output=fstype "$work" | tail -1).
Source: the disk of \`examples/debian/make-disk.sh\`, 8 GiB virtual, $before MiB stored; diskdump of (a): $after MiB stored.
Median of $runs runs, (b) and (i) once; the page cache is warm for all, and in (a) and (d) the digest of the source is remembered.

| | seconds |
|---|---:|
| (a) \`mvn package\` with \`image:build\` to diskdump, md5 and sha256 | $a |
| (b) virt-sysprep + virt-sparsify --in-place on a copy | $b |
| (c) floor: cp --sparse=always, then md5sum and sha256sum of the result, in parallel | $c |
| (d) as (a), the same content in a 100 GiB disk | $d |
| (e) as (a), the first build of a disk: the source's digest is computed, too | $e |
| (f) start of Maven alone: \`mvn validate\` | $f |
| (g) one SHA-256 over the diskdump, \`openssl dgst\` | $g |
| (h) \`e2fsck\` and \`resize2fs -M\` of the root file system alone | $h |
| (i) as (a), with the engine libguestfs | $i |

| aim | measured | |
|---|---:|---|
| (a) at least 20 times faster than (b) | $(ratio "$b" "$a") | $(verdict "$b >= 20 * $a") |
| (a) at most 2.5 times (c) | $(ratio "$a" "$c") | $(verdict "$a <= 2.5 * $c") |
| (d) at most 1.3 times (a) | $(ratio "$d" "$a") | $(verdict "$d <= 1.3 * $a") |
| (i) at most half of (b) | $(ratio "$i" "$b") | $(verdict "$i <= 0.5 * $b") |
| the least that (a) can take, (f) + (g) + (h): how many times faster than (b) that would be | $(awk "BEGIN { printf \"%.1f\", $b / ($f + $g + $h) }") | |
| peak RSS of all processes of (a), summed, under 600 MiB | $rss MiB (PSS $pss MiB) | $(verdict "$rss < 600") |

## Formats, by \`bench/formats.sh\`

EOF
{
  bench/formats.sh
  printf "\n## Trees, by \`bench/trees.sh\`\n\n"
  bench/trees.sh
} >> "$work/results.md"
cat "$work/results.md"
cp "$work/results.md" bench/RESULTS.md
