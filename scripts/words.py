#!/usr/bin/env python3
"""Checks names, comments, texts and documents for words that docs/glossary.md rules out.

    scripts/words.py [--list WORD] [--write-baseline]

The last table of the glossary lists them. Names are split at their capitals, so that
`lastReply` has the words `last` and `reply`. Words that stood when the
check began are counted in scripts/baselines/words.json: a count may fall but not rise. With --list it prints where a word stands, with
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
GLOSSARY = ROOT / "docs" / "glossary.md"
# The glossary names the words that it rules out; a change log tells of the past.
EXEMPT = {"docs/glossary.md", "CHANGELOG.md", "scripts/words.py", "scripts/baselines/words.json"}
# Names that users may have scripted: earlier spellings of options, which stay as aliases.
PUBLISHED = re.compile(r"--(?:write|delete)-answer\b|customLong\(\"(?:write|delete)-answer\"\)")
FOLDERS = [
    "Sources", "Tests", "docs", "schema", "scripts", "examples", "benchmarks", "Fuzz", "README.md", "CONTRIBUTING.md", "Makefile",
    "demo", "test",
]
SUFFIXES = {".swift", ".md", ".graphql", ".sh", ".py", ""}
PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def banned():
    """The words that the glossary's last table rules out, each as a tuple of lower-case words, and what to say instead."""
    table = GLOSSARY.read_text(encoding="utf-8").split("## Words not used")[1]
    for row in re.findall(r"^\| (`.*) \| (.*) \|$", table, re.MULTILINE):
        for word in re.findall(r"`([^`]+)`", row[0]):
            yield tuple(word.split()), row[1]


def hits(line, words):
    """The words of a line that are ruled out, alone or one after another."""
    pieces = [piece.lower() for piece in PIECE.findall(PUBLISHED.sub("", line))]
    for start in range(len(pieces)):
        for length in (1, 2, 3):
            if (word := tuple(pieces[start : start + length])) in words and len(word) == length:
                yield " ".join(word)


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
    words = dict(banned())
    found = collections.defaultdict(list)
    for name in files():
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").split("\n"), 1):
            for key in hits(line, words):
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
            print(f"{key}: {len(lines)}, at most {baseline.get(key, 0)} are allowed (say: {words[tuple(key.split())]}); see scripts/words.py --list {key}")
    lower = sum(baseline[key] > len(found.get(key, ())) for key in baseline)
    if lower:
        print(f"note: {lower} counts of words have fallen; run scripts/words.py --write-baseline", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
