#!/bin/sh
# Grows a mounted file system, and the partition that it is in, to the end of the disk; the default is the root file system. Runs at each
# boot: it keeps no state but a tag of LVM while its work there is half done, and where the partition is as long as it can be it writes
# nothing. A partition that another one follows stays.
#
#   imagewright-grow-root [mount point]
#
# A GPT is changed by sfdisk, sgdisk, parted or systemd-repart, whichever is there; an MBR by sfdisk, or without it.
set -u
LC_ALL=C
export LC_ALL
PATH=${GROW_PATH:-/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin}

mount=${1:-/}
blocks=/sys/class/block

say() { echo "grow-root: $*"; }
# of a disk that is not, or no longer, laid out for this: no fault that each boot should report
leave() {
  say "$*: nothing grows"
  exit 0
}
fail() {
  echo "grow-root: $*" >&2
  exit 1
}
has() { command -v "$1" > /dev/null 2>&1; }
# the first line of a file in /sys; 0 when there is none
line() {
  line=0
  [ ! -r "$1" ] || read -r line < "$1"
  echo "$line"
}
# the last name of the path that a path leads to
name() {
  path=$(readlink -f "$1")
  echo "${path##*/}"
}

# --- what is there --------------------------------------------------------------------------------------------------

# prints "type device" of a mount point, the device by its name in /sys/class/block; see proc(5), mountinfo
mounted() {
  while read -r _ _ ids _ point rest; do
    [ "$point" = "$1" ] || continue
    # shellcheck disable=SC2086 # type and source are words
    set -- "$point" ${rest#* - }
    if [ -e "/sys/dev/block/$ids" ]; then
      found="$2 $(name "/sys/dev/block/$ids")"
    else # btrfs has numbers of its own
      found="$2 $(name "$3")"
    fi
  done < /proc/self/mountinfo
  echo "${found:-}"
}

# the partition or disk below a device, through logical volumes; nothing when there are several
below() {
  device=$1
  while [ -e "$blocks/$device/slaves" ]; do
    set -- "$blocks/$device/slaves/"*
    [ -e "$1" ] || break
    [ $# -eq 1 ] || return 0
    device=${1##*/}
  done
  echo "$device"
}

kind=$(mounted "$mount")
top=${kind#* }
kind=${kind% *}
[ -e "$blocks/${top:-none}" ] || leave "$mount is on no block device"
part=$(below "$top")
[ -n "$part" ] || leave "$mount is on several devices"
if [ ! -e "$blocks/$part/partition" ]; then
  disk=
else
  disk=$(readlink -f "$blocks/$part")
  disk=${disk%/*}
  disk=${disk##*/}
  at=$(line "$blocks/$part/start")
  for other in "$blocks/$disk/$disk"*; do
    # an extended partition shows as two sectors
    if [ -e "$other/partition" ] && [ "$(line "$other/size")" -gt 2 ] \
      && [ "$(line "$other/start")" -gt "$at" ]; then
      leave "${other##*/} follows $part"
    fi
  done
fi

# --- the partition --------------------------------------------------------------------------------------------------

# bytes number, from 0, of the sector that a file holds
byte() { od -An -v -tu1 -j "$2" -N 1 "$1" | tr -d ' '; }
word() { # four of them, little-endian
  # shellcheck disable=SC2046 # four numbers
  set -- $(od -An -v -tu1 -j "$2" -N 4 "$1")
  echo $(($1 + $2 * 256 + $3 * 65536 + $4 * 16777216))
}
sector() { dd if="/dev/$disk" of="$work/sector" bs="$block" skip="$1" count=1 2> /dev/null; }
# sector number, byte number, value: writes a length of a table's entry, never a smaller one
lengthen() {
  sector "$1" || return 1
  [ "$(byte "$work/sector" 510)" = 85 ] && [ "$(byte "$work/sector" 511)" = 170 ] || return 1
  [ "$3" -gt "$(word "$work/sector" "$2")" ] || return 0
  # shellcheck disable=SC2059 # octal escapes
  printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $(($3 & 255)) $(($3 >> 8 & 255)) $(($3 >> 16 & 255)) $(($3 >> 24 & 255)))" \
    | dd of="/dev/$disk" bs=1 seek=$(($1 * block + $2)) conv=notrunc 2> /dev/null || return 1
  sector "$1" && [ "$(word "$work/sector" "$2")" = "$3" ]
}
# the offset of the entry of sector 0 that begins there; prints nothing when there is none
entry() {
  for at in 446 462 478 494; do
    [ "$(word "$work/sector" $((at + 8)))" != "$1" ] || [ "$(byte "$work/sector" $((at + 4)))" = 0 ] || echo "$at"
  done
}
# An MBR by hand: the length in the partition's own entry; of a logical one, first that of the extended one and that in the link to it.
# Each step leaves a table in which everything has its place.
mbr_by_hand() {
  sector 0 || return 1
  if [ "$index" -lt 5 ]; then
    at=$(entry "$start")
    [ -n "$at" ] && [ "$(word "$work/sector" $((at + 12)))" = "$sectors" ] || return 1
    lengthen 0 $((at + 12)) $((end - start))
    return
  fi
  extended='' outer=
  for at in 446 462 478 494; do
    case $(byte "$work/sector" $((at + 4))) in
      5 | 15 | 133) extended=$(word "$work/sector" $((at + 8))) outer=$at ;;
    esac
  done
  [ -n "$extended" ] || return 1
  ebr=$extended before='' rounds=0
  while :; do
    rounds=$((rounds + 1))
    [ "$rounds" -le 128 ] && sector "$ebr" || return 1
    [ $((ebr + $(word "$work/sector" 454))) -ne "$start" ] || break
    next=$(word "$work/sector" 470)
    [ "$next" -ne 0 ] || return 1
    before=$ebr
    ebr=$((extended + next))
  done
  [ "$(word "$work/sector" 458)" = "$sectors" ] || return 1
  lengthen 0 $((outer + 12)) $((end - extended)) || return 1
  [ -z "$before" ] || lengthen "$before" 474 $((end - ebr)) || return 1
  lengthen "$ebr" 458 $((end - start))
}

# the table as sfdisk has it, with no length for what grows: that is all there is
with_sfdisk() {
  sfdisk -d "/dev/$disk" > "$work/before" || return 1
  [ "$index" -lt 5 ] || [ "$table" = gpt ] || logical='s/ size= *[0-9]*,\(.*type=\(5\|f\|85\)\($\|,\| \)\)/\1/'
  sed -e '/^last-lba:/d' -e "s|^/dev/$part :\\(.*\\) size= *[0-9]*,|/dev/$part :\\1|" -e "${logical:-}" \
    "$work/before" > "$work/after"
  ! cmp -s "$work/before" "$work/after" || return 1
  sfdisk --no-reread --force "/dev/$disk" < "$work/after" > "$work/log" 2>&1 && return
  cat "$work/log" >&2
  sfdisk --no-reread --force "/dev/$disk" < "$work/before" > /dev/null 2>&1
  return 1
}
# deleted and made again in one step, with all that it is known by
with_sgdisk() {
  sgdisk -i "$index" "/dev/$disk" > "$work/info" || return 1
  type=$(sed -n 's/^Partition GUID code: \([0-9A-Fa-f-]*\).*/\1/p' "$work/info")
  guid=$(sed -n 's/^Partition unique GUID: \([0-9A-Fa-f-]*\).*/\1/p' "$work/info")
  flags=$(sed -n 's/^Attribute flags: \([0-9A-Fa-f]*\).*/\1/p' "$work/info")
  name=$(sed -n "s/^Partition name: '\\(.*\\)'\$/\\1/p" "$work/info")
  [ -n "$type" ] && [ -n "$guid" ] && [ -n "$flags" ] || return 1
  sgdisk -e -d "$index" -a 1 -n "$index:$start:0" -t "$index:$type" -u "$index:$guid" -c "$index:$name" \
    -A "$index:=:$flags" "/dev/$disk" > "$work/log" 2>&1 || { cat "$work/log" >&2; return 1; }
}
# of a GPT alone: it gives an MBR another identifier, by which the boot loader may know the root
with_parted() {
  printf 'fix\n' | parted ---pretend-input-tty "/dev/$disk" print > /dev/null 2>&1
  # it asks whether a partition in use may change
  printf 'yes\n100%%\n' | parted ---pretend-input-tty "/dev/$disk" resizepart "$index" > "$work/log" 2>&1
  parted -ms "/dev/$disk" unit s print 2> /dev/null | awk -F: -v n="$index" -v size="$sectors" \
    '$1 == n && $4 + 0 > size { grown = 1 } END { exit !grown }' || { cat "$work/log" >&2; return 1; }
}
# prints the type of a partition of a GPT
type_of() {
  sector 1 || return 1
  length=$(word "$work/sector" 84)
  dd if="/dev/$disk" of="$work/entry" bs="$length" skip=$(($(word "$work/sector" 72) * block / length + $1 - 1)) count=1 2> /dev/null
  # shellcheck disable=SC2046 # 16 numbers
  set -- $(od -An -v -tx1 -N 16 "$work/entry")
  [ $# -eq 16 ] && echo "$4$3$2$1-$6$5-$8$7-$9${10}-${11}${12}${13}${14}${15}${16}"
}
# it finds a partition by its type, so each of the disk is given a definition, in their order
with_repart() {
  mkdir "$work/repart.d" || return 1
  for other in "$blocks/$disk/$disk"*/partition; do
    n=$(line "$other")
    type=$(type_of "$n") || return 1
    definition=$work/repart.d/$(printf %03d "$n").conf
    printf '[Partition]\nType=%s\n' "$type" > "$definition"
    [ "$n" = "$index" ] || printf 'SizeMaxBytes=%s\nWeight=0\n' $(($(line "${other%/*}/size") * 512)) >> "$definition"
  done
  systemd-repart --dry-run=no --definitions="$work/repart.d" "/dev/$disk" > "$work/log" 2>&1 || { cat "$work/log" >&2; return 1; }
}

# the kernel takes over the new length of a partition in use from these alone
update_kernel() {
  if has partx; then
    partx -u --nr "$index" "/dev/$disk" 2> /dev/null
  elif has partprobe; then
    partprobe "/dev/$disk" 2> /dev/null
  fi
  [ "$(line "$blocks/$part/size")" -gt "$old" ]
}

# what tools leave at the end, for their alignment and a GPT's second copy, is none
room() { [ $(((end - start - sectors) * block)) -gt 2097152 ]; }
grow_partition() {
  index=$(line "$blocks/$part/partition")
  block=$(line "$blocks/$disk/queue/logical_block_size")
  [ "$block" -ge 512 ] || block=512
  unit=$((block / 512))
  old=$(line "$blocks/$part/size")
  start=$(($(line "$blocks/$part/start") / unit)) sectors=$((old / unit))
  end=$(($(line "$blocks/$disk/size") / unit))
  room || return 0
  work=$(mktemp -d /run/grow-root.XXXXXX 2> /dev/null || mktemp -d) || fail "no directory for work files"
  trap 'rm -rf "$work"' EXIT
  sector 0 || fail "cannot read /dev/$disk"
  table=msdos
  for at in 450 466 482 498; do
    [ "$(byte "$work/sector" "$at")" != 238 ] || table=gpt
  done
  # numbers of sectors in an MBR have 32 bits
  [ "$table" = gpt ] || [ "$end" -le 4294967295 ] || end=4294967295
  room || return 0
  grown=
  for tool in sfdisk sgdisk parted systemd-repart hand; do
    case $table:$tool in
      *:sfdisk) has sfdisk && with_sfdisk && grown=$tool ;;
      gpt:sgdisk) has sgdisk && with_sgdisk && grown=$tool ;;
      gpt:parted) has parted && with_parted && grown=$tool ;;
      gpt:systemd-repart) has systemd-repart && with_repart && grown=$tool ;;
      msdos:hand) mbr_by_hand && grown="its entry" ;;
    esac
    [ -z "$grown" ] || break
  done
  [ -n "$grown" ] || fail "no tool could grow $part in the $table table of $disk; install sfdisk (package fdisk or util-linux)"
  sync "/dev/$disk" 2> /dev/null || sync
  if [ "$(line "$blocks/$part/size")" -le "$old" ] && ! update_kernel; then
    say "$part is longer by $grown, which the kernel knows after the next boot"
    exit 0
  fi
  say "$part has $(($(line "$blocks/$part/size") / 2048)) MiB, by $grown"
}

