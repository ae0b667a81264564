"""100 posts and their authors from the gateway's memory, the same request again and 512 texts in turn, beside nginx."""

import json
import pathlib

from harness import load, report
from harness.gateway import Gateway
from harness.nginx import Nginx
from scenarios.posts import interleave

SCHEMA = pathlib.Path(__file__).parent.parent / "posts" / "cached"
QUERY = "query($v: Boolean!) { p@N@: posts @include(if: $v) { id userId title user { id name email } } }"
TEXTS = 512
LEAST_SHARES = {"the same request": 0.8, f"{TEXTS} texts in turn": 0.7}


def run(options, folder):
    """Measures requests that have come before, over cached responses."""
    body = json.dumps({"query": QUERY, "variables": {"v": True}}).encode()
    with Nginx(folder) as nginx, Gateway(options.gateway, SCHEMA, nginx.url, folder / "gateway.log") as gateway:
        first = body.replace(b"@N@", b"10000")
        response = gateway.post(first)
        if b'"errors"' in response:
            raise RuntimeError(f"the gateway responds with an error: {response[:500]!r}")
        files = {"same": folder / "same.json", "texts": folder / "texts.json"}
        files["same"].write_bytes(first)
        files["texts"].write_bytes(body)
        same, texts = LEAST_SHARES
        loads = {
            same: load.Load(gateway.url, ["/graphql"], files["same"]),
            texts: load.Load(gateway.url, ["/graphql"], files["texts"], distinct=TEXTS),
            "nginx": load.Load(nginx.url, [nginx.publish("/response.json", response)]),
        }
        samples, calls = interleave(options, nginx, loads)
        if gateway.post(first) != response:
            raise RuntimeError("the gateway no longer sends the same bytes")
    medians = {name: load.median(taken) for name, taken in samples.items()}
    print(
        report.table(
            ["", "requests/s", "p99", "of nginx, by round"],
            [
                [name, f"{sample.rate:,.0f}", f"{sample.p99:.1f} ms", spread(samples, name)]
                for name, sample in medians.items()
            ],
        )
    )
    for name, least in LEAST_SHARES.items():
        print(report.goal(f"{name} / nginx with the same bytes", medians[name].rate / medians["nginx"].rate, least))


def spread(samples, name):
    """The least and the greatest share of nginx in a round."""
    shares = [taken.rate / nginx.rate for taken, nginx in zip(samples[name], samples["nginx"])]
    return f"{min(shares):.2f} to {max(shares):.2f}"
