"""Operations from text to plan, the standard introspection query first: here parsed, validated, planned; by graphql-js parsed, validated."""

import pathlib
import re
import resource
import statistics
import subprocess

from harness import report

FOLDER = pathlib.Path(__file__).parent.parent
SCHEMA = (FOLDER / "operation-schema.graphql").read_text()
FEW, MANY = 2_000, 12_000
FEW_COUNTED, MANY_COUNTED = 10, 60
MOST_OF_REFERENCE = 1.0
MOST_INSTRUCTIONS = {"introspection": 960_000, "operation": 300_000}


def run(options, folder):
    """Measures whole processes of two sizes, whose difference is the work of the operations alone."""
    if not options.preparation.exists():
        raise RuntimeError(f"there is no program {options.preparation}: `make bench` builds it")
    queries = {
        "introspection": subprocess.run(
            ["node", FOLDER / "graphql-js.js", "--print"], check=True, capture_output=True, text=True
        ).stdout,
        "operation": (FOLDER / "operation.graphql").read_text(),
    }
    rows, shares = [], {}
    for name, query in queries.items():
        ours, theirs = times(options, query)
        shares[name] = ours / theirs
        found = instructions(options.preparation, query)
        rows.append([name, f"{ours * 1e6:,.1f}", f"{theirs * 1e6:,.1f}", f"{shares[name]:.3f}", f"{found:,}"])
        if found > MOST_INSTRUCTIONS[name]:
            print(report.table(HEADER, rows))
            raise RuntimeError(f"{name} takes {found:,} instructions; the limit is {MOST_INSTRUCTIONS[name]:,}")
    print(report.table(HEADER, rows))
    share = shares["introspection"]
    verdict = "met" if share < MOST_OF_REFERENCE else "MISSED"
    print(f"gateway / graphql-js = {share:.3f}  (goal: below {MOST_OF_REFERENCE:g}; {verdict})")
    if verdict == "MISSED":
        raise RuntimeError("the goal is MISSED")


HEADER = ["from text to plan", "gateway µs", "graphql-js µs (no plan)", "ratio", "gateway instructions"]


def times(options, query):
    """The seconds of one operation here and with graphql-js: medians of rounds in turns."""
    gateway, reference = [], []
    for _ in range(options.rounds):
        gateway.append(per_operation(lambda count: timed([options.preparation, "plan", SCHEMA, query, str(count)])))
        reference.append(
            per_operation(lambda count: timed(["node", FOLDER / "graphql-js.js", SCHEMA, query, str(count)]))
        )
    return statistics.median(gateway), statistics.median(reference)


def per_operation(seconds):
    """The time of one operation: what more of them take longer."""
    few, many = seconds(FEW), seconds(MANY)
    return (many - few) / (MANY - FEW)


def timed(command):
    """The processor seconds of a whole process, its children's included."""
    start = children_seconds()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
    return children_seconds() - start


def children_seconds():
    """The processor seconds of all ended children."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def instructions(program, query):
    """The instructions of one operation, as callgrind counts them."""
    few, many = (counted([program, "plan", SCHEMA, query, str(count)]) for count in (FEW_COUNTED, MANY_COUNTED))
    return (many - few) // (MANY_COUNTED - FEW_COUNTED)


def counted(command):
    """The instructions of a whole process."""
    callgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    result = subprocess.run([*callgrind, *command], check=True, capture_output=True, text=True, timeout=300)
    total = re.search(r"Collected : (\d+)", result.stderr)
    if not total:
        raise RuntimeError(f"callgrind printed no count: {result.stderr[-500:]}")
    return int(total.group(1))
