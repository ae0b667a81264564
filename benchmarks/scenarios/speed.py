"""The table of the README: 100 posts and their 10 authors in every mode, beside nginx with the same bytes and graphql-js."""

import contextlib
import dataclasses
import json
import pathlib
import statistics
import subprocess

from harness import dataset, load, report
from harness.gateway import Gateway, PostedTo
from harness.nginx import Nginx
from harness.peers import GraphQLJS

POSTS = pathlib.Path(__file__).parent.parent / "posts"
FIELDS = "{ id userId title user { id name email } }"
QUERY = "{ posts " + FIELDS + " }"
ALIASED = "{ p@N@: posts " + FIELDS + " }"
VARIED = "query($n: String!) { posts " + FIELDS + ' first: user(id: "1") { x: member(name: $n) } }'
TEXTS = 512
KEYS = 512
URLS = 1 + dataset.USERS


@dataclasses.dataclass(frozen=True)
class Mode:
    """A load on one of the servers, and the least share of nginx that it must have."""

    title: str
    server: str
    query: str = QUERY
    variables: dict = dataclasses.field(default_factory=dict)
    distinct: int | None = None
    keys: int | None = None
    least: float | None = None
    # Whether the reference are the URLs behind the response, and not its bytes.
    is_of_urls: bool = False


MODES = [
    Mode("whole: the same request again", "cached", least=0.8),
    Mode(f"named: {TEXTS} texts in turn", "cached", ALIASED, distinct=TEXTS, least=0.7),
    Mode("new: every text new, result cached", "cached", ALIASED, least=0.35),
    Mode("coalesced: nothing cached, equal requests at once", "plain", least=0.7),
    Mode("executed: data cached, results not", "cached", VARIED, {"n": "m@N@"}, least=0.25),
    Mode("nothing shared: a key for each request", "plain", keys=KEYS, least=0.4, is_of_urls=True),
]
PEERS = [
    Mode("graphql-js: whole response cached", "js-whole"),
    Mode("graphql-js: coalesced calls", "js-coalesced"),
    Mode("graphql-js: data cached", "js-cached"),
    Mode("graphql-js: dataloader, a key for each request", "js-dataloader", keys=KEYS, is_of_urls=True),
]


def run(options, folder):
    """Lets all loads take turns in several rounds; medians count, and the spread of the rounds is shown."""
    with contextlib.ExitStack() as stack:
        nginx = stack.enter_context(Nginx(folder))
        servers = {
            name: stack.enter_context(Gateway(options.gateway, POSTS / name, nginx.url, folder / f"{name}.log"))
            for name in ("cached", "plain")
        }
        for name in ("whole", "coalesced", "cached", "dataloader"):
            peer = GraphQLJS(name, nginx.url, folder / f"js-{name}.log")
            servers[f"js-{name}"] = stack.enter_context(peer)
        modes = MODES + PEERS
        loads = {mode.title: prepare(mode, servers[mode.server], folder, number) for number, mode in enumerate(modes)}
        response = servers["plain"].post(json.dumps({"query": QUERY}).encode())
        references = {
            "bytes": load.Load(nginx.url, [nginx.publish("/response.json", response)]),
            "urls": load.Load(nginx.url, ["/posts", *dataset.USER_PATHS]),
        }
        taken = measure(options, nginx, servers, modes, loads, references)
    print_table(modes, taken)
    require_goals(modes, taken)


def prepare(mode, server, folder, number):
    """The load of a mode, after its response has been compared with the expected one."""
    body = json.dumps({"query": mode.query, "variables": mode.variables}).encode()
    require_expected(mode, server.post(body.replace(b"@N@", b"1")))
    file = folder / f"mode-{number}.json"
    file.write_bytes(body)
    return load.Load(server.url, ["/graphql"], file, distinct=mode.distinct, keys=mode.keys)


def require_expected(mode, response):
    """Fails unless a response has the posts and authors."""
    data = json.loads(response).get("data") or {}
    posts = data.get("posts", data.get("p1"))
    if posts != dataset.expected_response()["data"]["posts"]:
        raise RuntimeError(f"{mode.title}: the response is something else: {response[:300]!r}")


@dataclasses.dataclass
class Taken:
    """What one load took, by round."""

    samples: list = dataclasses.field(default_factory=list)
    shares: list = dataclasses.field(default_factory=list)
    microseconds: list = dataclasses.field(default_factory=list)
    calls: list = dataclasses.field(default_factory=list)
    resident: int = 0


def measure(options, nginx, servers, modes, loads, references):
    """The figures of each mode."""
    taken = {mode.title: Taken() for mode in modes}
    for each in [*references.values(), *loads.values()]:
        each.run(options.connections, seconds=1)
    for _ in range(options.rounds):
        rates = {name: each.run(options.connections, options.seconds) for name, each in references.items()}
        print(f"nginx: {rates['bytes'].rate:,.0f} of the same bytes, {rates['urls'].rate:,.0f} URLs a second", flush=True)
        for mode in modes:
            server, own = servers[mode.server], taken[mode.title]
            before = server.processor_seconds()
            results = []
            calls = nginx.calls_during(lambda: results.append(loads[mode.title].run(options.connections, options.seconds)))
            sample = results[0]
            own.samples.append(sample)
            own.microseconds.append((server.processor_seconds() - before) / sample.requests * 1e6)
            own.calls.append(calls / sample.requests)
            own.shares.append(
                sample.rate * URLS / rates["urls"].rate if mode.is_of_urls else sample.rate / rates["bytes"].rate
            )
            own.resident = server.resident_bytes()[1]
    return taken


def print_table(modes, taken):
    """Prints a row for each mode."""
    rows = []
    for mode in modes:
        own = taken[mode.title]
        median, share = load.median(own.samples), statistics.median(own.shares)
        rows.append(
            [
                mode.title,
                f"{median.rate:,.0f}",
                f"{median.p99:.1f} ms",
                f"{share:.2f}{' x' if mode.is_of_urls else ''}",
                f"{min(own.shares):.2f} to {max(own.shares):.2f}",
                "" if mode.least is None else f"{mode.least} {'met' if share >= mode.least else 'MISSED'}",
                f"{statistics.median(own.microseconds):,.0f} µs",
                f"{statistics.median(own.calls):.2f}",
                f"{own.resident >> 20} MiB",
            ]
        )
    header = ["", "requests/s", "p99", "of nginx", "by round", "goal", "processor", "calls each", "memory"]
    print(report.table(header, rows))
    print(f"of nginx: with the same bytes; x: calls a second, of what wrk gets from the {URLS} URLs")


def require_goals(modes, taken):
    """Fails if a mode is below its goal."""
    missed = [
        mode.title for mode in modes if mode.least is not None and statistics.median(taken[mode.title].shares) < mode.least
    ]
    if missed:
        raise RuntimeError(f"goals MISSED: {'; '.join(missed)}")
