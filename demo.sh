#!/usr/bin/env bash
# The whole way on a fresh Debian 12 machine: what is missing gets installed, the project built, a real Debian disk made and
# turned into artifacts; then prints what came out. IMAGEWRIGHT_DISK=<file> keeps the source disk elsewhere.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
disk=$(readlink -m "${IMAGEWRIGHT_DISK:-examples/debian/base/debian.raw}")
step() { printf '\n== %s\n' "$*"; }

./setup.sh

step "Building Imagewright"
mvn -q -B -DskipTests -Dinvoker.skip=true -Dspotless.check.skip=true -pl maven-plugin -am install

step "Making a Debian disk: $disk"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
if [ ${#as_root[@]} -gt 0 ] && ! command -v sudo > /dev/null; then
  echo "demo: making the disk needs root; as root, run: $PWD/examples/debian/make-disk.sh $disk" >&2
  exit 1
fi
"${as_root[@]}" examples/debian/make-disk.sh "$disk"

step "mvn package (image:build) in examples/debian"
rm -rf examples/debian/target
start=$EPOCHREALTIME
mvn -B -f examples/debian/pom.xml -Ddebian.disk="$disk" package
end=$EPOCHREALTIME

cd examples/debian/target/image
size() { numfmt --to=iec-i --suffix=B --format=%.1f "$1"; }
stored() { echo $(($(stat -c '%b * %B' "$1"))); }
step "What came out: examples/debian/target/image"
ls -1
step "Sizes: virtual, on the medium"
printf '%-40s %10s %10s\n' "before: $(basename "$disk")" "$(size "$(stat -c %s "$disk")")" "$(size "$(stored "$disk")")"
for manifest in *.image-manifest.json; do
  jq -r '.artifacts[] | [.file, .virtualSize] | @tsv' "$manifest" | while IFS=$'\t' read -r file virtual; do
    printf '%-40s %10s %10s\n' "$file" "$(size "$virtual")" "$(size "$(stored "$file")")"
  done
done
step "Checksums"
cat -- *.sha256sum *.md5sum
sha256sum -c --quiet -- *.sha256sum
md5sum -c --quiet -- *.md5sum
step "What each operation did: changes, bytes"
jq -r '.operations[] | [.name, .changes, .bytes] | @tsv' -- *.image-manifest.json \
  | while IFS=$'\t' read -r name changes bytes; do printf '%-45s %6d %10s\n' "$name" "$changes" "$(size "$bytes")"; done
step "Done: $(awk "BEGIN { printf \"%.1f\", $end - $start }") seconds for mvn package, Maven's own start included"
