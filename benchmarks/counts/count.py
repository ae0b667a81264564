"""Runs the counting program under valgrind for few and for many requests: the difference is what the requests take.

A limit of `limits.json` is a number, or a share of what another mode takes.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
SCHEMA = HERE.parent / "posts" / "cached"
FEW, MANY = 100, 500
# Modes in which threads wake each other: how often they do depends on what else the machine does. The least counts.
RUNS = {"observed": 3, "coalesced": 3}
# Long copies by a string instruction would be counted byte by byte.
TUNABLES = "glibc.cpu.x86_rep_movsb_threshold=100000000:glibc.cpu.x86_rep_stosb_threshold=100000000"


def counts(program, requests, mode):
    """The instructions and allocations of a whole run."""
    with tempfile.TemporaryDirectory() as folder:
        profile, log, schema = (pathlib.Path(folder) / name for name in ("profile", "log", "schema.graphql"))
        schema.write_text("".join(file.read_text() for file in sorted(SCHEMA.glob("*.graphql"))))
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", f"--log-file={log}"]
        command += [program, schema, str(requests), mode]
        subprocess.run(command, check=True, timeout=300, env=os.environ | {"GLIBC_TUNABLES": TUNABLES})
        instructions = int(re.search(r"Collected : (\d+)", log.read_text()).group(1))
        return {"instructions": instructions, "allocations": calls_of_malloc(profile.read_text())}


def least(program, requests, mode):
    """The least that any run of a mode takes."""
    runs = [counts(program, requests, mode) for _ in range(RUNS.get(mode, 1))]
    return {name: min(run[name] for run in runs) for name in runs[0]}


def calls_of_malloc(profile):
    """How often malloc is called: https://valgrind.org/docs/manual/cl-format.html."""
    number, total, is_malloc = None, 0, False
    for line in profile.splitlines():
        # A name is written out where it comes first, as that of a function or of one that is called.
        name = re.fullmatch(r"c?fn=\((\d+)\)(?: (.*))?", line)
        if name and name.group(2) == "malloc":
            number = name.group(1)
        if name and line.startswith("cfn="):
            is_malloc = number is not None and name.group(1) == number
        elif line.startswith("calls=") and is_malloc:
            total += int(line[len("calls=") :].split()[0])
    return total


def main():
    """Prints what one request takes; exit code 1 if that is more than the limits."""
    limits = json.loads((HERE / "limits.json").read_text())
    failed = False
    taken = {}
    for mode, most in limits.items():
        few, many = least(sys.argv[1], FEW, mode), least(sys.argv[1], MANY, mode)
        taken[mode] = {name: (many[name] - few[name]) // (MANY - FEW) for name in few}
        for name, limit in most.items():
            each = taken[mode][name]
            if isinstance(limit, dict):
                limit = int(taken[limit["of"]][name] * limit["share"])
            failed = failed or each > limit
            print(f"{mode}: {name} for each request: {each:,} (at most {limit:,}){' TOO MANY' if each > limit else ''}")
    sys.exit(failed)


main()
