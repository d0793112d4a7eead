# Sourced by the scripts beside it: goes to the project's directory, and sees that the project and the demo disk, $disk, are made,
# and has what the measurements have in common.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
disk=$(readlink -m "${IMAGEWRIGHT_DISK:-examples/debian/base/debian.raw}")
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" LC_ALL=C

./setup.sh --bench
mvn -q -B -DskipTests -Dinvoker.skip=true -Dspotless.check.skip=true -pl maven-plugin -am install
examples/debian/make-disk.sh "$disk"

# for the files of whoever sources this, who removes it
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")

note() { echo "bench: $*" >&2; }
timed() { # seconds that a command takes
  local start=$EPOCHREALTIME
  "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; note "failed: $*"; exit 1; }
  awk "BEGIN { printf \"%.2f\\n\", $EPOCHREALTIME - $start }"
}
median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.2f", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
verdict() { awk "BEGIN { exit !($1) }" && echo met || echo missed; }
