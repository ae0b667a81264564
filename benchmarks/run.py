#!/usr/bin/env python3
"""Runs the benchmark scenarios one after another, on the loopback interface. See README.md beside this file."""

import argparse
import importlib
import os
import pathlib
import pkgutil
import signal
import subprocess
import sys
import tempfile

import scenarios
from harness.machine import Machine


def main():
    known = sorted(module.name for module in pkgutil.iter_modules(scenarios.__path__))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="*", help=f"which to run; default: all ({', '.join(known)})")
    parser.add_argument("--gateway", required=True, type=pathlib.Path, help="the gateway's program, a release build")
    parser.add_argument("--preparation", type=pathlib.Path, help="the program gateway-preparation, a release build")
    parser.add_argument("--rounds", type=bounded(1, 20), default=3, help="how often each load runs (default: 3)")
    parser.add_argument("--seconds", type=bounded(1, 60), default=5, help="how long each time (default: 5)")
    parser.add_argument("--connections", type=bounded(1, 512), default=64, help="client connections (default: 64)")
    parser.add_argument("--write", action="store_true", help="write what is measured into docs/performance.md and README.md")
    options = parser.parse_args()
    options.machine = Machine()
    options.preparation = options.preparation or options.gateway.with_name("gateway-preparation")
    if unknown := set(options.scenario) - set(known):
        parser.error(f"no scenario {', '.join(sorted(unknown))}; there are {', '.join(known)}")

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(machine(options))
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


def machine(options):
    """What the figures are taken on."""
    return f"{os.cpu_count()} cores, {options.machine.processor}, load {os.getloadavg()[0]:.2f} before the run"


if __name__ == "__main__":
    main()
