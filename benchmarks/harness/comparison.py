"""Loads of several servers in turns, each beside a reference of the same round."""

import dataclasses
import statistics
import typing

from . import load, report


@dataclasses.dataclass(frozen=True)
class Contender:
    """One load of one server."""

    title: str
    server: typing.Any
    load: load.Load
    # The name of the load that it is compared with, and how many of its requests one of this is worth.
    reference: str
    worth: int = 1
    # The least share of the reference that it must have.
    least: float | None = None
    # The fewest upstream calls of a request: with fewer, requests share what they must not.
    fewest_calls: float = 0


@dataclasses.dataclass
class Taken:
    """What one load took, by round."""

    samples: list = dataclasses.field(default_factory=list)
    shares: list = dataclasses.field(default_factory=list)
    microseconds: list = dataclasses.field(default_factory=list)
    calls: list = dataclasses.field(default_factory=list)
    bytes: int = 0

    @property
    def share(self):
        """The median share of the reference."""
        return statistics.median(self.shares)

    def cells(self):
        """Requests a second, p99, spread of the shares, processor time, calls and memory, as text."""
        middle = load.median(self.samples)
        return [
            f"{middle.rate:,.0f}",
            f"{middle.p99:.1f} ms",
            report.share(self.share) if self.shares else "",
            f"{report.share(min(self.shares))} to {report.share(max(self.shares))}" if self.shares else "",
            f"{statistics.median(self.microseconds):,.0f} µs" if self.microseconds else "",
            f"{statistics.median(self.calls):.2f}" if self.calls else "",
            f"{self.bytes >> 20} MiB" if self.bytes else "",
        ]


WARM_SECONDS = 2
HEADER = ["", "requests/s", "p99", "share", "by round", "processor", "calls each", "memory"]


def measure(options, contenders, references, calls_during):
    """Lets all loads take turns in several rounds, the references first; the figures by title and by reference."""
    taken = {title: Taken() for title in [*references, *contenders]}
    for each in [*references.values(), *(contender.load for contender in contenders.values())]:
        each.warm(options.connections, WARM_SECONDS)
    for number in range(options.rounds):
        options.machine.note()
        for name, each in references.items():
            taken[name].samples.append(each.run(options.connections, options.seconds))
        # Each round begins with another contender, so that none always follows the same one.
        first = number * len(contenders) // options.rounds
        order = list(contenders.items())
        for title, contender in order[first:] + order[:first]:
            try:
                take(options, contender, taken[title], taken[contender.reference].samples[-1], calls_during)
            except RuntimeError as error:
                raise RuntimeError(f"{contender.title}: {error}") from error
    for title, contender in contenders.items():
        if statistics.median(taken[title].calls) < contender.fewest_calls:
            raise RuntimeError(f"{contender.title}: requests share calls that they must not share")
    return taken


def take(options, contender, taken, reference, calls_during):
    """One turn of a load."""
    before = contender.server.processor_seconds()
    samples = []
    calls = calls_during(lambda: samples.append(contender.load.run(options.connections, options.seconds)))
    sample = samples[0]
    taken.samples.append(sample)
    taken.microseconds.append((contender.server.processor_seconds() - before) / sample.requests * 1e6)
    taken.calls.append(calls / sample.requests)
    taken.shares.append(sample.rate * contender.worth / reference.rate)
    taken.bytes = max(taken.bytes, contender.server.held_bytes())


def rows(contenders, references, taken):
    """The rows of the table: the references, and then all others."""
    for name, title in references.items():
        yield [title, *taken[name].cells()]
    for title, contender in contenders.items():
        yield [contender.title, *taken[title].cells()]


def goals(contenders, taken):
    """Prints each goal; fails if one is missed."""
    missed = []
    for title, contender in contenders.items():
        if contender.least is not None:
            print(report.goal(contender.title, taken[title].share, contender.least))
            missed += [contender.title] if taken[title].share < contender.least else []
    if missed:
        raise RuntimeError(f"goals MISSED: {'; '.join(missed)}")
