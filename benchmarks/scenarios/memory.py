"""The memory that the gateway takes while more distinct URLs are read than its cache holds."""

import concurrent.futures
import os

from harness import report
from harness.sandbox import SLUGS, Sandbox, WorkspaceGateway

# GATEWAY_BENCH_URLS=1000000 for the whole scan.
URLS = int(os.environ.get("GATEWAY_BENCH_URLS", "100000"))
CACHE_MEGABYTES = 64
MOST_BESIDE_CACHE = 64 << 20
FIELDS_EACH = 200
CLIENTS = 4
SAMPLES = 5


def run(options, folder):
    """Reads many URLs, each a list of its own, and watches the gateway's memory."""
    flags = ["--cache-megabytes", str(CACHE_MEGABYTES)]
    with (
        Sandbox(options.gateway, folder / "sandbox.log", "--plan", "unlimited", "--issues", "200") as sandbox,
        WorkspaceGateway(options.gateway, sandbox, folder / "gateway.log", *flags, slugs=SLUGS[:1]) as gateway,
    ):
        samples = [["at the start", "0", megabytes(gateway.resident_bytes()[0])]]
        steps = [range(start, min(start + URLS // SAMPLES, URLS)) for start in range(0, URLS, max(1, URLS // SAMPLES))]
        for step in steps:
            scan(gateway, step)
            samples.append(["", f"{step.stop:,}", megabytes(gateway.resident_bytes()[0])])
        most = gateway.resident_bytes()[1]
        calls = sandbox.calls()
    print(report.table(["", "distinct URLs", "resident"], samples))
    bound = (CACHE_MEGABYTES << 20) + MOST_BESIDE_CACHE
    verdict = "met" if most <= bound else "MISSED"
    print(f"most resident memory = {megabytes(most)}  (goal: at most {megabytes(bound)}; {verdict})")
    if calls < URLS:
        raise RuntimeError(f"{calls} upstream calls for {URLS} distinct URLs: the scan does not scan")
    if most > bound:
        raise RuntimeError("the gateway takes more memory than its cache and 64 MiB")


def scan(gateway, numbers):
    """Reads a URL for each number: lists and objects that nobody else asks for."""
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        groups = [numbers[start : start + FIELDS_EACH] for start in range(0, len(numbers), FIELDS_EACH)]
        for response in pool.map(lambda group: ask(gateway, group), groups):
            if "errors" in response:
                raise RuntimeError(f"the gateway responds with errors: {str(response)[:500]}")


def ask(gateway, numbers):
    """One request for many lists and objects."""
    fields = " ".join(
        f'f{n}: issues(status: "s{n}") {{ totalCount }}' if n % 2 else f'f{n}: issue(id: "task_{n}") {{ id title }}'
        for n in numbers
    )
    return gateway.ask(f"{{ {fields} }}")


def megabytes(size):
    """A number of bytes as text."""
    return f"{size / (1 << 20):.1f} MiB"
