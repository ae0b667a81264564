#!/usr/bin/env bash
# Runs on the machine that scripts/package-test.sh makes: installs the package, tries each part of it, and removes it again.
set -euo pipefail

step() { echo "== $*"; }

step "install"
apt-get update -qq
apt-get install --yes --no-install-recommends -qq "$1" >/dev/null
! command -v swift

step "every library is found"
if ldd /usr/bin/workestra-gateway | grep "not found"; then exit 1; fi
if ldd /usr/bin/workestra-gateway | grep -iE "swift|foundation|icu"; then
    echo "error: a library of the toolchain is needed" >&2
    exit 1
fi

step "version: $(workestra-gateway --version)"
for page in /usr/share/man/man1/workestra-gateway*.1.gz; do gzip --test "$page"; done
bash -n /usr/share/bash-completion/completions/workestra-gateway
test -s /usr/share/zsh/vendor-completions/_workestra-gateway
test -s /usr/share/fish/vendor_completions.d/workestra-gateway.fish

step "the configuration serves, as a user without rights"
useradd --system gateway-test
coproc gateway {
    exec setpriv --reuid=gateway-test --regid=gateway-test --clear-groups --no-new-privs \
        workestra-gateway serve --config /etc/workestra-gateway/gateway.yaml --listen 127.0.0.1:0
}
identifier=$gateway_PID
read -r -t 60 line <&"${gateway[0]}"
echo "$line"
port=${line##*:}
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
head -n 1 <&3 | tee /dev/stderr | grep --quiet " 200 "

step "it reloads and stops as the unit asks for"
kill -HUP "$identifier"
kill -TERM "$identifier"
wait "$identifier"

step "remove"
apt-get purge --yes -qq workestra-gateway >/dev/null
! test -e /usr/bin/workestra-gateway
! test -e /etc/workestra-gateway/gateway.yaml
echo "the package works"
