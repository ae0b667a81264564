#!/usr/bin/env bash
# Feeds a part of the gateway with made-up input until it traps or the time is up (libFuzzer).
# Usage: scripts/fuzz.sh parser|schema|request [SECONDS]    (default: 600)
#
# The corpus grows in .build-fuzz/corpus-NAME and is used again; an input that traps is stored beside it as crash-….
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:-}
seconds=${2:-600}
case $target in
parser | schema | request) ;;
*)
    echo "usage: scripts/fuzz.sh parser|schema|request [SECONDS]" >&2
    exit 2
    ;;
esac

scripts/install-dependencies.sh build
build=(swift build --package-path Fuzz -c release --sanitize=fuzzer --scratch-path .build-fuzz --jobs "${JOBS:-$(nproc)}" --product gateway-fuzz)
"${build[@]}"
program=$("${build[@]}" --show-bin-path)/gateway-fuzz

corpus=.build-fuzz/corpus-$target
mkdir -p "$corpus"
# The conformance cases are the seeds: each distinct text is one input.
python3 - "$target" "$corpus" <<'PYTHON'
import hashlib, json, pathlib, sys
target, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
for file in sorted(pathlib.Path("Tests/ConformanceTests/Fixtures").glob("*/*.jsonl")):
    for line in file.read_text(encoding="utf-8").split("\n"):
        case = json.loads(line) if line.strip() else {}
        if target == "request":
            members = {name: case[name] for name in ("query", "variables", "operationName") if name in case}
            text = json.dumps(members, ensure_ascii=False) if members else ""
        else:
            text = case.get("query" if target == "parser" else "schema") or ""
        data = text.encode("utf-8", "surrogatepass")
        if 0 < len(data) <= 4096:
            (corpus / hashlib.sha1(data).hexdigest()).write_bytes(data)
PYTHON

# Swift's own crash handler would come before libFuzzer's, which keeps the input.
SWIFT_BACKTRACE=enable=no FUZZ_TARGET=$target exec "$program" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix=".build-fuzz/" -print_final_stats=1 "$corpus"
