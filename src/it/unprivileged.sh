#!/bin/sh
# Runs a program as an ordinary user without any capability, with /dev/kvm, /dev/loop* and mount(2) out of reach, having tried
# that they are: unprivileged.sh PROGRAM [ARGUMENT...]
# Root becomes nobody; everybody else stays who he is. Needs util-linux, and of everybody but root user namespaces.
set -eu

# shellcheck disable=SC2016
small_dev='
  PATH=$PATH:/usr/sbin:/sbin
  mount -t tmpfs -o mode=755 dev /mnt
  for node in null zero full random urandom tty; do
    : > "/mnt/$node"
    mount --bind "/dev/$node" "/mnt/$node"
  done
  ln -s /proc/self/fd /mnt/fd
  mount --rbind /mnt /dev
  umount -l /mnt
'
# shellcheck disable=SC2016
tried='
  fail() { echo "unprivileged: $1" >&2; exit 97; }
  [ "$(id -u)" -ne 0 ] || fail "still root"
  grep -q "^CapEff:[[:space:]]*0*$" /proc/self/status || fail "capabilities are left"
  ! mount -t tmpfs none /mnt 2> /dev/null || fail "can mount"
  for node in /dev/kvm /dev/loop-control /dev/loop0; do
    ! (: < "$node") 2> /dev/null || fail "can open $node"
  done
  echo "unprivileged: as user $(id -u), without capabilities, KVM, loop devices and mount"
  exec "$@"
'

if [ "$(id -u)" -eq 0 ]; then
  # shellcheck disable=SC2016
  exec unshare -m sh -euc "$small_dev"'
    tried=$1; shift
    exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
      sh -euc "$tried" sh "$@"' sh "$tried" "$@"
else
  # shellcheck disable=SC2016
  exec unshare -Urm sh -euc "$small_dev"'
    tried=$1; shift
    exec unshare -U --map-user=65534 --map-group=65534 setpriv --no-new-privs sh -euc "$tried" sh "$@"' sh "$tried" "$@"
fi
