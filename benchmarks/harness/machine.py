"""What the figures were taken on, and how busy others made it."""

import os
import pathlib
import re
import time

SAMPLE_SECONDS = 0.5
# Above this share the documents warn of their figures.
MOST_BUSY = 0.1


class Machine:
    """The machine, with the greatest share of its processors that other programs used between loads."""

    def __init__(self):
        description = pathlib.Path("/proc/cpuinfo").read_text()
        model = re.search(r"^model name\s*: (.*)$", description, re.MULTILINE)
        self.processor = re.sub(r"\s+", " ", model.group(1)).strip() if model else os.uname().machine
        self.busiest = 0.0

    def note(self):
        """Looks for a while at what others do; to be called between loads.

        Servers of the benchmark may still work on requests of the last load: their time does not count.
        """
        before, own = _ticks(), _own_ticks()
        time.sleep(SAMPLE_SECONDS)
        used, idle = (after - earlier for after, earlier in zip(_ticks(), before))
        others = max(0, used - sum(max(0, ticks - own.get(pid, 0)) for pid, ticks in _own_ticks().items()))
        self.busiest = max(self.busiest, others / (used + idle or 1))

    def description(self):
        """One line for the documents."""
        line = (
            f"{os.cpu_count()} cores, {self.processor}; before a round other programs used at most "
            f"{self.busiest:.0%} of them"
        )
        return line if self.busiest <= MOST_BUSY else f"{line}, **so that these figures are not to be compared**"


def _ticks():
    """The time of all processors so far, in use and not."""
    first = pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    times = [int(cell) for cell in first[:8]]
    idle = times[3] + times[4]
    return sum(times) - idle, idle


def _own_ticks():
    """The time in use of this process and of all that it has started, by process id."""
    parents, ticks = {}, {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            # The name in parentheses may have spaces.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            # It has ended meanwhile.
            continue
        parents[int(folder.name)] = int(fields[1])
        ticks[int(folder.name)] = int(fields[11]) + int(fields[12])
    own = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in own} - own:
        own |= more
    return {pid: ticks[pid] for pid in own if pid in ticks}
