#!/usr/bin/env python3
"""Changes conformance cases at random and compares the results of the gateway and of graphql-js.

    mutate.py BINARY [--seconds N] [--seed N] [--batch N] [--show N]

Tokens of schemas, queries and data are left out, repeated, exchanged, or taken from other cases. Where the results differ,
the shortest case of each kind of difference is printed with both. The exit code is 1 if there is a difference.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import time

from check import ROOT, difference, shown, with_order

TOKEN = re.compile(r'"""(?:[^"]|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|\.\.\.|[A-Za-z_]\w*|-?\d[\w.+-]*|\s+|.', re.DOTALL)
COMMON = (
    "{ } ( ) [ ] ! : = | & @ $ ... a b Query Int String ID Boolean Float null true false 1 -1 1.5 \"x\" A on type input enum union "
    "interface extend query mutation subscription fragment schema directive implements repeatable __typename __schema __type "
    "@skip(if:true) @include(if:$a) @deprecated @oneOf @specifiedBy(url:\"u\") {a:1} [1] $a $b ...F 2147483648 \"\" \n"
).split(" ")
VALUES = [None, True, False, 0, 1, -1, 1.5, 1e30, "", "A", "1", [], [1], [None], {}, {"a": 1}, {"a": None, "b": 2}]


def tokens(text):
    return TOKEN.findall(text)


def mutated_text(text, others, chance):
    """The text with a few tokens changed; `others` are texts of the same kind."""
    parts = tokens(text)
    for _ in range(chance.choice([1, 1, 1, 2, 2, 3, 5])):
        if not parts:
            break
        at = chance.randrange(len(parts))
        end = min(len(parts), at + chance.choice([1, 1, 1, 2, 4, 9]))
        own = parts[chance.randrange(len(parts))]
        match chance.randrange(8):
            case 0:
                del parts[at:end]
            case 1:
                parts[at:at] = parts[at:end]
            case 2:
                parts[at] = own
            case 3:
                parts.insert(at, own)
            case 4:
                parts[at] = chance.choice(COMMON)
            case 5:
                parts.insert(at, " " + chance.choice(COMMON) + " ")
            case 6:
                other = tokens(chance.choice(others))
                start = chance.randrange(len(other)) if other else 0
                parts[at:at] = other[start : start + chance.choice([1, 3, 9, 30])]
            case 7:
                to = chance.randrange(len(parts))
                parts[at], parts[to] = parts[to], parts[at]
    return "".join(parts)


def mutated_value(value, chance):
    """The value with one place of it changed."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        if key == "$error":  # always a text
            return {key: chance.choice(["", "x"])}
        changed = dict(value)
        if chance.random() < 0.1:
            del changed[key]
        elif chance.random() < 0.1:
            changed[chance.choice(["a", "b", "c", "x"])] = chance.choice(VALUES)
        else:
            changed[key] = mutated_value(value[key], chance)
        return changed
    if isinstance(value, list) and value and chance.random() < 0.7:
        at = chance.randrange(len(value))
        return [*value[:at], mutated_value(value[at], chance), *value[at + 1 :]]
    return chance.choice(VALUES)


def mutated(case, cases, chance):
    """A case with one or more of its members changed."""
    case = {name: case[name] for name in ("schema", "query", "variables", "operationName", "rootValue") if name in case}
    kinds = ["schema", "query", "query", "query"]
    if isinstance(case.get("variables"), dict):
        kinds += ["variables"] * 2
    if "rootValue" in case:
        kinds += ["rootValue"] * 2
    for kind in {chance.choice(kinds), chance.choice(kinds)} if chance.random() < 0.3 else {chance.choice(kinds)}:
        if kind in ("schema", "query"):
            case[kind] = mutated_text(case[kind], [chance.choice(cases)[kind]], chance)
        else:
            value = mutated_value(case[kind], chance)
            case[kind] = value if isinstance(value, dict) or kind == "rootValue" else {}
    if not isinstance(case.get("rootValue", {}), dict):
        case["rootValue"] = {}
    return case


def results(command, lines):
    """The lines that a program writes for lines of cases, by id."""
    result = subprocess.run(command, input=lines, capture_output=True, timeout=300)
    if result.returncode not in (0, 1, 2):
        raise SystemExit(f"{command[0]} ended with {result.returncode}: {result.stderr[-2000:]!r}")
    return {(entry := json.loads(line))["id"]: (entry, line) for line in result.stdout.decode().split("\n") if line}


def differences(binary, mode, cases):
    """The cases whose results differ, each with both results."""
    lines = "".join(json.dumps({"id": index, **case}) + "\n" for index, case in enumerate(cases)).encode()
    ours = results([binary, mode, "--cases", "-"], lines)
    theirs = results(["node", str(ROOT / "scripts/conformance/oracle.js"), "--print", mode], lines)
    for index, case in enumerate(cases):
        expected, raw = theirs[index]
        if "threw" in expected["expected"]:
            continue
        if index not in ours:
            yield "no result", case, expected["expected"], None
            continue
        raw_expected = dict(with_order(raw))["expected"]
        what = difference(expected["expected"], ours[index][0], raw_expected, with_order(ours[index][1]), mode)
        # Built-in types are described in the gateway's own words.
        if what and not (what == "data" and "description" in case["query"]):
            yield what, case, expected["expected"], ours[index][0]


def kind_of(what, expected, actual):
    """What differences have in common that have the same cause: the first messages that differ, without names."""
    messages = [[error["message"] for error in (entry or {}).get("errors", [])] for entry in (expected, actual)]
    pairs = [pair for pair in zip(*(side + [""] for side in messages)) if pair[0] != pair[1]]
    plain = [re.sub(r'"[^"]*"|\d+', "_", text) for text in (pairs[0] if pairs else (messages[0] or [""])[:1])]
    return (what, *plain)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("binary")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--batch", type=int, default=2000)
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    seeds = {
        mode: [
            case
            for file in sorted((ROOT / "Tests/ConformanceTests/Fixtures" / mode).glob("*.jsonl"))
            for case in map(json.loads, filter(None, file.read_text(encoding="utf-8").split("\n")))
            if len(case["query"]) < 3000 and len(case["schema"]) < 3000
        ]
        for mode in ("validate", "execute")
    }
    found, count, end = {}, 0, time.monotonic() + options.seconds
    while time.monotonic() < end:
        for mode, cases in seeds.items():
            batch = [mutated(chance.choice(cases), cases, chance) for _ in range(options.batch)]
            count += len(batch)
            for what, case, expected, actual in differences(options.binary, mode, batch):
                kind = (mode, *kind_of(what, expected, actual))
                if kind not in found or len(json.dumps(case)) < len(json.dumps(found[kind][0])):
                    found[kind] = (case, expected, actual)
    print(f"seed {options.seed}: {count} cases, {len(found)} kinds of differences")
    for kind, (case, expected, actual) in list(found.items())[: options.show]:
        print("\n" + " | ".join(kind))
        for name, value in (("case", case), ("graphql-js", expected), ("gateway", actual)):
            print(f"  {name}: {shown(value)}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
