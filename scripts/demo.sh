#!/usr/bin/env bash
# Builds both programs, starts the sandbox and the gateway in front of it, sends the nested query of
# examples/board.graphql, prints the result and what it cost upstream, then serves until Ctrl-C.
# With ONCE=1 it exits instead of serving.
set -euo pipefail
cd "$(dirname "$0")/.."

query=examples/board.graphql
key=wsk_live_acme
logs=$(mktemp --directory)
declare -A pids=()

# shellcheck disable=SC2317  # the trap calls it
stop_all() {
    # `make` passes on a signal that the terminal has sent already: the second must not interrupt this.
    trap '' INT TERM
    local name attempt
    for name in "${!pids[@]}"; do
        kill -TERM "${pids[$name]}" 2>/dev/null || true
    done
    for name in "${!pids[@]}"; do
        for ((attempt = 0; attempt < 100; attempt++)); do
            kill -0 "${pids[$name]}" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "${pids[$name]}" 2>/dev/null || true
    done
    rm -rf "$logs"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    echo "error: $*" >&2
    local log
    for log in "$logs"/*.log; do
        [[ -s $log ]] && { echo "-- the end of $(basename "$log"):"; tail -n 20 "$log"; } >&2
    done
    exit 1
}

# free_port PREFERRED: that port of the loopback interface, or the next one that nobody listens on.
free_port() {
    local port
    for ((port = $1; port < $1 + 100; port++)); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    fail "ports $1 to $port are all taken"
}

# start NAME ARGUMENT...: runs a built program in the background.
start() {
    local name=$1
    shift
    "$programs/$name" "$@" >"$logs/$name.log" 2>&1 &
    pids[$name]=$!
}

# wait_until_ready NAME URL: until the program responds there; at most 15 seconds.
wait_until_ready() {
    local attempt
    for ((attempt = 0; attempt < 150; attempt++)); do
        kill -0 "${pids[$1]}" 2>/dev/null || fail "$1 has stopped"
        curl --silent --fail --max-time 2 --output /dev/null "$2" && return
        sleep 0.1
    done
    fail "$1 does not respond at $2"
}

# print_result: standard input is the gateway's response; fails unless it is JSON with data and without errors.
print_result() {
    python3 -c '
import json, sys
text = sys.stdin.read()
try:
    response = json.loads(text)
except ValueError as error:
    sys.exit(f"{text[:2000]}\nno JSON: {error}")
print(json.dumps(response, indent=2, ensure_ascii=False))
sys.exit("errors" in response or not response.get("data"))'
}

# print_calls: standard input is the sandbox's account of calls; prints how many there were, and on which routes.
print_calls() {
    python3 -c '
import json, sys
calls = json.load(sys.stdin)
print(calls["total"], "upstream calls")
for key in calls["keys"].values():
    for route, count in key["routes"].items():
        print(f"{count:6} {route}")'
}

scripts/install-dependencies.sh build demo
scripts/build-release.sh workestra-sandbox workestra-gateway
programs=$(swift build -c release --show-bin-path)

sandbox=127.0.0.1:$(free_port 9090)
start workestra-sandbox --listen "$sandbox" --seed 1 --workspaces 3 --projects 60 --issues 1000 \
    --plan professional --latency 20ms
wait_until_ready workestra-sandbox "http://$sandbox/_sandbox/calls"

gateway=127.0.0.1:$(free_port 8080)
start workestra-gateway serve --listen "$gateway" --schema schema/ --upstream "http://$sandbox/api/v1"
wait_until_ready workestra-gateway "http://$gateway/health/ready"

body=$(python3 -c 'import json, sys; print(json.dumps({"query": sys.stdin.read()}))' <"$query")
curl --silent --show-error --fail --max-time 10 --output /dev/null --request POST "http://$sandbox/_sandbox/reset"
printf '\n== %s\n' "$query"
cat "$query"
printf '\n== the result\n'
response=$(curl --silent --show-error --max-time 30 "http://$gateway/graphql" --header "Authorization: Bearer $key" \
    --header 'Content-Type: application/json' --data-binary "$body") || fail 'the gateway did not respond'
print_result <<<"$response" || fail 'the response is not JSON, has errors or has no data'
printf '\n== what it took upstream\n'
curl --silent --show-error --fail --max-time 10 "http://$sandbox/_sandbox/calls" | print_calls

if [[ ${ONCE:-} == 1 ]]; then
    exit 0
fi
cat <<TEXT

Serving until Ctrl-C. Another query:
  curl http://$gateway/graphql -H 'Authorization: Bearer $key' -H 'Content-Type: application/json' \\
    -d '{"query": "{ __typename }"}'
TEXT
trap 'exit 0' INT TERM
wait -n "${pids[@]}" || true
fail 'a program has stopped'
