"""How the work of a request grows: with connections, rows, levels and cached documents, beside nginx and two peers."""

import contextlib
import dataclasses
import json
import pathlib
import statistics
import typing

from harness import dataset, document, load, plots, report
from harness.gateway import Gateway
from harness.nginx import Nginx
from harness.peers import GraphQLGo, GraphQLJS

POSTS = pathlib.Path(__file__).parent.parent / "posts"
FIELDS = "id userId title user { id name email }"
VARIED = 'first: user(id: "1") { x: member(name: $n) }'
CONNECTIONS = [1, 8, 64, 256, 1_000]
ROWS = [10, 100, 1_000, 10_000]
LEVELS = [1, 2, 3, 4, 5]
DOCUMENTS = [10, 100, 1_000, 10_000, 100_000]
FEW = 4
MOST_SECONDS = 2
FILL_SECONDS = 64
SAME, EXECUTED = "gateway, the same again", "gateway, executed"
PEERS = {"graphql-js, executed": GraphQLJS, "graphql-go, executed": GraphQLGo}


@dataclasses.dataclass
class Point:
    """One load, what it belongs to, and what it took by round."""

    chart: str
    series: str
    x: int
    server: typing.Any
    load: load.Load
    connections: int = FEW
    microseconds: list = dataclasses.field(default_factory=list)
    p99: list = dataclasses.field(default_factory=list)
    megabytes: list = dataclasses.field(default_factory=list)

    def take(self, seconds):
        """One turn."""
        before = self.server.processor_seconds()
        sample = self.load.run(self.connections, seconds)
        self.microseconds.append((self.server.processor_seconds() - before) / sample.requests * 1e6)
        self.p99.append(sample.p99)
        self.megabytes.append(self.server.held_bytes() / (1 << 20))


@dataclasses.dataclass(frozen=True)
class Chart:
    """What is shown of the points: of which load, against what, in which unit."""

    name: str
    points: str
    title: str
    x_title: str
    unit: str
    values: str
    is_linear: bool = False


CHARTS = [
    Chart("connections", "connections", "Processor time by connections (100 posts)", "connections", "µs a request", "microseconds"),
    Chart("latency", "connections", "99th percentile of latency by connections (100 posts)", "connections", "ms", "p99"),
    Chart("rows", "rows", "Processor time by rows", "posts in the response", "µs a request", "microseconds"),
    Chart("levels", "levels", "Processor time by levels below 100 posts", "levels", "µs a request", "microseconds", is_linear=True),
    Chart("documents", "documents", "Processor time by cached documents", "documents", "µs a request", "microseconds"),
    Chart("memory", "documents", "Memory by cached documents", "documents", "MiB", "megabytes"),
]


def run(options, folder):
    """Lets all loads take turns in several rounds, prints the tables, and writes them with their plots."""
    seconds = min(options.seconds, MOST_SECONDS)
    with contextlib.ExitStack() as stack:
        nginx = stack.enter_context(Nginx(folder))
        start = Starter(options, folder, nginx, stack)
        points = [*connections(start), *rows(start), *levels(start), *documents(start)]
        for point in points:
            point.load.warm(point.connections, 1)
        for _ in range(options.rounds):
            options.machine.note()
            for point in points:
                point.take(seconds)
    sections = [(chart, *gathered(chart, points)) for chart in CHARTS]
    for chart, header, cells, _ in sections:
        print(f"\n{chart.title}, {chart.unit}\n{report.table(header, cells)}", flush=True)
    if options.write:
        write(options, sections)


