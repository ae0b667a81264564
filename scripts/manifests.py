#!/usr/bin/env python3
"""Copies the engine's targets from Package.swift into the manifests of benchmarks and Fuzz, which link to the same sources.

    scripts/manifests.py [--check]

With --check it changes nothing, and fails if a manifest differs.
"""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN = "        // System libraries and the C that makes them callable from Swift.\n"
END = "        // A stand-in for the upstream; knows nothing of the gateway.\n"
OTHERS = {
    "benchmarks/Package.swift": "        // Counts what a request takes.\n",
    "Fuzz/Package.swift": "        // libFuzzer brings the entry point,",
}


def main():
    root = (ROOT / "Package.swift").read_text(encoding="utf-8")
    engine = root[root.index(BEGIN):root.index(END)]
    failed = False
    for name, end in OTHERS.items():
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = old[:old.index(BEGIN)] + engine + old[old.index(end):]
        if new == old:
            continue
        if "--check" in sys.argv[1:]:
            failed = True
            print(f"{name}: its targets are not those of Package.swift; run scripts/manifests.py")
        else:
            path.write_text(new, encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
