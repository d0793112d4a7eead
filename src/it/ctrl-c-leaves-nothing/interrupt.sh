#!/bin/sh
# Builds again and presses Ctrl-C in the middle: interrupt.sh MAVEN_HOME LOCAL_REPOSITORY DIRECTORY_OF_PROJECTS
set -eu
maven=$1 repository=$2 projects=$3
fail() { echo "ctrl-c: $1" >&2; cat again.log >&2; exit 1; }
outputs() { (cd target/image && sha256sum -- * && find . -type f -printf '%p %T@\n' | sort); }

sed 's|@localRepositoryUrl@|file:///nowhere|' "$projects/settings.xml" > settings.xml
outputs > before
# an e2fsck that has very much to do, so that there surely is a middle
mkdir slow tmp
printf '#!/bin/sh\necho $$ > "%s/begun"\nexec sleep 600\n' "$PWD" > slow/e2fsck
chmod +x slow/e2fsck
# found in the environment of everything that this build starts; shells let what they start in the background ignore Ctrl-C
mark=IMAGEWRIGHT_IT=$$-$(date +%s)
env --default-signal=INT "$mark" PATH="$PWD/slow:$PATH" \
  "$maven/bin/mvn" -B -o -s settings.xml -Dmaven.repo.local="$repository" -Dimage.tmpdir="$PWD/tmp" -Dimage.force package > again.log 2>&1 &
build=$!

tries=0
until [ -s begun ]; do
  tries=$((tries + 1))
  [ $tries -lt 1200 ] || fail "the build does not get to its middle"
  kill -0 $build 2> /dev/null || fail "the build ended before its middle"
  sleep 0.1
done
kill -INT $build
status=0
wait $build || status=$?

[ $status -eq 130 ] || fail "exit code $status instead of 130"
left=$(grep -slF "$mark" /proc/[0-9]*/environ || true)
[ -z "$left" ] || fail "processes are left: $left"
[ -z "$(ls -A tmp)" ] || fail "work files are left: $(ls -A tmp)"
outputs > after
cmp before after || fail "the earlier build's outputs are not what they were"
