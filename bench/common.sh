# Sourced by the scripts beside it: goes to the project's directory, and sees that the project and the demo disk, $disk, are made.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
disk=$(readlink -m "${IMAGEWRIGHT_DISK:-examples/debian/base/debian.raw}")
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" LC_ALL=C

./setup.sh --bench
mvn -q -B -DskipTests -Dinvoker.skip=true -Dspotless.check.skip=true install
examples/debian/make-disk.sh "$disk"
