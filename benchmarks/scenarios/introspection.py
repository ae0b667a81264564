"""The standard introspection query: parsed, validated, planned and executed here; parsed and validated by graphql-js."""

import json
import pathlib
import resource
import statistics
import subprocess

from harness import report

FOLDER = pathlib.Path(__file__).parent.parent
SCHEMA = "type Query { posts: [Post!]! user(id: ID!): User } type Post { id: ID! user: User } type User { id: ID! name: String }"
FEW, MANY = 2_000, 12_000
MOST_OF_REFERENCE = 1.0


def run(options, folder):
    """Measures whole processes of two sizes, whose difference is the work of the operations alone."""
    query = subprocess.run(
        ["node", FOLDER / "graphql-js.js", "--print"], check=True, capture_output=True, text=True
    ).stdout
    gateway, reference = [], []
    for _ in range(options.rounds):
        gateway.append(per_operation(lambda count: execute(options.gateway, folder, query, count)))
        reference.append(per_operation(lambda count: graphql_js(count)))
    ours, theirs = statistics.median(gateway), statistics.median(reference)
    print(
        report.table(
            ["", "µs an operation"],
            [
                ["gateway: parse, validate, plan, execute, write", f"{ours * 1e6:,.0f}"],
                ["graphql-js: parse, validate", f"{theirs * 1e6:,.0f}"],
            ],
        )
    )
    share = ours / theirs
    verdict = "met" if share < MOST_OF_REFERENCE else "MISSED"
    print(f"gateway / graphql-js = {share:.3f}  (goal: below {MOST_OF_REFERENCE:g}; {verdict})")


def per_operation(seconds):
    """The time of one operation: what more of them take longer."""
    few, many = seconds(FEW), seconds(MANY)
    return (many - few) / (MANY - FEW)


def execute(program, folder, query, count):
    """Runs that many operations, each a line of a batch, and returns the seconds of the process."""
    cases = folder / f"cases-{count}.jsonl"
    if not cases.exists():
        line = json.dumps({"id": 1, "schema": SCHEMA, "query": query, "rootValue": {}})
        cases.write_text((line + "\n") * count)
    return timed([program, "execute", "--cases", cases])


def graphql_js(count):
    """Parses and validates that many times with graphql-js, and returns the seconds of the process."""
    return timed(["node", FOLDER / "graphql-js.js", SCHEMA, str(count)])


def timed(command):
    """The processor seconds of a whole process, its children's included."""
    start = children_seconds()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
    return children_seconds() - start


def children_seconds():
    """The processor seconds of all ended children."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
