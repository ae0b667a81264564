#!/usr/bin/env bash
# House rules that neither the compiler nor `swift format` checks. Prints every offending line; fails if there is one.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

# So that `report` at the end of a pipe runs in this shell and can set `failed`.
shopt -s lastpipe
failed=0

# report TITLE: reads findings from standard input, prints them under the title.
report() {
    local findings
    findings=$(cat)
    if [[ -n $findings ]]; then
        printf '%s:\n%s\n\n' "$1" "$findings" >&2
        failed=1
    fi
}

# search PATTERN FOLDER...: lines of Swift code that match, comments left out.
search() {
    local pattern=$1
    shift
    grep -rnP --include='*.swift' -- "$pattern" "$@" 2>/dev/null | grep -vP '^[^:]+:\d+:\s*//'
}

# longer_than LIMIT FOLDER: Swift files with more lines than that.
longer_than() {
    find "$2" -name '*.swift' -exec wc -l {} + |
        awk -v limit="$1" '$2 != "total" && $1 > limit { print $2 ": " $1 " lines" }'
}

# Lines that match and have no comment on them or on the line above.
without_comment() {
    find Sources Tests -name '*.swift' -exec awk -v pattern="$1" '
        FNR == 1 { above = "" }
        $0 ~ pattern && !/\/\// && above !~ /^[[:space:]]*\/\// { print FILENAME ":" FNR ":" $0 }
        { above = $0 }
    ' {} +
}

search '^\s*(@\w+(\([^)]*\))?\s+)*import\s' Sources | report 'import without an access level'
search '\btry!|\bas!' Sources Tests | report 'try! or as!'
without_comment '@unchecked Sendable|nonisolated\\(unsafe\\)' |
    report '@unchecked Sendable or nonisolated(unsafe) without a comment that names the lock or the thread'
search "\bimport Foundation\b" Sources |
    report 'Foundation in a program: use FoundationEssentials, which has no ICU'
longer_than 400 Sources | report 'source files of more than 400 lines'
longer_than 500 Tests | report 'test files of more than 500 lines'

# The schema alone knows the upstream's names.
scripts/upstream_names.py >&2 || failed=1

# The packages of benchmarks and fuzzers build the gateway's targets as the gateway's own package does.
scripts/manifests.py --check >&2 || failed=1

# Folders, targets, files and words.
scripts/structure.py >&2 || failed=1
scripts/words.py >&2 || failed=1

exit $failed
