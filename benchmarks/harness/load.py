"""wrk as the load generator."""

import dataclasses
import json
import pathlib
import statistics
import subprocess

MORE_TIME = 5
SCRIPT = pathlib.Path(__file__).parent.parent / "load.lua"


@dataclasses.dataclass(frozen=True)
class Load:
    """What is sent to whom: these paths in rotation, as GET or, with a body, as POST."""

    url: str
    paths: list
    body_file: pathlib.Path | None = None
    key: str | None = None
    distinct: int | None = None
    keys: int | None = None

    def warm(self, connections, seconds):
        """Sends requests for that long, of which none need be done by then: interpreters compile what they run often meanwhile."""
        if errors := self._send(connections, seconds)["errors"]:
            raise RuntimeError(f"{self.url}{self.paths[0]}: {errors} failed")

    def run(self, connections, seconds):
        """Sends requests for that long over that many connections; a request that fails ends the benchmark.

        A slow server on a busy machine may have done none by then: it has more time once.
        """
        result = self._send(connections, seconds)
        if not result["requests"]:
            result = self._send(connections, seconds * MORE_TIME)
        if result["errors"] or not result["requests"]:
            raise RuntimeError(f"{self.url}{self.paths[0]}: {result['errors']} failed, {result['requests']} in all")
        return Sample(result["requests"], result["requests"] * 1e6 / result["microseconds"], result["p99"] / 1000)

    def _send(self, connections, seconds):
        command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
        command += ["--timeout", "10s", "--script", SCRIPT, self.url, "--", *self.paths]
        if self.body_file:
            command += ["--body", self.body_file]
        if self.distinct:
            command += ["--distinct", str(self.distinct)]
        if self.keys:
            command += ["--keys", str(self.keys)]
        if self.key:
            command += ["--key", self.key]
        output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 60).stdout
        return json.loads(output.splitlines()[-1])


@dataclasses.dataclass(frozen=True)
class Sample:
    """One measurement: requests done, requests a second, and the 99th percentile of latency in milliseconds."""

    requests: int
    rate: float
    p99: float


def median(samples):
    """The sample of the medians."""
    return Sample(
        sum(sample.requests for sample in samples),
        statistics.median(sample.rate for sample in samples),
        statistics.median(sample.p99 for sample in samples),
    )
