"""How the processor time of a request grows: with connections, rows, levels and cached documents. Writes docs/performance.md."""

import json
import os
import pathlib

from harness import dataset, load, plots, report
from harness.gateway import Gateway
from harness.nginx import Nginx

POSTS = pathlib.Path(__file__).parent.parent / "posts"
DOCS = pathlib.Path(__file__).parent.parent.parent / "docs"
FIELDS = "id userId title user { id name email }"
VARIED = 'first: user(id: "1") { x: member(name: $n) }'
CONNECTIONS = [1, 4, 16, 64, 256, 500]
ROWS = [10, 100, 1_000, 10_000]
LEVELS = [1, 2, 3, 4, 5]
DOCUMENTS = [10, 100, 1_000, 10_000, 100_000]


def run(options, folder):
    """Measures each of the four, prints the tables, and writes them with their plots."""
    seconds = min(options.seconds, 3)
    sections = []
    with Nginx(folder) as nginx:
        for measure in (connections, rows, levels, documents):
            title, x_title, header, series = measure(options, folder, nginx, seconds)
            table = report.table(header, [[f"{x:,}", *(f"{y:,.1f}" for y in ys)] for x, *ys in series])
            print(f"\n{title}\n{table}", flush=True)
            sections.append((measure.__name__, title, x_title, header, series))
    write(sections)


def cost(server, each, connections, seconds):
    """The processor time of a request in microseconds, and the 99th percentile of latency in milliseconds."""
    each.run(connections, 1)
    before = server.processor_seconds()
    sample = each.run(connections, seconds)
    return (server.processor_seconds() - before) / sample.requests * 1e6, sample.p99


def loads(url, folder, fields, number):
    """The same request again, and one whose variable differs each time, for some fields."""
    bodies = {
        "same": {"query": "{ " + fields + " }"},
        "varied": {"query": "query($n: String!) { " + fields + " " + VARIED + " }", "variables": {"n": "m@N@"}},
    }
    result = {}
    for name, body in bodies.items():
        file = folder / f"{number}-{name}.json"
        file.write_text(json.dumps(body))
        result[name] = load.Load(url, ["/graphql"], file)
    return result


def connections(options, folder, nginx, seconds):
    """Clients at the same time."""
    series = []
    with Gateway(options.gateway, POSTS / "cached", nginx.url, folder / "gateway.log") as gateway:
        each = loads(gateway.url, folder, "posts { " + FIELDS + " }", "connections")
        for count in CONNECTIONS:
            same, varied = (cost(gateway, each[name], count, seconds) for name in ("same", "varied"))
            series.append((count, same[0], varied[0], same[1], varied[1]))
    return (
        "By connections, 100 posts with their authors",
        "connections",
        ["connections", "same, µs", "executed, µs", "same, p99 ms", "executed, p99 ms"],
        series,
    )


def rows(options, folder, nginx, seconds):
    """Rows of a response."""
    series = []
    for count in ROWS:
        upstream = nginx.url + dataset.write_rows(nginx.files, count)
        with Gateway(options.gateway, POSTS / "cached", upstream, folder / "gateway.log") as gateway:
            each = loads(gateway.url, folder, "posts { " + FIELDS + " }", f"rows-{count}")
            same, varied = (cost(gateway, each[name], 8, seconds)[0] for name in ("same", "varied"))
            series.append((count, same, varied))
    return "By rows", "rows", ["rows", "same, µs", "executed, µs"], series


def levels(options, folder, nginx, seconds):
    """Levels of objects below each row, each from upstream responses of its own."""
    series = []
    with Gateway(options.gateway, POSTS / "cached", nginx.url, folder / "gateway.log") as gateway:
        for depth in LEVELS:
            inner = "id name"
            for _ in range(depth - 1):
                inner = "id name friend { " + inner + " }"
            each = loads(gateway.url, folder, "posts { id user { " + inner + " } }", f"levels-{depth}")
            same, varied = (cost(gateway, each[name], 8, seconds)[0] for name in ("same", "varied"))
            series.append((depth, same, varied))
    return "By levels below 100 posts", "levels", ["levels", "same, µs", "executed, µs"], series


def documents(options, folder, nginx, seconds):
    """Responses in the cache, of which each request uses another one."""
    series = []
    body = {"query": "query($id: ID!) { item(id: $id) { id name } }", "variables": {"id": "@N@"}}
    file = folder / "items.json"
    file.write_text(json.dumps(body))
    for count in DOCUMENTS:
        with Gateway(options.gateway, POSTS / "cached", nginx.url, folder / "gateway.log") as gateway:
            each = load.Load(gateway.url, ["/graphql"], file, distinct=count)
            fill(each, count)
            series.append((count, cost(gateway, each, 8, seconds)[0], gateway.resident_bytes()[0] / (1 << 20)))
    return "By cached documents", "documents", ["documents", "processor, µs", "memory, MiB"], series


def fill(each, count):
    """Asks until every document has been fetched: all numbers come in one run that is long enough."""
    seconds = 2
    while each.run(8, seconds).requests < count * 1.1:
        seconds *= 2
        if seconds > 64:
            raise RuntimeError(f"{count} documents are not all cached after a minute")


def write(sections):
    """Writes the document and its plots."""
    folder = DOCS / "performance"
    folder.mkdir(exist_ok=True)
    lines = [
        "# How the work of a request grows",
        "",
        "`make bench SCENARIOS=scaling` measures what a request takes of the gateway's processor time, and writes this page. *Same* is the same",
        "request again, whose complete response is cached; *executed* is one whose variable differs each time, so that it is executed over cached",
        f"responses. Machine: {len(os.sched_getaffinity(0))} cores, all programs on it.",
        "",
    ]
    for name, title, x_title, header, series in sections:
        columns = [position for position, cell in enumerate(header) if cell.endswith("µs")]
        lines_by_name = {
            header[column].removesuffix(", µs"): [(row[0], max(row[column], 0.1)) for row in series] for column in columns
        }
        (folder / f"{name}.svg").write_text(plots.chart(title, x_title, "µs a request", lines_by_name))
        lines += [f"## {title}", "", f"![{title}](performance/{name}.svg)", ""]
        lines += [f"| {' | '.join(header)} |", f"| {' | '.join('---' for _ in header)} |"]
        lines += [f"| {row[0]:,} | {' | '.join(f'{value:,.1f}' for value in row[1:])} |" for row in series]
        lines.append("")
    (DOCS / "performance.md").write_text("\n".join(lines).rstrip() + "\n")
