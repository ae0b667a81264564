"""A page of issues of the sandbox as the gateway reads it: the speed of the JSON parser, and the memory of a cached document."""

import subprocess
import urllib.request

from harness import report
from harness.sandbox import Sandbox, key
from scenarios.introspection import timed

FEW, MANY = 200, 20_200
LEAST_SPEED = 1.1
MOST_MEMORY = 1.6


def run(options, folder):
    """Measures whole processes of two sizes, whose difference is the reading alone; the fastest round counts."""
    page = folder / "issues.json"
    with Sandbox(options.gateway, folder / "sandbox.log") as sandbox:
        request = urllib.request.Request(
            f"{sandbox.url}/api/v1/issues?per_page=100", headers={"Authorization": f"Bearer {key('acme')}"}
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            page.write_bytes(response.read())
    size = page.stat().st_size
    command = [options.preparation, "json", page]
    speeds = []
    for _ in range(options.rounds):
        seconds = timed([*command, str(MANY)]) - timed([*command, str(FEW)])
        speeds.append(size * (MANY - FEW) / seconds / 1e9)
    memory = float(subprocess.run([*command, "1"], check=True, capture_output=True, text=True).stdout)
    speed = max(speeds)
    rows = [
        ["speed", f"{speed:.2f} GB/s", f">= {LEAST_SPEED}", "met" if speed >= LEAST_SPEED else "MISSED"],
        ["memory of a document", f"{memory:.2f} x its text", f"<= {MOST_MEMORY}", "met" if memory <= MOST_MEMORY else "MISSED"],
    ]
    print(report.table([f"{size:,} bytes of JSON", "measured", "goal", ""], rows))
    print(f"rounds: {min(speeds):.2f} to {max(speeds):.2f} GB/s")
    if any(row[-1] == "MISSED" for row in rows):
        raise RuntimeError("a goal is MISSED")
