"""100 posts and their 10 authors: 11 upstream calls for one client request, beside nginx with the same bytes."""

import json
import pathlib

from harness import dataset, load, report
from harness.gateway import Gateway, request_body
from harness.nginx import Nginx

QUERY = "{ posts { id userId title user { id name email } } }"
SCHEMA = pathlib.Path(__file__).parent.parent / "posts" / "plain"
MOST_CALLS = 1 + dataset.USERS
LEAST_SHARE_OF_DIRECT = 0.25
SINGLE_REQUESTS = 50


def run(options, folder):
    """Measures the lists as plain arrays."""
    measure(options, folder, SCHEMA, prefix="")


def measure(options, folder, schema, prefix):
    """Measures the query over the dataset below a path of nginx, bound by that schema."""
    body = request_body(QUERY)
    with (
        Nginx(folder) as nginx,
        Gateway(options.gateway, schema, nginx.url + prefix, folder / "gateway.log") as gateway,
    ):
        response = gateway.post(body)
        require_expected(response)
        body_file = folder / "request.json"
        body_file.write_bytes(body)
        loads = {
            "gateway": load.Load(gateway.url, ["/graphql"], body_file),
            "same": load.Load(nginx.url, [nginx.publish("/response.json", response)]),
            "direct": load.Load(nginx.url, [prefix + path for path in ["/posts", *dataset.USER_PATHS]]),
        }
        alone = nginx.calls_during(lambda: [gateway.post(body) for _ in range(SINGLE_REQUESTS)]) / SINGLE_REQUESTS
        samples, calls = interleave(options, nginx, loads)
        if not response == gateway.post(body) == nginx.content("/response.json"):
            raise RuntimeError("the gateway and nginx no longer send the same bytes")
    print_results({name: load.median(taken) for name, taken in samples.items()}, alone, calls, len(response))
    if alone > MOST_CALLS:
        raise RuntimeError(f"{alone} upstream calls for a request; at most {MOST_CALLS} are needed")


def require_expected(response):
    """Fails unless these bytes are the expected response, with the fields in the order of the query."""
    if json.dumps(json.loads(response)) != json.dumps(dataset.expected_response()):
        raise RuntimeError(f"the gateway responds with something else: {response[:500]!r}")


def interleave(options, nginx, loads):
    """Runs the loads in turn, in several rounds; returns the samples by load, and the gateway's upstream calls."""
    for each in loads.values():
        each.run(options.connections, seconds=1)
    samples = {name: [] for name in loads}
    calls = 0
    for _ in range(options.rounds):
        for name, each in loads.items():
            sent = nginx.calls_during(lambda: samples[name].append(each.run(options.connections, options.seconds)))
            calls += sent if name == "gateway" else 0
    return samples, calls


def print_results(medians, alone, calls, size):
    """Prints the table and the two ratios."""
    gateway, same, direct = medians["gateway"], medians["same"], medians["direct"]

    def row(title, sample, *calls_each):
        return [title, f"{sample.rate:,.0f}", f"{sample.p99:.1f} ms", *calls_each]

    print(
        report.table(
            ["", "requests/s", "p99", "upstream calls each", "the same under load"],
            [
                row("gateway", gateway, f"{alone:.2f}", f"{calls / gateway.requests:.2f}"),
                row(f"nginx, the same {size:,} bytes", same, "0", "0"),
                row(f"nginx, the {MOST_CALLS} URLs directly", direct, "-", "-"),
            ],
        )
    )
    share = gateway.rate * MOST_CALLS / direct.rate
    print(report.goal(f"gateway x {MOST_CALLS} / URLs directly", share, LEAST_SHARE_OF_DIRECT))
    print(f"gateway / nginx with the same bytes = {gateway.rate / same.rate:.3f}")
    if share < LEAST_SHARE_OF_DIRECT:
        raise RuntimeError("the goal is MISSED")
