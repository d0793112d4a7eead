#!/usr/bin/env bash
# Boots a disk image under qemu and waits for its login prompt on the serial console, or for ssh. The image is not changed.
#
#   examples/debian/boot.sh [-t seconds] [-l console.log] [[-p] -i ssh-key [-u user] [-c command]] <image> [format]
#
#   examples/debian/boot.sh -k      says which accelerator would be taken: kvm or tcg
#
# With -i it logs in by ssh with that private key instead and runs the command (default: true): a built image has no
# serial console unless its operation disable-serial-console was disabled; with -p it waits for both. KVM when it really
# works, else emulation (TCG). Exit code 0: the prompt came, or the command succeeded; 1: not in time; 2: wrong use.
set -euo pipefail

usage() {
  sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
limit=300 log='' key='' user=root command=true probe='' prompt=''
while getopts t:l:pi:u:c:k option; do
  case $option in
    t) limit=$OPTARG ;;
    l) log=$OPTARG ;;
    p) prompt=yes ;;
    i) key=$OPTARG ;;
    u) user=$OPTARG ;;
    c) command=$OPTARG ;;
    k) probe=yes ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[[ $# -eq 1 || $# -eq 2 || -n $probe ]] || usage
image=${1:-/dev/null}
format=${2:-}
[ -r "$image" ] || { echo "$0: cannot read $image" >&2; exit 2; }
[[ $limit =~ ^[0-9]+$ ]] || usage
case $format in
  '') case $image in *.qcow2) format=qcow2 ;; *.vmdk) format=vmdk ;; *.vdi) format=vdi ;; *.vhd) format=vpc ;; *) format=raw ;; esac ;;
  diskdump) format=raw ;;
esac
command -v qemu-system-x86_64 > /dev/null || { echo "$0: qemu-system-x86_64 is missing: apt-get install qemu-system-x86" >&2; exit 1; }

work=$(mktemp -d)
qemu=
cleanup() {
  local status=$?
  trap '' INT TERM HUP
  if [ -n "$qemu" ]; then
    kill -KILL "$qemu" 2> /dev/null || true
    wait "$qemu" 2> /dev/null || true
  fi
  rm -rf "$work"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
[ -n "$log" ] || log=$work/console.log
: > "$log"

# /dev/kvm may be there and not work: ask the firmware to say a word
kvm_works() {
  [ -w /dev/kvm ] || return 1
  { # the shell itself speaks of a program that aborts
    timeout 5 qemu-system-x86_64 -accel kvm -cpu max -nodefaults -no-user-config -display none -m 64 -no-reboot \
      -chardev "file,id=word,path=$work/firmware.log" -device isa-debugcon,iobase=0x402,chardev=word || true
  } > /dev/null 2>&1
  grep -q SeaBIOS "$work/firmware.log" 2> /dev/null
}
if kvm_works; then
  accelerator=(-accel kvm -cpu max)
else
  accelerator=(-accel "tcg,thread=multi" -cpu max)
fi
if [ -n "$probe" ]; then
  [ "${accelerator[1]}" = kvm ] && echo kvm || echo tcg
  exit 0
fi

free_port() { # one that nobody listens on now
  local port
  for ((port = 20000 + RANDOM % 20000; ; port++)); do
    (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || { echo "$port"; return; }
  done
}
port=$(free_port)

start=$SECONDS
qemu-system-x86_64 -no-user-config -nodefaults -display none -monitor none "${accelerator[@]}" -m 768 -smp 2 -no-reboot \
  -snapshot -drive "file=${image//,/,,},format=$format,if=virtio" \
  -netdev "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:$port-:22" -device virtio-net-pci,netdev=net \
  -object rng-random,id=rng,filename=/dev/urandom -device virtio-rng-pci,rng=rng \
  -chardev "file,id=console,path=$log" -serial chardev:console > "$work/qemu.log" 2>&1 &
qemu=$!

fail() {
  echo "boot: $image: $1 (${accelerator[1]}, $((SECONDS - start)) s). The console's last lines:" >&2
  tail -n 15 "$log" | tr -d '\r' >&2
  cat "$work/qemu.log" >&2
  exit 1
}
check() { # still time, still running
  kill -0 "$qemu" 2> /dev/null || fail "the machine stopped before $1"
  [ $((SECONDS - start)) -lt "$limit" ] || fail "no $1 within $limit s"
}
if [[ -z $key || -n $prompt ]]; then
  until grep -aqE '^[^ ]+ login: ' "$log"; do
    check "login prompt"
    sleep 0.5
  done
  echo "boot: login prompt after $((SECONDS - start)) s (${accelerator[1]%%,*}): $(grep -aoE '^[^ ]+ login: ' "$log" | tail -1)"
fi
if [ -n "$key" ]; then
  install -m 600 "$key" "$work/key"
  until ssh -i "$work/key" -p "$port" -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
    -o IdentitiesOnly=yes -o ConnectTimeout=20 -o LogLevel=ERROR "$user@127.0.0.1" "$command" < /dev/null 2> "$work/ssh.log"; do
    check "ssh login: $(tail -1 "$work/ssh.log")"
    sleep 1
  done
  echo "boot: ssh as $user after $((SECONDS - start)) s (${accelerator[1]%%,*})"
fi
