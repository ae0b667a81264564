#!/usr/bin/env python3
"""Runs the conformance fixtures through `workestra-gateway validate --cases` and `execute --cases`.

    check.py BINARY [--fixtures DIR] [--only TEXT] [--diffs K] [--reading graphql-js|september2025]

Prints a line per file, the first K differences and a summary; the exit code is 1 if any case differs or is missing.
The order of errors counts. `path` is compared where the expectation has one; `data` is compared with the order of
its members. `--only` keeps the cases whose id contains TEXT. Cases that carry another expectation for the specification's own text are held against that one,
unless `--reading graphql-js` is given.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TIMEOUT_SECONDS = 120


class Members(list):
    """The members of an object in their order."""


def with_order(text: str):
    """Parses JSON so that objects keep the order of their members, and so that `true` is not `1`."""
    return json.loads(text, object_pairs_hook=Members)


def equal(left, right) -> bool:
    """Whether two values parsed by `with_order` are the same."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return left == right
    if isinstance(left, Members) != isinstance(right, Members):
        return False
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(equal(one, other) for one, other in zip(left, right))
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left[0] == right[0] and equal(left[1], right[1])
    return type(left) is type(right) and left == right


def error_difference(expected: dict, actual: dict):
    """What differs between two errors, or None."""
    if expected["message"] != actual.get("message"):
        return "message"
    if expected.get("locations") != actual.get("locations"):
        return "locations"
    if "path" in expected and expected["path"] != actual.get("path"):
        return "path"
    return None


def difference(expected: dict, actual: dict, raw_expected, raw_actual, mode: str):
    """What differs between an expected result and an actual one, or None."""
    expected_errors, actual_errors = expected.get("errors", []), actual.get("errors", [])
    if mode == "execute" and ("errors" in expected) != ("errors" in actual):
        return "errors present" if "errors" in actual else "errors absent"
    for index, (one, other) in enumerate(zip(expected_errors, actual_errors)):
        what = error_difference(one, other)
        if what:
            return f"errors[{index}].{what}"
    if len(expected_errors) != len(actual_errors):
        return f"{len(actual_errors)} errors instead of {len(expected_errors)}"
    if ("data" in expected) != ("data" in actual):
        return "data present" if "data" in actual else "data absent"
    if "data" in expected and not equal(dict(raw_expected)["data"], dict(raw_actual)["data"]):
        return "data"
    return None


def results(binary: str, mode: str, lines: list) -> tuple:
    """Runs the binary on cases and gives its output lines by id, and a remark if something went wrong."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as cases:
        cases.write("".join(line + "\n" for line in lines))
        cases.flush()
        command = [binary, mode, "--cases", cases.name]
        try:
            done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return {}, f"no end after {TIMEOUT_SECONDS} s"
    found, remark = {}, ""
    for line in done.stdout.decode("utf-8", "replace").split("\n"):
        if line:
            try:
                found[json.loads(line)["id"]] = line
            except (ValueError, KeyError, TypeError):
                remark = f"not a result: {line[:200]}"
    if done.returncode not in (0, 1):
        remark = f"exit code {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-500:]}"
    return found, remark


def shown(text, limit: int = 1_500) -> str:
    """A value as short text."""
    text = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    return text if len(text) <= limit else text[:limit] + "…"


def check_file(path: pathlib.Path, options) -> tuple:
    """Checks one file: the number of cases, and the differences as text."""
    mode = path.parent.name
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
    lines = [line for line in lines if options.only in json.loads(line)["id"]]
    if not lines:
        return 0, []
    found, remark = results(options.binary, mode, lines)
    if remark:
        print(f"{path.name}: {remark}")
    differences = []
    for line in lines:
        case, raw = json.loads(line), dict(with_order(line))
        key = options.reading if options.reading in case else "expected"
        if case["id"] not in found:
            what, result = "no result", ""
        else:
            result = found[case["id"]]
            what = difference(case[key], json.loads(result), raw[key], with_order(result), mode)
        if what:
            fields = [f"{name}: {shown(case[name])}" for name in ("schema", "query", "variables", "operationName", "rootValue")
                      if name in case]
            differences.append("\n    ".join(
                [f"{case['id']}: {what}", *fields, f"expected: {shown(case[key])}", f"actual:   {shown(result)}"]
                + ([f"note: {case['note']}"] if "note" in case else [])))
    return len(lines), differences


def main() -> int:
    """Checks every file and prints the summary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--fixtures", default=str(ROOT / "Tests/ConformanceTests/Fixtures"))
    parser.add_argument("--only", default="")
    parser.add_argument("--diffs", type=int, default=20)
    parser.add_argument("--reading", choices=["graphql-js", "september2025"], default="september2025")
    options = parser.parse_args()
    total, differences = 0, []
    for path in sorted(pathlib.Path(options.fixtures).glob("*/*.jsonl")):
        count, found = check_file(path, options)
        if count:
            print(f"{'ok  ' if not found else 'FAIL'} {path.parent.name}/{path.stem}: {count - len(found)} of {count}")
        total, differences = total + count, differences + found
    for text in differences[: options.diffs]:
        print(f"\n{text}")
    if len(differences) > options.diffs:
        print(f"\n… and {len(differences) - options.diffs} more differences")
    print(f"\n{total - len(differences)} passed, {len(differences)} failed")
    return 1 if differences or total == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
