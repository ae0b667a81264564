#!/usr/bin/env bash
# Tests the checks of scripts/check.sh: adds one violation of each kind to a copy of the committed sources, and expects that
# the check fails. Prints those that it does not notice.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

copy=$(mktemp -d)
trap 'git worktree remove --force "$copy"' EXIT
git worktree add -q --detach "$copy" || exit 1
cd "$copy" || exit 1
failed=0

# violation CHECK FILE TEXT: the check must fail with that file, and name it or the word.
violation() {
    mkdir -p "$(dirname "$2")"
    printf '%b\n' "$3" >"$2"
    if "scripts/$1" >/dev/null 2>&1; then
        printf '%s does not notice %s: %s\n' "$1" "$2" "$3" >&2
        failed=1
    fi
    rm "$2"
}

for check in structure.py words.py upstream_names.py; do
    "scripts/$check" >/dev/null 2>&1 || { echo "$check fails without a violation" >&2; exit 1; }
done

# Folders that use each other, also by a name that two targets declare.
violation structure.py Sources/Upstream/Budget/Violation.swift 'enum Violation { static let type = CallBroker.self }'
violation structure.py Sources/Upstream/Budget/Violation.swift 'enum Violation { static let type = Workspace.self }'
# Imports against the design.
violation structure.py Sources/Upstream/Budget/Violation.swift 'internal import Gateway\n\nenum Violation {}'
violation structure.py Sources/Upstream/Budget/Violation.swift 'private import struct Gateway.ClientID\n\nenum Violation {}'
violation structure.py Sources/GatewayServer/Server/Violation.swift 'internal import Upstream\n\nenum Violation {}'
violation structure.py Sources/Gateway/Clients/Violation.swift 'internal import NIOCore\n\nenum Violation {}'
violation structure.py Sources/Violation/Violation.swift 'internal import JSON\n\nenum Violation {}'
# Types in files of other names.
violation structure.py Sources/JSON/Violation.swift 'enum Violation {}\n\npackage final class Hidden {}'
violation structure.py Sources/JSON/JSONKey+Violation.swift 'extension JSONKey {}\n\nstruct Hidden {}'
# Words that the glossary rules out: a name, a comment, a text, help, a document.
# Put together here, as this file is checked too.
word=do
word+=or
violation words.py Sources/JSON/Violation.swift "enum Violation { static let ${word}Value = 1 }"
violation words.py Sources/JSON/Violation.swift "/// The value of a $word.\nenum Violation {}"
violation words.py Sources/JSON/Violation.swift "enum Violation { static let text = \"It is a $word.\" }"
violation words.py Sources/workestra-gateway/Violation.swift "enum Violation { static let help = \"It is a $word.\" }"
violation words.py Tests/JSONTests/ViolationTests.swift "struct ViolationTests { func itIs${word^}() {} }"
violation words.py docs/violation.md "It is a $word."
# Names of the upstream.
for name in created_at per_page projectId /issues wsk_live customFields workestra.app; do
    violation upstream_names.py Sources/Upstream/Violation.swift "enum Violation { static let name = \"$name\" }"
done
# The rules of check.sh itself.
violation check.sh Sources/JSON/Violation.swift 'import GraphQL\n\nenum Violation {}'
violation check.sh Sources/JSON/Violation.swift 'internal import Foundation\n\nenum Violation {}'
violation check.sh Sources/JSON/Violation.swift 'enum Violation { static let value = try! make() }'
violation check.sh Sources/JSON/Violation.swift 'final class Violation: @unchecked Sendable {}'
violation check.sh Sources/JSON/Violation.swift "$(printf 'let a = 1\\n%.0s' $(seq 401))"

exit $failed