class Starter:
    """Starts servers, and makes loads that have been compared with the gateway's response."""

    def __init__(self, options, folder, nginx, stack):
        self.options, self.folder, self.nginx, self.stack = options, folder, nginx, stack
        self.count = 0

    def gateway(self, prefix=""):
        """A gateway that caches what the upstream responds with."""
        log = self._next("gateway.log")
        return self.stack.enter_context(Gateway(self.options.gateway, POSTS / "cached", self.nginx.url + prefix, log))

    def peers(self, prefix=""):
        """The peers by the name of their line."""
        return {
            name: self.stack.enter_context(peer("cached", self.nginx.url + prefix, self._next("peer.log")))
            for name, peer in PEERS.items()
        }

    def loads(self, gateway, peers, fields):
        """By line the server and its load: the same again, with another variable each time, and the peers'."""
        plain = {"query": "{ " + fields + " }"}
        varied = {"query": "query($n: String!) { " + fields + " " + VARIED + " }", "variables": {"n": "m@N@"}}
        expected = json.loads(gateway.post(json.dumps(plain).encode()))
        if "errors" in expected:
            raise RuntimeError(f"the gateway responds with an error: {str(expected)[:300]}")
        result = {SAME: (gateway, self._load(gateway.url, plain)), EXECUTED: (gateway, self._load(gateway.url, varied))}
        for name, peer in peers.items():
            if json.loads(peer.post(json.dumps(plain).encode())) != expected:
                raise RuntimeError(f"{name}: the response is not the gateway's")
            result[name] = (peer, self._load(peer.url, plain))
        return result

    def _load(self, url, body):
        file = self._next("request.json")
        file.write_text(json.dumps(body))
        return load.Load(url, ["/graphql"], file)

    def _next(self, name):
        self.count += 1
        return self.folder / f"{self.count}-{name}"


def connections(start):
    """Clients at the same time, also of nginx with the same bytes."""
    gateway = start.gateway()
    loads = start.loads(gateway, start.peers(), "posts { " + FIELDS + " }")
    body = loads[SAME][1].body_file
    path = start.nginx.publish_posted("scaling.json", gateway.post(body.read_bytes()))
    loads["nginx, the same bytes"] = (start.nginx, load.Load(start.nginx.url, [path], body))
    for count in CONNECTIONS:
        for name, (server, each) in loads.items():
            yield Point("connections", name, count, server, each, count)


def rows(start):
    """Rows of a response."""
    for count in ROWS:
        prefix = dataset.write_rows(start.nginx.files, count)
        loads = start.loads(start.gateway(prefix), start.peers(prefix), "posts { " + FIELDS + " }")
        for name, (server, each) in loads.items():
            yield Point("rows", name, count, server, each)


def levels(start):
    """Levels of objects below each row, each from upstream responses of its own."""
    gateway, peers = start.gateway(), start.peers()
    for depth in LEVELS:
        inner = "id name"
        for _ in range(depth - 1):
            inner = "id name friend { " + inner + " }"
        for name, (server, each) in start.loads(gateway, peers, "posts { id user { " + inner + " } }").items():
            yield Point("levels", name, depth, server, each)


def documents(start):
    """Responses in the cache, of which each request uses another one."""
    body = {"query": "query($id: ID!) { item(id: $id) { id name } }", "variables": {"id": "@N@"}}
    file = start.folder / "items.json"
    file.write_text(json.dumps(body))
    for count in DOCUMENTS:
        gateway = start.gateway()
        each = load.Load(gateway.url, ["/graphql"], file, distinct=count)
        fill(each, count)
        yield Point("documents", "gateway", count, gateway, each)


def fill(each, count):
    """Asks until every document has been fetched: all numbers come in one run that is long enough."""
    seconds = 1
    while each.run(FEW, seconds).requests < count * 1.1:
        seconds *= 2
        if seconds > FILL_SECONDS:
            raise RuntimeError(f"{count} documents are not all cached after a minute")


def gathered(chart, points):
    """The header and the rows of a table, and the lines of its chart."""
    own = [point for point in points if point.chart == chart.points]
    series = {}
    for point in own:
        values = getattr(point, chart.values)
        line = series.setdefault(point.series, [])
        line.append((point.x, *(max(value, 0.1) for value in (statistics.median(values), min(values), max(values)))))
    cells = [
        [f"{x:,}", *(f"{report.amount(middle)} ({report.amount(least)} to {report.amount(most)})" for _, middle, least, most in of_x)]
        for x, *of_x in ((line[0][0], *line) for line in zip(*series.values()))
    ]
    return [chart.x_title, *series], cells, series


def write(options, sections):
    """Writes the tables and plots of the document."""
    lines = []
    for chart, header, cells, series in sections:
        picture = plots.lines(chart.title, chart.x_title, chart.unit, series, chart.is_linear)
        lines += [f"### {chart.title}", "", document.plot(chart.name, picture), ""]
        lines += [f"In {chart.unit}, median (least to greatest of the rounds):", "", *document.table(header, cells), ""]
    document.replace(document.PERFORMANCE, "scaling", [*lines, document.conditions(options, "scaling", min(options.seconds, MOST_SECONDS), f"{FEW} connections where nothing else is said")])
