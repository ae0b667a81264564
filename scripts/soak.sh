#!/usr/bin/env bash
# Loads a gateway for long while its upstream fails now and then and its configuration is reloaded: no request may be lost, no response may be
# wrong, and memory and descriptors must stay as they are.
# Usage: scripts/soak.sh [SECONDS]    (default: 1800)
#
# PROGRAM and SANDBOX name the programs (default: the release build); RATE is in requests a second.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-1800}
program=${PROGRAM:-.build/release/workestra-gateway}
sandbox=${SANDBOX:-.build/release/workestra-sandbox}
rate=${RATE:-200}
folder=$(mktemp --directory)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$folder"' EXIT

# start NAME COMMAND…: starts a process and prints the port of the first line that it prints.
start() {
    local name=$1
    shift
    "$@" >"$folder/$name.out" 2>"$folder/$name.log" &
    echo $! >"$folder/$name.pid"
    for _ in {1..600}; do
        [[ -s $folder/$name.out ]] && break
        kill -0 "$(cat "$folder/$name.pid")" || { cat "$folder/$name.log" >&2; return 1; }
        sleep 0.1
    done
    port=$(grep --only-matching --max-count 1 --extended-regexp '127\.0\.0\.1:[0-9]+' "$folder/$name.out")
    port=${port##*:}
}

# configure PORT ROWS: writes the configuration of a gateway in front of a sandbox.
configure() {
    printf 'workspaces: [{slug: acme, url: "http://127.0.0.1:%s/api/v1", keyFile: key}]\nclients: anonymous\noptions: {max-rows: %s}\n' \
        "$1" "$2" >"$folder/next.yaml"
    mv "$folder/next.yaml" "$folder/gateway.yaml"
}

bodies=(
    --body '{"query":"{ projects(first: 20) { nodes { id name } } }"}'
    --body '{"query":"{ issues(first: 50) { nodes { id title project { id name } } } }"}'
    --body '{"query":"query A { issues(first: 10) { totalCount nodes { title } } projects(first: 5) { nodes { name } } }"}'
)
serve=("$program" serve --schema schema/ --config "$folder/gateway.yaml" --listen 127.0.0.1:0 --no-cache)
printf wsk_live_acme >"$folder/key"

start calm "$sandbox" --listen 127.0.0.1:0 --plan unlimited
configure "$port" 10000
start reference "${serve[@]}"
python3 scripts/constant_load.py "$port" "${bodies[@]}" --record "$folder/expected"
kill "$(cat "$folder/reference.pid")" "$(cat "$folder/calm.pid")"

start faulty "$sandbox" --listen 127.0.0.1:0 --plan unlimited --fault-delay 0.05:50ms --fault-reset 0.01 --fault-500 0.01 \
    --fault-429 0.01 --fault-truncate 0.01
upstream=$port
configure "$upstream" 10000
start gateway "${serve[@]}"
gateway=$(cat "$folder/gateway.pid")
resident() { awk '/^VmRSS:/ { print $2 }' "/proc/$gateway/status"; }
descriptors() { ls "/proc/$gateway/fd" | wc -l; }

python3 scripts/constant_load.py "$port" --rate "$rate" --seconds "$seconds" "${bodies[@]}" --expected "$folder/expected" >"$folder/load.out" &
load=$!
interval=$((seconds < 600 ? seconds / 10 : 60))
early=
opened=0
for ((count = 1; count * interval < seconds; count++)); do
    sleep "$interval"
    configure "$upstream" $((10000 + count))
    kill -HUP "$gateway"
    echo "after $((count * interval)) s: $(resident) KB, $(descriptors) descriptors"
    # What a process needs once has been allocated when a third of the time is over.
    if [[ -z $early ]] && ((count * interval * 3 >= seconds)); then
        early=$(resident)
        opened=$(descriptors)
    fi
done
status=0
wait "$load" || status=$?
late=$(resident)
cat "$folder/load.out"
((status == 0)) || { echo "error: requests failed" >&2; exit 1; }
((late - early < 16 << 10)) || { echo "error: memory grew from $early to $late KB" >&2; exit 1; }
(($(descriptors) <= opened + 8)) || { echo "error: $opened descriptors became $(descriptors)" >&2; exit 1; }
[[ $(grep --count 'is in effect' "$folder/gateway.log") == $((count - 1)) ]] || { echo "error: a reload failed" >&2; exit 1; }
echo "no request was lost; memory: $early to $late KB"
