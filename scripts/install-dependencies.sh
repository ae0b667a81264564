#!/usr/bin/env bash
# Installs the Debian packages of the named groups, but only those that are missing.
# Usage: scripts/install-dependencies.sh GROUP...     (groups: build test browser demo bench peers count profile package package-test image-test rolling-restart tls-test)
set -euo pipefail

# One list per group. NAME is a package; COMMAND=PACKAGE is met by any such command, wherever it comes from.
declare -A groups=(
    [build]="g++=g++ git=git ca-certificates libcurl4-openssl-dev libssl-dev libyaml-dev zlib1g-dev pkg-config=pkg-config"
    [test]="python3=python3 python3-venv nginx=nginx nc=netcat-openbsd curl=curl make=make openssl=openssl promtool=prometheus"
    [browser]="chromium=chromium python3=python3 python3-venv"
    [demo]="curl=curl python3=python3"
    [bench]="nginx=nginx wrk=wrk h2load=nghttp2-client openssl=openssl python3=python3 node=nodejs node-graphql"
    [peers]="node=nodejs node-graphql node-undici go=golang-go golang-github-graph-gophers-graphql-go-dev golang-golang-x-sync-dev python3=python3 python3-venv"
    [profile]="go=golang-go"
    [package]="dpkg-deb=dpkg gzip=gzip strip=binutils git=git"
    [package-test]="debootstrap=debootstrap systemd-analyze=systemd"
    [image-test]="buildah=buildah debootstrap=debootstrap curl=curl"
    [rolling-restart]="haproxy=haproxy curl=curl python3=python3"
    [tls-test]="testssl=testssl.sh sslscan=sslscan h2load=nghttp2-client curl=curl openssl=openssl"
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

# The packages of Debian that have the libraries which the toolchain's own programs need.
declare -A libraries=(
    [libcurl.so.4]=libcurl4 [libncurses.so.6]=libncurses6 [libsqlite3.so.0]=libsqlite3-0 [libxml2.so.2]=libxml2
    [libedit.so.2]=libedit2 [libz.so.1]=zlib1g [libstdc++.so.6]=libstdc++6 [libuuid.so.1]=libuuid1
)
oldest_swift=6.3

fail() {
    echo "error: $*" >&2
    exit 1
}

# missing_libraries: the libraries that a program of the toolchain needs and that are not installed, one a line.
missing_libraries() {
    local bin
    bin=$(dirname "$(readlink -f "$(command -v swift)")")
    ldd "$bin"/{swift,swift-build,swift-test,swift-frontend,clang,lld} 2>/dev/null |
        awk '/not found/ && !/libswift|Foundation|libdispatch|libBlocksRuntime/ { print $1 }' | sort -u
}

# check_swift: that the compiler runs, with what its programs need, and is new enough.
check_swift() {
    command -v swift >/dev/null ||
        fail "no swift command; install Swift $oldest_swift or later: https://www.swift.org/install/linux/"
    local library packages=() unknown=()
    for library in $(missing_libraries); do
        if [[ -v libraries[$library] ]]; then
            packages+=("${libraries[$library]}")
        else
            unknown+=("$library")
        fi
    done
    ((${#unknown[@]})) && fail "Swift needs these libraries, which are missing: ${unknown[*]}"
    if ((${#packages[@]})); then
        echo "Swift needs libraries that are missing; installing ${packages[*]}" >&2
        command -v apt-get >/dev/null || fail "no apt-get; install by hand: ${packages[*]}"
        install_packages "${packages[@]}"
    fi
    local text version
    text=$(swift --version 2>&1) || fail "swift --version does not run: $text"
    [[ $text =~ Swift\ version\ ([0-9]+\.[0-9]+) ]] || fail "swift --version states no version: $text"
    version=${BASH_REMATCH[1]}
    [[ $(printf '%s\n' "$oldest_swift" "$version" | sort --version-sort | head -n 1) == "$oldest_swift" ]] ||
        fail "this is Swift $version; install Swift $oldest_swift or later: https://www.swift.org/install/linux/"
}

check_swift

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
    command -v apt-get >/dev/null || fail "no apt-get; install by hand: ${missing[*]}"
    forbid_daemons
    install_packages "${missing[@]}"
fi

if [[ " $* " == *" build "* && ! -d .build ]]; then
    echo "The first build takes 5 to 15 minutes on two cores; later ones take seconds." >&2
fi
