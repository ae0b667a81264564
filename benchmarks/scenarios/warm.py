"""100 posts and their authors from the gateway's memory, every operation different, beside nginx with the same bytes."""

import json
import pathlib

from harness import load, report
from harness.gateway import Gateway
from harness.nginx import Nginx
from scenarios.posts import interleave

SCHEMA = pathlib.Path(__file__).parent.parent / "posts" / "cached"
QUERY = "query($v: Boolean!) { p@N@: posts @include(if: $v) { id userId title user { id name email } } }"
LEAST_SHARE_OF_SAME = 0.2


def run(options, folder):
    """Measures operations that are all new to the gateway, over cached responses."""
    body = json.dumps({"query": QUERY, "variables": {"v": True}}).encode()
    with Nginx(folder) as nginx, Gateway(options.gateway, SCHEMA, nginx.url, folder / "gateway.log") as gateway:
        response = gateway.post(body.replace(b"@N@", b"10000"))
        if b'"errors"' in response:
            raise RuntimeError(f"the gateway responds with an error: {response[:500]!r}")
        body_file = folder / "request.json"
        body_file.write_bytes(body)
        loads = {
            "gateway": load.Load(gateway.url, ["/graphql"], body_file),
            "same": load.Load(nginx.url, [nginx.publish("/response.json", response)]),
        }
        samples, calls = interleave(options, nginx, loads)
    medians = {name: load.median(taken) for name, taken in samples.items()}
    print(
        report.table(
            ["", "requests/s", "p99", "upstream calls"],
            [
                ["gateway", f"{medians['gateway'].rate:,.0f}", f"{medians['gateway'].p99:.1f} ms", f"{calls:.0f}"],
                [f"nginx, the same {len(response):,} bytes", f"{medians['same'].rate:,.0f}",
                 f"{medians['same'].p99:.1f} ms", "-"],
            ],
        )
    )
    share = medians["gateway"].rate / medians["same"].rate
    print(report.goal("gateway / nginx with the same bytes", share, LEAST_SHARE_OF_SAME))
