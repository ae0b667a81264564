"""Starts a Prometheus that scrapes a gateway, and prints the result of a query as soon as it has one.

Usage: scrape_with_prometheus.py HOST:PORT QUERY
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

TIMEOUT = 300


def result(address, query):
    """The result of a query; empty if there is none yet."""
    url = f"http://{address}/api/v1/query?" + urllib.parse.urlencode({"query": query})
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return json.load(response)["data"]["result"]
    except urllib.error.HTTPError:
        # It does not serve queries until it has read its own files.
        return []


def main():
    """Scrapes until the query has a result."""
    target, query = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        configuration = pathlib.Path(folder) / "prometheus.yml"
        configuration.write_text(
            "scrape_configs:\n  - job_name: gateway\n    scrape_interval: 1s\n"
            f"    static_configs:\n      - targets: ['{target}']\n"
        )
        command = ["prometheus", f"--config.file={configuration}", f"--storage.tsdb.path={folder}/data"]
        command.append("--web.listen-address=127.0.0.1:0")
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            try:
                found = None
                for line in process.stderr:
                    found = re.search(r"address=(127\.0\.0\.1:[1-9]\d*)", line)
                    if found:
                        break
                if not found:
                    sys.exit("prometheus does not listen")
                end = time.monotonic() + TIMEOUT
                while time.monotonic() < end:
                    series = result(found.group(1), query)
                    if series:
                        print(series[0]["value"][1])
                        return
                    time.sleep(0.2)
                sys.exit("the query has no result")
            finally:
                process.kill()


main()
