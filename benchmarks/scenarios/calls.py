"""How many upstream calls a query takes: one for each field, with a DataLoader's means, and with the gateway's."""

import concurrent.futures
import dataclasses
import typing

from harness import report
from harness.screens import Ids, screens
from harness.sandbox import SLUGS, Sandbox, WorkspaceGateway

MODES = {
    "per field": ["--no-batching", "--no-deduplication", "--no-cache"],
    "per request": ["--no-batching", "--no-cache"],
    "cold": [],
}

NESTED = '{ projects(first: 20) { nodes { id name issues(status: "open", first: 5) { totalCount nodes { id title } } } } }'
REFERENCES = "{ issues(first: 100) { nodes { id title project { id name } } } }"
WINDOW = """query($after: String) {
  issues(first: 250, after: $after) { totalCount nodes { id } pageInfo { endCursor hasNextPage } }
}"""
MERGED = """{ issues(first: 50, sort: "created_at", order: DESC) {
  totalCount nodes { id createdAt workspace { slug } project { id name } } pageInfo { endCursor }
} }"""
AT_ONCE = [f"{{ issues(first: 100) {{ nodes {{ {fields} }} }} }}" for fields in
           ("id title", "id status priority", "id createdAt labels")]
BY_KEY = 60


def run(options, folder):
    """Runs every query in every mode, compares the results, and prints calls beside their goals."""
    rows, missed = [], []
    with Sandbox(options.gateway, folder / "sandbox.log", "--plan", "unlimited", "--latency", "5ms") as sandbox:
        for scenario in scenarios(some_ids(options, folder, sandbox)):
            cells, misses = measure(options, folder, sandbox, scenario)
            rows.append([scenario.title, *cells])
            missed += misses
    print(report.table(["calls", *MODES, "warm", "goal cold", "goal warm", ""], rows))
    print("the results are the same in all modes")
    missed += run_screens(options, folder)
    if missed:
        raise RuntimeError(f"goals MISSED: {'; '.join(missed)}")


def run_screens(options, folder):
    """Shows each screen with a gateway that knows nothing, and prints its calls beside the goal."""
    rows, missed, data = [], [], None
    for plan in ("unlimited", "standard"):
        with Sandbox(options.gateway, folder / "sandbox.log", "--plan", plan, "--latency", "5ms") as sandbox:
            if data is None:
                with WorkspaceGateway(options.gateway, sandbox, folder / "gateway.log", slugs=SLUGS[:1]) as gateway:
                    data = Ids.of(gateway)
            for screen in (screen for screen in screens(data) if screen.plan == plan):
                sandbox.reset()
                with WorkspaceGateway(options.gateway, sandbox, folder / "gateway.log", slugs=SLUGS[:1]) as gateway:
                    screen.before(gateway)
                    before = sandbox.calls()
                    longest = screen.show(gateway)
                    calls = sandbox.calls() - before
                is_missed = calls > screen.most or screen.longest and longest > screen.longest
                missed += [screen.title] if is_missed else []
                waited = f"{longest:.1f} s (<= {screen.longest} s)" if screen.longest else ""
                rows.append([screen.title, str(calls), f"<= {screen.most}", waited, "MISSED" if is_missed else "met"])
    print(report.table(["screens", "calls", "goal", "longest wait", ""], rows))
    return missed


@dataclasses.dataclass(frozen=True)
class Scenario:
    """What is asked of how many workspaces, and the most calls that it may take at first; none after that."""

    title: str
    ask: typing.Callable
    most: int
    slugs: list = dataclasses.field(default_factory=lambda: SLUGS[:1])


def scenarios(ids):
    """The rows of the table."""
    by_key = "{ " + " ".join(f'i{n}: issue(id: "{id}") {{ id title status }}' for n, id in enumerate(ids)) + " }"
    return [
        Scenario("20 projects with 5 open issues each and their totals", lambda gateway: gateway.ask(NESTED), 11),
        Scenario("100 issues with their projects", lambda gateway: gateway.ask(REFERENCES), 2),
        Scenario(f"{BY_KEY} issues by id", lambda gateway: gateway.ask(by_key), 10),
        Scenario("first 250 issues, then the next 250", two_windows, 5),
        Scenario("newest 50 issues over 3 workspaces with projects", lambda gateway: gateway.ask(MERGED), 6, SLUGS),
        Scenario("three different queries over the same 100 issues, at once", at_once, 1),
    ]


def two_windows(gateway):
    """Two windows, one after the other."""
    first = gateway.ask(WINDOW)
    after = first["data"]["issues"]["pageInfo"]["endCursor"]
    return [first, gateway.ask(WINDOW, {"after": after})]


def at_once(gateway):
    """Three clients that ask at the same time."""
    with concurrent.futures.ThreadPoolExecutor(len(AT_ONCE)) as pool:
        return list(pool.map(gateway.ask, AT_ONCE))


def some_ids(options, folder, sandbox):
    """Ids of issues from all over the list."""
    with WorkspaceGateway(options.gateway, sandbox, folder / "gateway.log", slugs=SLUGS[:1]) as gateway:
        nodes = gateway.ask("{ issues(first: 1000) { nodes { id } } }")["data"]["issues"]["nodes"]
    return [node["id"] for node in nodes[:: len(nodes) // BY_KEY]][:BY_KEY]


def measure(options, folder, sandbox, scenario):
    """Counts the calls in every mode; returns cells of the table, and what is wrong."""
    calls, responses = [], []
    for flags in MODES.values():
        with WorkspaceGateway(
            options.gateway, sandbox, folder / "gateway.log", *flags, slugs=scenario.slugs
        ) as gateway:
            sandbox.reset()
            responses.append(scenario.ask(gateway))
            calls.append(sandbox.calls())
            if not flags:
                responses.append(scenario.ask(gateway))
                calls.append(sandbox.calls() - calls[-1])
    if any(response != responses[0] for response in responses):
        raise RuntimeError(f"{scenario.title}: the responses differ between modes")
    if '"errors"' in str(responses[0]) or "'errors'" in str(responses[0]):
        raise RuntimeError(f"{scenario.title}: {str(responses[0])[:500]}")
    cold, warm = calls[-2:]
    misses = [scenario.title] if cold > scenario.most or warm > 0 else []
    return [*map(str, calls), f"<= {scenario.most}", "0", "MISSED" if misses else "met"], misses
