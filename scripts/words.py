#!/usr/bin/env python3
"""Checks names, comments, texts and documents for words that docs/glossary.md rules out.

    scripts/words.py [--list WORD] [--write-baseline]

Names of Swift are split at their capitals, so that `keptPages` has the word `kept`. What was worse when the check began is counted
in scripts/baselines/words.json, by word: a count may fall but not rise. With --list it prints where a word stands, with
--write-baseline it stores the present counts.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "scripts" / "baselines" / "words.json"

WORDS = {
    "door": "endpoint", "doors": "endpoint", "kept": "cached, stored", "tell": "report, state", "tells": "report, state",
    "told": "reported, stated", "answer": "response, result, reply", "answers": "response, result, reply",
    "answered": "responded, replied", "standing": "rate-limit status", "moment": "epoch", "dear": "expensive",
    "dearer": "expensive", "dearest": "most expensive", "cheap": "inexpensive", "boarding": "join", "mend": "fix",
    "mends": "fix", "spare": "avoid", "spared": "avoid", "tidy": "clean up", "foreign": "client-supplied",
    "haste": "short deadline", "nowhere": "absent",
}
# Phrases, as regular expressions over the text of a line, each with a plain one in its place.
PHRASES = {
    r"\b(?:comes?|came|becomes?|became) of\b": "outcome, result",
    r"\b(?:comes|came) to (?!an end|this|that|it|the)": "yields, is",
    r"\blets? go\b": "release, close",
    r"\bas good as\b": "equal to",
    r"\bfor certain\b": "guaranteed",
    r"\bgives? back\b": "release, refund",
    r"\bgiven? up\b": "abort, cancel, time out",
    r"\bmeans to (?:spend|save)\b": "optimization",
}
# The glossary names the words that it rules out; a change log tells of the past.
EXEMPT = {"docs/glossary.md", "CHANGELOG.md", "scripts/words.py", "scripts/baselines/words.json"}
# Names that users may have scripted: earlier spellings of options, which stay as aliases.
PUBLISHED = re.compile(r"--(?:write|delete)-answer\b|customLong\(\"(?:write|delete)-answer\"\)")
FOLDERS = [
    "Sources", "Tests", "docs", "schema", "scripts", "examples", "benchmarks", "Fuzz", "README.md", "CONTRIBUTING.md", "Makefile", "demo", "test",
]
SUFFIXES = {".swift", ".md", ".graphql", ".sh", ".py", ""}
PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def files():
    listed = subprocess.check_output(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", *FOLDERS], text=True)
    for name in sorted(set(listed.split("\n"))):
        path = ROOT / name
        if name and name not in EXEMPT and path.suffix in SUFFIXES and path.is_file() and "Fixtures" not in path.parts:
            yield name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", metavar="WORD", help="print where the word stands")
    parser.add_argument("--write-baseline", action="store_true", help="store the present counts")
    options = parser.parse_args()
    found = collections.defaultdict(list)
    for name in files():
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").split("\n"), 1):
            text = PUBLISHED.sub("", line)
            hits = [piece.lower() for piece in PIECE.findall(text) if piece.lower() in WORDS]
            hits += [phrase for phrase in PHRASES for _ in re.findall(phrase, text, re.IGNORECASE)]
            for key in hits:
                found[key].append(f"{name}:{number}: {line.strip()[:120]}")
                if options.list == key:
                    print(found[key][-1])
    if options.write_baseline:
        BASELINE.write_text(json.dumps({key: len(lines) for key, lines in sorted(found.items())}, indent=2) + "\n")
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    failed = False
    for key, lines in sorted(found.items()):
        if len(lines) > baseline.get(key, 0):
            failed = True
            print(f"{key}: {len(lines)}, at most {baseline.get(key, 0)} are allowed (say: {(WORDS | PHRASES)[key]}); see scripts/words.py --list {key}")
    lower = sum(baseline[key] > len(found.get(key, ())) for key in baseline)
    if lower:
        print(f"note: {lower} counts of words have fallen; run scripts/words.py --write-baseline", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
