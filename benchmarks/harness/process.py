"""Programs that run beside the benchmark and end with it."""

import pathlib
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request

START_SECONDS = 60
STOP_SECONDS = 10


def _children(pid):
    """The processes that a process has started."""
    return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port():
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A program that is ready when a URL responds with 200, and is stopped by its pid when the block ends."""

    def __init__(self, command, ready_url, log):
        self.ready_url = ready_url
        self.log = log
        with log.open("wb") as output:
            self.child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def __enter__(self):
        try:
            self._wait_until_ready()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_):
        self._stop()

    def processor_seconds(self):
        """The processor time that the program and its children have used, in user and in system mode."""
        nanoseconds = 0
        for pid in [self.child.pid, *_children(self.child.pid)]:
            for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                nanoseconds += int((task / "schedstat").read_text().split()[0])
        return nanoseconds / 1e9

    def held_bytes(self):
        """The memory that the program and its children hold now; pages that they share count once."""
        private, shared = 0, [0]
        for pid in [self.child.pid, *_children(self.child.pid)]:
            text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
            pages = {name: int(size) * 1024 for name, size in re.findall(r"^(\w+):\s+(\d+) kB$", text, re.MULTILINE)}
            private += pages["Private_Clean"] + pages["Private_Dirty"]
            shared.append(pages["Shared_Clean"] + pages["Shared_Dirty"])
        return private + max(shared)

    def resident_bytes(self):
        """The memory that the program holds, and the most that it has held."""
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        return tuple(int(lines[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM"))

    def _wait_until_ready(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.child.poll() is not None:
                raise RuntimeError(f"{self._name()} ended with exit code {self.child.returncode}: {self._last_words()}")
            try:
                with urllib.request.urlopen(self.ready_url, timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"{self._name()} is not ready after {START_SECONDS} seconds: {self._last_words()}")

    def _name(self):
        return pathlib.Path(self.child.args[0]).name

    def _last_words(self):
        return self.log.read_text(errors="replace")[-2000:].strip() or "(no output)"

    def _stop(self):
        self.child.terminate()
        try:
            self.child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
