#!/usr/bin/env python3
"""Changes one operator of the sources at a time, runs the tests that concern it, and lists the changes that no test notices.

    scripts/mutate.py [--count N] [--seed S] [--files PATTERN] [--filter REGEX] [--list] [--build COMMAND] [--test COMMAND]

A change that survives is a question to the tests: what value would they have to compare? Sandbox and the command lines are left
out. By default the tests of the file's own target run, and the end-to-end tests with them if it lies in Upstream, Gateway or
GatewayServer. The work tree must be clean; each change is taken back.
"""
import argparse
import pathlib
import random
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGETS = ["JSON", "BaseEncodings", "Caching", "ContentCodings", "GraphQL", "Upstream", "JSONRPC", "Gateway", "GatewayServer", "Observability"]
TESTS = {
    "JSON": "JSONTests", "Caching": "CachingTests|UpstreamTests", "GraphQL": "GraphQLTests|ConformanceTests",
    "JSONRPC": "JSONRPCTests", "Observability": "ObservabilityTests",
    "Upstream": "UpstreamTests|EndToEndTests", "Gateway": "GatewayTests|GatewayServerTests|EndToEndTests",
    "GatewayServer": "GatewayServerTests|EndToEndTests",
}
# What each operator becomes; spaces around it, so that generics and arrows are left alone.
OPERATORS = {
    " == ": " != ", " != ": " == ", " < ": " >= ", " >= ": " < ", " > ": " <= ", " <= ": " > ", " && ": " || ", " || ": " && ",
    " + ": " - ", " - ": " + ", " += ": " -= ", " -= ": " += ", " min(": " max(", " max(": " min(", " true": " false",
    " false": " true", "..<": "...",
}
SKIPPED = re.compile(r"^\s*(//|import |@|\*)|precondition|assert|func (==|<)|\bcase \w+ = ")


def mutations(pattern):
    """Every change: the file, the line's index, the column, the operator."""
    listed = subprocess.check_output(["git", "-C", str(ROOT), "ls-files", *(f"Sources/{t}" for t in TARGETS)], text=True)
    for name in listed.split():
        if not name.endswith(".swift") or not re.search(pattern, name):
            continue
        for index, line in enumerate((ROOT / name).read_text(encoding="utf-8").split("\n")):
            code = re.sub(r'"(\\.|[^"\\])*"', lambda m: "_" * len(m.group(0)), line.split("//")[0])
            if SKIPPED.search(line) or '"""' in line:
                continue
            for operator in OPERATORS:
                column = code.find(operator)
                if column >= 0:
                    yield name, index, column, operator


def run(command, timeout):
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout)
        return done.returncode, done.stdout
    except subprocess.TimeoutExpired:
        # An endless loop is noticed too.
        return 124, "timed out"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20, help="how many changes to try (default: 20)")
    parser.add_argument("--seed", type=int, default=1, help="what the choice follows from (default: 1)")
    parser.add_argument("--files", default="", metavar="PATTERN", help="only files whose path matches this expression")
    parser.add_argument("--filter", metavar="REGEX", help="the tests to run, in place of those of the file's target")
    parser.add_argument("--timeout", type=int, default=1200, help="seconds for the tests of one change (default: 1200)")
    parser.add_argument("--build", default="swift build --build-tests", metavar="COMMAND", help="what builds the tests")
    parser.add_argument(
        "--test", default="swift test --skip-build --disable-xctest --parallel --filter", metavar="COMMAND",
        help="what runs the tests whose names match the expression that is appended")
    parser.add_argument("--list", action="store_true", help="print the chosen changes, and change nothing")
    options = parser.parse_args()
    if not options.list and subprocess.check_output(["git", "-C", str(ROOT), "status", "--porcelain"], text=True).strip():
        sys.exit("error: the work tree has changes; commit or stash them first")
    found = list(mutations(options.files))
    chosen = random.Random(options.seed).sample(found, min(options.count, len(found)))
    survivors, caught, invalid = [], 0, 0
    for name, index, column, operator in chosen:
        path = ROOT / name
        original = path.read_text(encoding="utf-8")
        lines = original.split("\n")
        line = lines[index]
        lines[index] = line[:column] + OPERATORS[operator] + line[column + len(operator):]
        change = f"{name}:{index + 1}: {line.strip()}  →  {lines[index].strip()}"
        if options.list:
            print(change)
            continue
        try:
            path.write_text("\n".join(lines), encoding="utf-8")
            code, output = run(shlex.split(options.build), options.timeout)
            if code:
                invalid += 1
                print(f"does not compile: {change}", flush=True)
                continue
            tests = options.filter or TESTS[name.split("/")[1]]
            code, output = run([*shlex.split(options.test), tests], options.timeout)
            if code:
                caught += 1
                print(f"caught: {change}", flush=True)
            else:
                survivors.append(change)
                print(f"SURVIVES: {change}", flush=True)
        finally:
            path.write_text(original, encoding="utf-8")
    if not options.list:
        print(f"{caught} caught, {invalid} do not compile, {len(survivors)} survive", *survivors, sep="\n")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
