#!/usr/bin/env bash
# Installs the Debian packages of the named groups, but only those that are missing.
# Usage: scripts/install-dependencies.sh GROUP...     (groups: build test demo bench count)
set -euo pipefail

# One list per group. NAME is a package; COMMAND=PACKAGE is met by any such command, wherever it comes from.
declare -A groups=(
    [build]="libcurl4-openssl-dev libssl-dev zlib1g-dev pkg-config=pkg-config"
    [test]="python3=python3 python3-venv nc=netcat-openbsd curl=curl"
    [demo]="curl=curl python3=python3"
    [bench]="nginx=nginx wrk=wrk python3=python3 node=nodejs node-graphql"
    [count]="valgrind=valgrind strip=binutils python3=python3"
)

is_installed() {
    if [[ $1 == *=* ]]; then
        PATH=$PATH:/usr/sbin command -v "${1%%=*}" >/dev/null
    else
        [[ $(dpkg-query --show --showformat='${Status}' "$1" 2>/dev/null) == "install ok installed" ]]
    fi
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "error: not root and no sudo; run as root: $*" >&2
        return 1
    fi
}

# A package that brings a daemon must not start it here: policy-rc.d with exit code 101 is Debian's way to say so.
policy=/usr/sbin/policy-rc.d

forbid_daemons() {
    [[ -e $policy ]] && return
    trap 'as_root rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
}

# The package lists may be absent or old: when an attempt fails they are fetched, and it is made again.
install_packages() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120)
    local attempt
    for attempt in 1 2 3; do
        as_root "${apt[@]}" install --yes --no-install-recommends --no-remove "$@" && return
        echo "attempt $attempt to install $* failed; fetching the package lists" >&2
        as_root "${apt[@]}" update || sleep $((attempt * 5))
    done
    return 1
}

if ! command -v swift >/dev/null; then
    echo "error: no swift command; install Swift 6.3 or later: https://www.swift.org/install/linux/" >&2
    exit 1
fi

missing=()
for group in "$@"; do
    if [[ ! -v groups[$group] ]]; then
        echo "error: no group '$group'; groups: ${!groups[*]}" >&2
        exit 2
    fi
    for item in ${groups[$group]}; do
        is_installed "$item" || missing+=("${item#*=}")
    done
done

if ((${#missing[@]})); then
    if ! command -v apt-get >/dev/null; then
        echo "error: no apt-get; install by hand: ${missing[*]}" >&2
        exit 1
    fi
    forbid_daemons
    install_packages "${missing[@]}"
fi
