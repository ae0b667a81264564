#!/usr/bin/env python3
"""Runs the benchmark scenarios one after another, on the loopback interface. See README.md beside this file."""

import argparse
import importlib
import os
import pathlib
import pkgutil
import re
import signal
import subprocess
import sys
import tempfile

import scenarios


def main():
    known = sorted(module.name for module in pkgutil.iter_modules(scenarios.__path__))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="*", help=f"which to run; default: all ({', '.join(known)})")
    parser.add_argument("--gateway", required=True, type=pathlib.Path, help="the gateway's program, a release build")
    parser.add_argument("--preparation", type=pathlib.Path, help="the program gateway-preparation, a release build")
    parser.add_argument("--rounds", type=bounded(1, 20), default=3, help="how often each load runs (default: 3)")
    parser.add_argument("--seconds", type=bounded(1, 60), default=5, help="how long each time (default: 5)")
    parser.add_argument("--connections", type=bounded(1, 512), default=64, help="client connections (default: 64)")
    options = parser.parse_args()
    options.preparation = options.preparation or options.gateway.with_name("gateway-preparation")
    if unknown := set(options.scenario) - set(known):
        parser.error(f"no scenario {', '.join(sorted(unknown))}; there are {', '.join(known)}")

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(machine())
    failed = [name for name in options.scenario or known if not succeeds(name, options)]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def succeeds(name, options):
    """Runs a scenario; a fault is printed, and the other scenarios still run."""
    scenario = importlib.import_module(f"scenarios.{name}")
    print(f"\n== {name}: {scenario.__doc__.strip()}", flush=True)
    print(f"{options.connections} connections, medians of {options.rounds} rounds of {options.seconds} s", flush=True)
    with tempfile.TemporaryDirectory(prefix="gateway-bench-") as folder:
        try:
            scenario.run(options, pathlib.Path(folder))
            return True
        except (RuntimeError, OSError, subprocess.SubprocessError, ValueError) as error:
            print(f"error: {error}", file=sys.stderr)
            return False


def bounded(least, most):
    """An argument type: a whole number between the two, so that no load runs without an end."""

    def parse(text):
        number = int(text)
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"must be from {least} to {most}")
        return number

    return parse


def machine():
    """What the figures were taken on."""
    description = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*: (.*)$", description, re.MULTILINE)
    processor = model.group(1) if model else os.uname().machine
    return f"{os.cpu_count()} cores, {processor}, load {os.getloadavg()[0]:.2f} before the run"


if __name__ == "__main__":
    main()
