#!/usr/bin/env bash
# Everything that must hold: scripts, format, architecture, unit, contract and invoker tests, a built image that boots, and the manual.
# Works on a fresh Debian 12 machine as root; needs root only to make the Debian disk. IMAGEWRIGHT_DISK=<file> keeps
# the disk elsewhere. Further arguments go to Maven.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
disk=$(readlink -m "${IMAGEWRIGHT_DISK:-examples/debian/base/debian.raw}")

./setup.sh
shellcheck -- *.sh bench/*.sh site/*.sh examples/*/*.sh src/it/*.sh src/it/*/*.sh .ci/run shared-core/src/*/resources/io/imagewright/customise/*.sh

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
if [ ${#as_root[@]} -gt 0 ] && ! command -v sudo > /dev/null; then
  echo "test: making the disk needs root; as root, run: $PWD/examples/debian/make-disk.sh $disk" >&2
  exit 1
fi
cloud=${disk%.raw}-cloud.raw
"${as_root[@]}" examples/debian/make-disk.sh "$disk"
"${as_root[@]}" examples/debian/add-packages.sh "$disk" "$cloud" cloud-init cloud-guest-utils ssl-cert dropbear
tree=$(dirname "$disk")/debian-tree.tar
"${as_root[@]}" examples/debian/make-tree.sh "$tree"

status=0
begun=$(mktemp)
trap 'rm -f "$begun"' EXIT
mvn -B verify site -Dimagewright.debianDisk="$disk" -Dimagewright.cloudDisk="$cloud" -Dimagewright.debianTree="$tree" \
  "$@" || status=$?

if [ "$status" -ne 0 ]; then
  printf '\ntest: failed. Reports of this run with a failure (none: see the first [ERROR] above):\n'
  find . -path '*/target/*-reports/*.xml' -newer "$begun" \
    -exec grep -lE '<(failure|error)[ >]|result="failure' {} + | sed 's/^/  /' || true
  exit "$status"
fi
site/check-links.sh
echo "test: everything passed"