[ -z "$disk" ] || grow_partition

# --- what lies in it ------------------------------------------------------------------------------------------------

# The physical volume has this tag while what it gained is not yet the logical volume's: then a program that failed, or a loss of power
# between two of them, is made good at the next boot. Extents that were free before it grew are somebody's, and stay free.
mark=imagewright-grow-root
# prints of the physical volume: its extents, how many fit in its partition, how many of its group are free, its tags
extents() {
  # shellcheck disable=SC2046 # numbers, and tags when there are any
  set -- $(lvm pvs --noheadings --nosuffix --units b -o pv_pe_count,dev_size,pe_start,vg_extent_size,vg_free_count,pv_tags "/dev/$part")
  [ $# -ge 5 ] || fail "cannot read the physical volume on $part"
  echo "$1 $((($2 - $3) / $4)) $5 ${6:-}"
}
is_marked() { case ",${4:-}," in *",$mark,"*) ;; *) false ;; esac }
grow_volume() {
  state=$(extents) || exit 1
  # shellcheck disable=SC2086 # numbers and tags
  set -- $state
  held=$1
  is_marked "$@" && gained=marked || gained=
  if [ "$1" -lt "$2" ]; then
    [ -n "$gained" ] || lvm pvchange --addtag "$mark" "/dev/$part" || fail "cannot mark the physical volume on $part"
    lvm pvresize "/dev/$part" || fail "cannot grow the physical volume on $part"
    state=$(extents) || exit 1
    # shellcheck disable=SC2086 # numbers and tags
    set -- $state
    [ "$1" -le "$held" ] || gained=now
  elif [ -z "$gained" ]; then
    return 0
  fi
  if [ -n "$gained" ] && [ "$3" -gt 0 ]; then
    lvm lvextend -l +100%FREE "/dev/mapper/$(line "$blocks/$top/dm/name")" || fail "cannot grow the logical volume of $mount"
  fi
  lvm pvchange --deltag "$mark" "/dev/$part" || fail "cannot remove the mark of the physical volume on $part"
}
grow_file_system() {
  case $kind in
    ext2 | ext3 | ext4) resize2fs "/dev/$top" ;;
    xfs) xfs_growfs "$mount" ;;
    btrfs) btrfs filesystem resize max "$mount" ;;
    *) echo "cannot grow a file system of type $kind" && false ;;
  esac
}

if [ "$top" != "$part" ]; then
  case $(line "$blocks/$top/dm/uuid") in LVM-*) ;; *) leave "$top is no logical volume" ;; esac
  grow_volume
fi
if [ "$kind" = btrfs ] && [ "$(line "$blocks/$top/size")" -lt 524288 ]; then
  leave "$top has less than the 256 MiB below which the kernel does not resize btrfs"
fi
blocks_of() { stat -f -c %b "$mount" 2> /dev/null; }
before=$(blocks_of)
output=$(grow_file_system 2>&1) || fail "cannot grow the file system on $mount: $output"
after=$(blocks_of)
[ "$after" = "$before" ] || say "$mount has $after blocks; it had $before"
say "$mount fills $part"
