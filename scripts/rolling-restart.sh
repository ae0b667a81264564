#!/usr/bin/env bash
# Restarts two gateways behind haproxy, one after the other and twice each, under load: no request may fail.
# Usage: scripts/rolling-restart.sh
#
# PROGRAM and SANDBOX name the programs (default: the release build); RATE is in requests a second, SECONDS_AT_LEAST how long the load lasts.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh rolling-restart
program=${PROGRAM:-.build/release/workestra-gateway}
sandbox=${SANDBOX:-.build/release/workestra-sandbox}
rate=${RATE:-200}
seconds=${SECONDS_AT_LEAST:-60}
PATH=$PATH:/usr/sbin
folder=$(mktemp --directory)
declare -A processes=()
stop_all() {
    for name in "${!processes[@]}"; do kill "${processes[$name]}" 2>/dev/null || true; done
    wait
    rm -rf "$folder"
}
trap stop_all EXIT

# Ports that are free now, since a gateway that starts again needs the one that it had.
read -r first second front < <(python3 -c '
import socket
sockets = [socket.socket() for _ in range(3)]
for each in sockets: each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in sockets))')

# start NAME COMMAND…: starts a process and waits for the first line that it prints.
start() {
    local name=$1 output
    shift
    output=$folder/$name.out
    : >"$output"
    "$@" >"$output" 2>>"$folder/$name.log" &
    processes[$name]=$!
    for _ in {1..600}; do
        [[ -s $output ]] && return
        kill -0 "${processes[$name]}" 2>/dev/null || break
        sleep 0.1
    done
    echo "error: $name does not start" >&2
    cat "$folder/$name.log" >&2
    return 1
}

start sandbox "$sandbox" --listen 127.0.0.1:0 --plan unlimited
upstream=http://$(grep --only-matching --max-count 1 --extended-regexp '127\.0\.0\.1:[0-9]+' "$folder/sandbox.out")/api/v1

start_gateway() {
    start "$1" "$program" serve --schema schema/ --upstream "$upstream" --listen "127.0.0.1:$2" --drain-delay 2 --drain-timeout 10
}
start_gateway first "$first"
start_gateway second "$second"

cat >"$folder/haproxy.cfg" <<END
global
    log stdout format raw local0 notice
defaults
    mode http
    log global
    retries 0
    timeout connect 2s
    timeout client 30s
    timeout server 30s
    timeout http-keep-alive 30s
frontend clients
    bind 127.0.0.1:$front
    default_backend gateways
backend gateways
    option httpchk GET /health/ready
    http-check expect status 200
    default-server check inter 200ms fall 2 rise 2
    server first 127.0.0.1:$first
    server second 127.0.0.1:$second
END
haproxy -db -f "$folder/haproxy.cfg" >"$folder/haproxy.log" 2>&1 &
processes[haproxy]=$!
for _ in {1..100}; do
    curl --silent --output /dev/null "http://127.0.0.1:$front/health/ready" && break
    sleep 0.1
done

python3 scripts/constant_load.py "$front" --rate "$rate" --body '{"query":"{ __typename }"}' \
    --body '{"query":"{ workspaces { slug } }"}' >"$folder/load.out" &
processes[load]=$!
begun=$SECONDS

for round in 1 2; do
    for name in first second; do
        sleep 3
        echo "round $round: restarting the $name gateway"
        kill -TERM "${processes[$name]}"
        wait "${processes[$name]}"
        if [[ $name == first ]]; then start_gateway first "$first"; else start_gateway second "$second"; fi
    done
done
while ((SECONDS - begun < seconds)); do sleep 1; done

kill -TERM "${processes[load]}"
status=0
wait "${processes[load]}" || status=$?
unset 'processes[load]'
cat "$folder/load.out"
if ((status)); then
    cat "$folder/haproxy.log" >&2
    exit 1
fi
echo "no request failed"
