#!/usr/bin/env bash
# Checks what the build, the tests and the demo need, and installs what is missing (as root, on Debian 12 and its like);
# for everybody else it prints the one line to run. Quiet and quick when nothing is missing.
#
#   ./setup.sh [--bench]     --bench: also what bench/run.sh compares with (virt-sysprep, virt-sparsify)
set -euo pipefail
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

# a program and its Debian package; a path instead of a program is looked for as it is
needs=(
  javac:openjdk-17-jdk-headless mvn:maven
  e2fsck:e2fsprogs debugfs:e2fsprogs prlimit:util-linux setsid:util-linux setpriv:util-linux losetup:mount partx:util-linux
  sfdisk:fdisk sgdisk:gdisk parted:parted makefs:makefs mkfs.vfat:dosfstools mcopy:mtools setfattr:attr
  qemu-img:qemu-utils qemu-system-x86_64:qemu-system-x86 /usr/share/seabios/bios-256k.bin:seabios /usr/share/OVMF/OVMF_CODE_4M.fd:ovmf gpg:gnupg gpg-agent:gnupg gpgconf:gnupg
  mmdebstrap:mmdebstrap /usr/share/keyrings/debian-archive-keyring.gpg:debian-archive-keyring
  /usr/lib/grub/i386-pc/boot.img:grub-pc-bin grub-install:grub2-common grub-mkimage:grub-common /usr/lib/grub/x86_64-efi/kernel.img:grub-efi-amd64-bin
  xz:xz-utils zstd:zstd bzip2:bzip2 zip:zip rpm:rpm rpmbuild:rpm db5.3_load:db5.3-util sqlite3:sqlite3 cpio:cpio uuidgen:uuid-runtime
  hivexsh:libhivex-bin hivexregedit:libwin-hivex-perl
  virt-filesystems:libguestfs-tools
  /usr/lib/x86_64-linux-gnu/guestfs/supermin.d/packages-xfs:libguestfs-xfs
  sqfs2tar:squashfs-tools-ng unsquashfs:squashfs-tools systemd-repart:systemd skopeo:skopeo
  fusermount:fuse3 extlinux:extlinux ntfscat:ntfs-3g mkfs.xfs:xfsprogs mkfs.btrfs:btrfs-progs eatmydata:eatmydata ssh-keygen:openssh-client jq:jq groff:groff-base git:git shellcheck:shellcheck
  chromium:chromium
)
case "${1:-}" in
  '') ;;
  --bench) needs+=(virt-sysprep:libguestfs-tools virt-sparsify:libguestfs-tools) ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

# two inits that a machine cannot have beside each other, nor beside its own; unpacked, for the tests of the scripts that they start
inits=/var/lib/imagewright-inits
inits_of_openrc=(openrc librc1 libeinfo1)
inits_of_sysv=(sysv-rc insserv startpar)

missing=()
for need in "${needs[@]}"; do
  what=${need%:*} package=${need##*:}
  if [[ $what == /* ]]; then
    [ -e "$what" ] || missing+=("$package")
  else
    command -v "$what" > /dev/null || missing+=("$package")
  fi
done
compgen -G '/usr/share/java/libguestfs-*.jar' > /dev/null || missing+=(libguestfs-java)
# libguestfs makes its appliance from a kernel of the machine, which containers lack
if ! compgen -G '/boot/vmlinuz-*' > /dev/null; then
  missing+=(linux-image-amd64)
fi

if javac=$(command -v javac); then
  home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$javac")")")}
  java=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2> /dev/null || true)
  if [ -n "$java" ] && [ "$java" -lt 17 ]; then
    echo "setup: Java 17 or newer is needed, $home is Java $java; set JAVA_HOME or install openjdk-17-jdk-headless" >&2
    exit 1
  fi
fi

[ ${#missing[@]} -gt 0 ] || [ ! -d "$inits" ] || exit 0
if [ ${#missing[@]} -gt 0 ]; then
  mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
fi

if ! command -v apt-get > /dev/null; then
  echo "setup: this is no Debian or Ubuntu; install what these Debian packages hold: ${missing[*]}; unpack ${inits_of_openrc[*]} below $inits/openrc, ${inits_of_sysv[*]} below $inits/sysv" >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ] && [ ${#missing[@]} -eq 0 ]; then
  echo "setup: $inits is missing; as root, run: $0" >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  sudo=
  [ -z "$(command -v sudo)" ] || sudo='sudo '
  echo "setup: some packages are missing; as root, run:" >&2
  echo "${sudo}sh -c 'apt-get update && apt-get install -y --no-install-recommends ${missing[*]}'" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -rf "$log" "$inits.new"' EXIT
attempt() { # three times, as mirrors hiccup
  local try
  for try in 1 2 3; do
    if apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@" > "$log" 2>&1; then
      return 0
    fi
    [ "$try" -eq 3 ] || sleep $((try * 5))
  done
  cat "$log" >&2
  echo "setup: apt-get $1 failed; check the machine's package sources" >&2
  return 1
}
attempt update
if [ ${#missing[@]} -gt 0 ]; then
  echo "setup: installing ${missing[*]}"
  attempt install -y --no-install-recommends "${missing[@]}"
fi
if [ ! -d "$inits" ]; then
  echo "setup: unpacking ${inits_of_openrc[*]} ${inits_of_sysv[*]} below $inits"
  rm -rf "$inits.new"
  mkdir -p "$inits.new"
  cd "$inits.new"
  attempt download "${inits_of_openrc[@]}" "${inits_of_sysv[@]}"
  for package in "${inits_of_openrc[@]}"; do dpkg -x "$package"_*.deb openrc; done
  for package in "${inits_of_sysv[@]}"; do dpkg -x "$package"_*.deb sysv; done
  rm -- *.deb
  mv "$inits.new" "$inits"
fi
