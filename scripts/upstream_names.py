#!/usr/bin/env python3
"""Checks that no Swift source outside the sandbox and the command lines has a name of the upstream.

    scripts/upstream_names.py

The names are those that the schemas declare: of two words or more, in the upstream's own spelling (`created_at`), and what
directives name. The schema alone knows them; Swift reads them from it.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The programs' own names are no upstream names.
FIXED = r"workestra(?![- ]gateway|-sandbox)|\bwsk_|custom_?fields?|/(?:projects|issues)\b|\b(?:project|issue|task|assignee)_?id\b"
STRING = re.compile(r'"""(.*?)"""|"((?:\\.|[^"\\\n])*)"', re.S)


def snake_cased(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def declared():
    """The names of two words or more that the schemas declare or that their directives name."""
    names = set()
    for path in (ROOT / "schema").rglob("*.graphql"):
        text = re.sub(r"#[^\n]*", "", path.read_text(encoding="utf-8"))
        # A description stands before what it describes; the value of an argument stands behind a colon or in a list.
        directives = " ".join(match.group(1) or match.group(2) or "" for match in STRING.finditer(text)
                              if re.search(r"[:\[,]\s*$", text[: match.start()]))
        names |= set(re.findall(r"\b[a-z]\w*\b", directives))
        names |= {snake_cased(name) for name in re.findall(r"\b([a-z]\w*)\s*[(:]", STRING.sub('""', text))}
    return {name for name in names if "_" in name and name.strip("_") == name}


def main():
    pattern = re.compile("|".join([FIXED, *(rf"\b{name}\b" for name in sorted(declared()))]), re.I)
    found = []
    for path in sorted((ROOT / "Sources").rglob("*")):
        target = path.relative_to(ROOT / "Sources").parts[0]
        if path.suffix not in {".swift", ".c", ".h"} or target == "Sandbox" or target.startswith("workestra-"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    if found:
        print("names of the upstream outside the sandbox:", *found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
