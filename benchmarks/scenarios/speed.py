"""The whole table: 100 posts and their 10 authors in every mode, beside nginx with the same bytes and three peers in four modes each."""

import contextlib
import dataclasses
import json
import pathlib

from harness import comparison, dataset, document, load, plots, report
from harness.gateway import Gateway
from harness.nginx import Nginx
from harness.peers import MODES as PEER_MODES
from harness.peers import PEERS

POSTS = pathlib.Path(__file__).parent.parent / "posts"
FIELDS = "{ id userId title user { id name email } }"
QUERY = "{ posts " + FIELDS + " }"
ALIASED = "{ p@N@: posts " + FIELDS + " }"
VARIED = "query($n: String!) { posts " + FIELDS + ' first: user(id: "1") { x: member(name: $n) } }'
TEXTS = 512
# More than there are connections: no two requests at a time have the same key.
KEYS = 512
URLS = 1 + dataset.USERS


@dataclasses.dataclass(frozen=True)
class Mode:
    """What a server is asked in one mode, and the least share of nginx that the gateway must have."""

    title: str
    server: str
    query: str = QUERY
    variables: dict = dataclasses.field(default_factory=dict)
    distinct: int | None = None
    keys: int | None = None
    least: float | None = None
    # The mode of the peers that does the same.
    peers: str | None = None

    @property
    def shares_nothing(self):
        """Whether each request makes all calls, so that the URLs behind the response are the reference."""
        return self.keys is not None


MODES = {
    "whole": Mode("the same request again", "cached", least=0.8, peers="whole"),
    "named": Mode(f"{TEXTS} documents that differ in an alias, in turn", "cached", ALIASED, distinct=TEXTS, least=0.7),
    "new": Mode("every text new, result cached", "cached", ALIASED, least=0.35),
    "coalesced": Mode("nothing cached, equal requests at the same time", "plain", least=0.7, peers="coalesced"),
    "executed": Mode("data cached, results not", "cached", VARIED, {"n": "m@N@"}, least=0.25, peers="cached"),
    "keys": Mode("nothing shared, another key for each request", "plain", keys=KEYS, least=0.4, peers="dataloader"),
}


def run(options, folder):
    """Lets all loads take turns in several rounds; medians count, and the spread of the rounds is shown."""
    with contextlib.ExitStack() as stack:
        nginx = stack.enter_context(Nginx(folder))
        contenders = dict(gateways(options, folder, nginx, stack))
        for peer in PEERS:
            for mode in PEER_MODES:
                server = stack.enter_context(peer(mode, nginx.url, folder / f"{peer.name}-{mode}.log"))
                contenders[peer.name, mode] = peer_contender(peer, mode, server, folder)
        body = folder / "reference.json"
        body.write_text(json.dumps({"query": QUERY}))
        response = contenders["gateway", "coalesced"].server.post(body.read_bytes())
        references = {
            "bytes": load.Load(nginx.url, [nginx.publish_posted("response.json", response)], body),
            "got": load.Load(nginx.url, [nginx.publish("/response.json", response)]),
            "urls": load.Load(nginx.url, ["/posts", *dataset.USER_PATHS]),
        }
        taken = comparison.measure(options, contenders, references, nginx.calls_during)
    titles = {
        "bytes": f"nginx: the same {len(response):,} bytes for the same POST",
        "got": "nginx: the same bytes for a GET",
        "urls": f"nginx: the {URLS} URLs in rotation",
    }
    table = list(comparison.rows(contenders, titles, taken))
    print(report.table(comparison.HEADER, table))
    print(f"share: of nginx with the same bytes; where nothing is shared, calls a second of what wrk gets from the {URLS} URLs")
    if options.write:
        write(options, taken, table)
    comparison.goals(contenders, taken)


def gateways(options, folder, nginx, stack):
    """The gateway in each of its modes: one that caches, and one that does not."""
    servers = {
        name: stack.enter_context(Gateway(options.gateway, POSTS / name, nginx.url, folder / f"{name}.log"))
        for name in ("cached", "plain")
    }
    for name, mode in MODES.items():
        yield ("gateway", name), contender(f"gateway, {name}: {mode.title}", servers[mode.server], mode, folder)


def peer_contender(peer, mode, server, folder):
    """A peer in one of its modes: the mode without a cache has another key for each request, like the gateway's."""
    keys = KEYS if mode == "dataloader" else None
    return contender(f"{peer.name}, {mode}", server, Mode("", "", keys=keys), folder)


def contender(title, server, mode, folder):
    """A load, after its response has been compared with the expected one."""
    body = json.dumps({"query": mode.query, "variables": mode.variables}).encode()
    require_expected(title, server.post(body.replace(b"@N@", b"1")))
    file = folder / f"{title.split(':')[0]}.json"
    file.write_bytes(body)
    reference, worth = ("urls", URLS) if mode.shares_nothing else ("bytes", 1)
    # Requests that wrk leaves incomplete when its time is up cost calls too; none costs fewer.
    fewest = URLS * 0.99 if mode.shares_nothing else 0
    own = load.Load(server.url, ["/graphql"], file, distinct=mode.distinct, keys=mode.keys)
    return comparison.Contender(title, server, own, reference, worth, mode.least, fewest)


def require_expected(title, response):
    """Fails unless a response has the posts and authors."""
    data = json.loads(response).get("data") or {}
    posts = data.get("posts", data.get("p1"))
    if posts != dataset.expected_response()["data"]["posts"]:
        raise RuntimeError(f"{title}: the response is something else: {response[:300]!r}")


def write(options, taken, table):
    """Writes the tables of the README and of the document, and the plot."""
    names = ["gateway", *(peer.name for peer in PEERS)]
    document.replace(document.README, "speed", summary(options, taken, names))
    bars = {
        mode.title: {
            name: taken[found].share for name in names if (found := place(name, key, mode)) in taken
        }
        for key, mode in MODES.items()
    }
    picture = plots.bars("Share of what nginx serves of the same bytes", names, bars)
    lines = [document.plot("speed", picture), "", *document.table(comparison.HEADER, table), ""]
    document.replace(document.PERFORMANCE, "speed", [*lines, document.conditions(options, "speed")])


def place(name, key, mode):
    """Where the figures of a server in a mode of the gateway are."""
    return (name, key) if name == "gateway" else (name, mode.peers)


def summary(options, taken, names):
    """The table of the README: the gateway's shares with their spread, and the peers'."""
    rows = []
    for key, mode in MODES.items():
        own = taken["gateway", key]
        mark = " ×" if mode.shares_nothing else ""
        cells = [mode.title, f"**{report.share(own.share)}{mark}**", own.cells()[3], own.cells()[1]]
        for name in names[1:]:
            found = taken.get((name, mode.peers))
            cells.append(f"{report.share(found.share)}{mark}" if found else "")
        rows.append(cells)
    header = ["", "gateway", "least to greatest", "p99", *names[1:]]
    return [*document.table(header, rows), "", document.conditions(options, "speed")]
