#!/usr/bin/env bash
# Proves that the README's commands work on a minimal Debian 12: makes one with debootstrap, binds the Swift toolchain into it,
# copies the committed files, and runs each command there. Root only.
# Usage: scripts/fresh-machine.sh [COMMAND]...    (default: 'ONCE=1 ./demo' and './test')
#
# FRESH_FOLDER is where the machine is made (default: a temporary folder, removed at the end); FRESH_BIND names more files and
# folders to bind into it, such as a mirror of the Swift packages, or /usr/local/share/ca-certificates of a network with an authority of its own;
# FRESH_ENV names variables that the commands get, such as PIP_FIND_LINKS where packages come from a folder.
set -euo pipefail
cd "$(dirname "$0")/.."

((EUID == 0)) || { echo "error: run as root" >&2; exit 1; }
if ! command -v debootstrap >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends debootstrap
fi
(($#)) || set -- 'ONCE=1 ./demo' './test'

# The toolchain's folder: …/usr/bin/swift lies two folders below it.
toolchain=$(dirname "$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")")
root=${FRESH_FOLDER:-}
if [[ -z $root ]]; then
    root=$(mktemp --directory)
    # Users without rights look below it, too.
    chmod 755 "$root"
    trap 'rm -rf --one-file-system "$root"' EXIT
fi
if [[ ! -e $root/etc/debian_version ]]; then
    debootstrap --variant=minbase bookworm "$root"
fi
rm -rf "$root/work/gateway"
mkdir -p "$root/work/gateway"
git archive HEAD | tar -x -C "$root/work/gateway"

environment=()
for name in ${FRESH_ENV:-}; do environment+=("$name=${!name}"); done

# A mount namespace of its own: nothing stays mounted when the script ends.
export root toolchain
FRESH_BIND="$toolchain ${FRESH_BIND:-}" unshare --mount --fork bash -euc '
    for path in $FRESH_BIND /etc/resolv.conf /etc/apt/apt.conf.d /dev; do
        if [[ -d $path ]]; then mkdir -p "$root$path"; else mkdir -p "$root$(dirname "$path")"; touch "$root$path"; fi
        mount --rbind "$path" "$root$path"
    done
    mount -t proc proc "$root/proc"
    count=$1
    environment=("${@:2:count}")
    shift "$((count + 1))"
    for command in "$@"; do
        echo "== $command"
        chroot "$root" env --ignore-environment "${environment[@]}" HOME=/root TERM=dumb JOBS="${JOBS:-$(nproc)}" LANG=C.UTF-8 \
            PATH="$toolchain/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
            bash -c "cd /work/gateway && $command"
    done
' fresh-machine "${#environment[@]}" "${environment[@]}" "$@"
