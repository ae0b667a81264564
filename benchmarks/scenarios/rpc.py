"""The processor time of a JSON-RPC call beside the GraphQL query for the same: 50 rows from the gateway's memory."""

import http.client
import json
import statistics

from harness import load, report
from harness.sandbox import SLUGS, Sandbox, WorkspaceGateway, key

FIELDS = (
    "nodeId id title description status priority labels assigneeId dueDate createdAt updatedAt projectId "
    "customFields: customFieldsJSON"
)
PAGE = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount"
CALL = {"jsonrpc": "2.0", "method": "issues.list", "params": {"first": 50}, "id": 1}
QUERY = {
    "query": f"query($first: Int) {{ issues(first: $first) {{ nodes {{ {FIELDS} }} {PAGE} }} }}",
    "variables": {"first": 50},
}
MOST_SHARE = 1.2


def run(options, folder):
    """Lets both loads take turns at one gateway and compares what a request costs it."""
    with (
        Sandbox(options.gateway, folder / "sandbox.log", "--plan", "unlimited") as sandbox,
        WorkspaceGateway(options.gateway, sandbox, folder / "gateway.log", slugs=SLUGS[:1]) as gateway,
    ):
        bodies = {"/graphql": QUERY, "/rpc": CALL}
        responses = {path: ask(gateway.port, path, body) for path, body in bodies.items()}
        if responses["/rpc"]["result"] != responses["/graphql"]["data"]["issues"]:
            raise RuntimeError("the two results differ")
        costs = {path: [] for path in bodies}
        for _ in range(options.rounds):
            for path, body in bodies.items():
                file = folder / f"{path[1:]}.json"
                file.write_text(json.dumps(body))
                before = gateway.processor_seconds()
                sample = load.Load(f"http://127.0.0.1:{gateway.port}", [path], file, key(SLUGS[0])).run(
                    options.connections, options.seconds
                )
                costs[path].append((gateway.processor_seconds() - before) / sample.requests * 1e6)
    medians = {path: statistics.median(taken) for path, taken in costs.items()}
    print(
        report.table(
            ["", "processor time for each request"],
            [[path, f"{microseconds:.0f} µs"] for path, microseconds in medians.items()],
        )
    )
    share = medians["/rpc"] / medians["/graphql"]
    print(f"JSON-RPC / GraphQL = {share:.3f}  (goal: at most {MOST_SHARE}; {'met' if share <= MOST_SHARE else 'MISSED'})")
    if share > MOST_SHARE:
        raise RuntimeError("the goal is MISSED")


def ask(port, path, body):
    """The response to one request, which also fills the cache."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key(SLUGS[0])}"}
    connection.request("POST", path, json.dumps(body), headers)
    response = json.loads(connection.getresponse().read())
    connection.close()
    return response
