#!/bin/sh
# Boots a tree as far as its init starts services, in a chroot of this machine's /usr, the tree's and the init's own files over it.
#
#   grow-root-init-check.sh <insserv, sysv, openrc or systemd> <tree> <directory of the unpacked init>
#
# insserv only writes the lists of startpar, as the package of a service does; systemd only resets the units to their presets.
# Needs root, in a mount and process namespace of its own.
set -eu
init=$1 tree=$2 files=$3
root=$tree.root
mkdir -p "$root"
mount -t tmpfs tmpfs "$root"
cd "$root"
mkdir -p usr over proc dev run tmp var/lib/insserv var/log etc
for link in bin sbin lib lib64; do [ ! -L /$link ] || ln -s "$(readlink /$link)" $link; done
for directory in bin sbin lib usr; do
  [ ! -d "$files/$directory" ] || cp -a "$files/$directory" over/
done
# as where /usr is merged
mkdir -p over/usr
for directory in bin sbin lib; do
  [ ! -d over/$directory ] || cp -a over/$directory over/usr/
done
mkdir -p "$tree/usr"
mount -t overlay overlay -o lowerdir="$tree/usr:$root/over/usr:/usr" usr
mount --bind "$tree/etc" etc
mount -t proc proc proc
mount --bind /dev dev
mount -t tmpfs tmpfs run
PATH=/usr/sbin:/usr/bin:/sbin:/bin
case $init in
  insserv) chroot . insserv cron ;;
  sysv) chroot . /bin/sh /lib/init/rc 2 ;;
  openrc)
    for level in sysinit boot default; do chroot . openrc $level; done
    chroot . rc-status boot
    ;;
  systemd)
    systemctl --root="$tree" preset imagewright-grow-root.service
    echo "unit $(systemctl --root="$tree" is-enabled imagewright-grow-root.service)"
    chroot . systemd-analyze verify --recursive-errors=no imagewright-grow-root.service && echo "unit verified"
    ;;
esac < /dev/null
