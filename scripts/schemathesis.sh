#!/usr/bin/env bash
# Lets schemathesis make up operations from the schema and send them to a gateway before a sandbox.
# Fails if a response is a server error, or if the gateway ends.
# Usage: scripts/schemathesis.sh [SECONDS]    (default: 300, after which no further round begins; PROGRAMS=FOLDER for programs that are built elsewhere)
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-300}
folder=.build/schemathesis
package='schemathesis==4.32.5'
programs=${PROGRAMS:-.build/release}

if [[ ! -e $folder/package.txt || $(<"$folder/package.txt") != "$package" ]]; then
    rm -rf "$folder"
    mkdir -p .build
    python3 -m venv "$folder" >&2
    "$folder/bin/pip" install --quiet --disable-pip-version-check "$package" >&2
    echo "$package" >"$folder/package.txt"
fi
if [[ ! -x $programs/workestra-gateway || ! -x $programs/workestra-sandbox ]]; then
    echo "There are no programs in $programs: run make build first." >&2
    exit 2
fi

logs=$(mktemp -d)
started=()
stop() {
    ((${#started[@]} == 0)) || kill "${started[@]}" 2>/dev/null || true
    rm -rf "$logs"
}
trap stop EXIT

# listening LOG: the address that a program says it listens on.
listening() {
    for _ in $(seq 100); do
        if address=$(grep -om1 'http://[0-9.:]*' "$1"); then
            echo "$address"
            return
        fi
        sleep 0.1
    done
    cat "$1" >&2
    return 1
}

"$programs/workestra-sandbox" --listen 127.0.0.1:0 --plan unlimited >"$logs/sandbox" 2>&1 &
started+=($!)
sandbox=$(listening "$logs/sandbox")
"$programs/workestra-gateway" serve --listen 127.0.0.1:0 --schema schema/ --upstream "$sandbox/api/v1" >"$logs/gateway" 2>&1 &
started+=($!)
gateway=$(listening "$logs/gateway")

# In its folder, where the tool keeps files of its own.
run() {
    (cd "$folder" && SCHEMATHESIS_HOOKS=schemathesis_checks PYTHONPATH=../../scripts bin/schemathesis run "$gateway/graphql" \
        --header 'Authorization: Bearer wsk_live_acme' --max-examples "${EXAMPLES:-50}" --seed "$round" \
        --suppress-health-check all "$@")
}

# Rounds that each end by themselves, with seeds of their own: a run that is cut short does not report what it has tried.
round=0
until ((SECONDS >= seconds)); do
    round=$((round + 1))
    # Every error of a field counts as the server's in the tool's own check, which therefore is for queries alone.
    run --checks not_a_server_error --include-name-regex '^Query'
    run --checks no_failure_of_the_gateway
    kill -0 "${started[1]}" || {
        echo "The gateway ended." >&2
        exit 1
    }
done
echo "$round rounds without a server error"
