"""What the figures were taken on, and how busy others made it."""

import os
import pathlib
import re
import time

SAMPLE_SECONDS = 0.5
# Above this share the documents warn of their figures.
MOST_BUSY = 0.1


class Machine:
    """The machine, with the greatest share of its processors that was in use while the benchmark itself did nothing."""

    def __init__(self):
        description = pathlib.Path("/proc/cpuinfo").read_text()
        model = re.search(r"^model name\s*: (.*)$", description, re.MULTILINE)
        self.processor = re.sub(r"\s+", " ", model.group(1)).strip() if model else os.uname().machine
        self.busiest = 0.0

    def note(self):
        """Looks for a while at what others do; to be called between loads."""
        before = _ticks()
        time.sleep(SAMPLE_SECONDS)
        used, idle = (after - earlier for after, earlier in zip(_ticks(), before))
        self.busiest = max(self.busiest, used / (used + idle or 1))

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
