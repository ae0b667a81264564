#!/usr/bin/env bash
# Installs the Debian package on a minimal Debian 12 without Swift, and tries what works there without systemd. Root only.
# Usage: scripts/package-test.sh PACKAGE
#
# MACHINE_FOLDER is where the machine is made (default: a temporary folder, removed at the end).
set -euo pipefail
cd "$(dirname "$0")/.."

((EUID == 0)) || { echo "error: run as root" >&2; exit 1; }
package=${1:?usage: scripts/package-test.sh PACKAGE}
scripts/install-dependencies.sh package-test
root=${MACHINE_FOLDER:-}
if [[ -z $root ]]; then
    root=$(mktemp --directory)
    # Users without rights look below it, too.
    chmod 755 "$root"
    trap 'rm -rf --one-file-system "$root"' EXIT
fi
[[ -e $root/etc/debian_version ]] || debootstrap --variant=minbase bookworm "$root" >/dev/null

echo "== systemd-analyze security"
systemd-analyze security --offline=true --threshold=20 packaging/workestra-gateway.service | tail -n 1

cp "$package" "$root/tmp/gateway.deb"
cp packaging/try-installed.sh "$root/tmp/"
export root
unshare --mount --fork bash -euc '
    for path in /etc/resolv.conf /etc/apt/apt.conf.d; do
        [[ -e $path ]] || continue
        if [[ -d $path ]]; then mkdir -p "$root$path"; else touch "$root$path"; fi
        mount --rbind "$path" "$root$path"
    done
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    chroot "$root" env --ignore-environment HOME=/root TERM=dumb LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash /tmp/try-installed.sh /tmp/gateway.deb
'
