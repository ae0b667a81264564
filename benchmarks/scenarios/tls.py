"""TLS handshakes and requests over HTTP/2, beside nginx with the same certificate and the same bytes."""

import pathlib
import statistics

from harness import report, tls
from harness.gateway import Gateway, request_body
from harness.nginx import Nginx
from harness.process import free_port

QUERY = "{ posts { id userId title user { id name email } } }"
SCHEMA = pathlib.Path(__file__).parent.parent / "posts" / "cached"
CLIENTS = 8


def run(options, folder):
    """Lets both servers take turns, in several rounds; medians count."""
    certificate = tls.Certificate(folder)
    port = free_port()
    flags = ["--tls-listen", f"127.0.0.1:{port}", "--tls-certificate", certificate.file, "--tls-key", certificate.key]
    body = request_body(QUERY)
    file = folder / "request.json"
    file.write_bytes(body)
    with (
        Nginx(folder, certificate) as nginx,
        Gateway(options.gateway, SCHEMA, nginx.url, folder / "gateway.log", *flags) as gateway,
    ):
        path = nginx.publish("/response.json", gateway.post(body))
        works = {
            ("handshakes", "gateway"): (gateway, lambda seconds: tls.handshakes(port, seconds, CLIENTS)),
            ("handshakes", "nginx"): (nginx, lambda seconds: tls.handshakes(nginx.tls_port, seconds, CLIENTS)),
            ("requests over HTTP/2", "gateway"): (
                gateway, lambda seconds: tls.requests(port, "/graphql", seconds, CLIENTS, file),
            ),
            ("requests over HTTP/2", "nginx"): (
                nginx, lambda seconds: tls.requests(nginx.tls_port, path, seconds, CLIENTS),
            ),
        }
        taken = measure(options, works)
    rows = []
    for (what, name), samples in taken.items():
        rate = statistics.median(count / options.seconds for count, _ in samples)
        cost = statistics.median(seconds / count * 1e6 for count, seconds in samples)
        rows.append([f"{what}, {name}", f"{rate:,.0f}", f"{cost:,.0f} µs"])
    print(report.table(["", "a second", "processor of the server each"], rows))
    for what in ("handshakes", "requests over HTTP/2"):
        ours, theirs = (statistics.median(count for count, _ in taken[what, name]) for name in ("gateway", "nginx"))
        print(f"{what}: gateway / nginx = {ours / theirs:.3f}")


def measure(options, works):
    """Counts and the server's processor time, by work and round."""
    taken = {name: [] for name in works}
    # Threads that the start has needed are gone after a while, and their time with them.
    for _, work in works.values():
        work(1)
    for _ in range(options.rounds):
        for name, (server, work) in works.items():
            before = server.processor_seconds()
            count = work(options.seconds)
            taken[name].append((count, server.processor_seconds() - before))
    return taken
