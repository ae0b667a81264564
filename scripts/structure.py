#!/usr/bin/env python3
"""Checks the structure of the Swift sources, from type declarations and uses.

    scripts/structure.py [--arrows] [--write-baseline]

Within a target of Sources, folders that use each other form no circle; targets use each other only in the direction of
docs/architecture.md; a type lies in the file of its name. What was worse when the check began is counted in
scripts/baselines/structure.json: a count may fall but not rise. With --arrows it prints each folder's uses of another one,
with --write-baseline it stores the present counts.

A top-level type declared in one file and named in another is a use. Names that several files declare are left out, comments and
string literals too, so that a use can be missed, but hardly invented.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "scripts" / "baselines" / "structure.json"
DECLARATION = re.compile(
    r"^(?:(?:@\w+(?:\([^)]*\))?|package|public|internal|final|indirect|fileprivate|private|unsafe)\s+)*"
    r"(struct|class|enum|protocol|actor|typealias)\s+(\w+)", re.M)
IMPORT = re.compile(r"^(?:@\w+(?:\([^)]*\))?\s+|package\s+|internal\s+|private\s+|public\s+)*import[ \t]+"
    r"(?:(?:struct|class|enum|protocol|typealias|func|var|let)[ \t]+)?(\w+)", re.M)

# What each target may use. A target that is missing here may use nothing of this package.
MAY_USE = {
    "GraphQL": {"JSON"},
    "Upstream": {"GraphQL", "BaseEncodings", "Caching", "ContentCodings", "JSON"},
    "JSONRPC": {"GraphQL", "JSON"},
    "Gateway": {"Upstream", "JSONRPC", "GraphQL", "BaseEncodings", "Caching", "JSON"},
    "GatewayServer": {"Gateway", "JSONRPC", "BaseEncodings", "Caching", "ContentCodings", "JSON"},
    "Cluster": {"Gateway", "Upstream", "Caching", "JSON"},
    "Observability": {"Gateway", "Upstream", "GraphQL", "JSON"},
    "Configuration": {"GraphQL", "BaseEncodings", "JSON"},
    "JSONWebTokens": {"Gateway", "BaseEncodings", "Caching", "JSON"},
    "Sandbox": {"JSON"},
    "workestra-sandbox": {"Sandbox"},
    "workestra-gateway": {
        "Configuration", "JSONWebTokens", "GatewayServer", "Cluster", "Observability", "Gateway", "JSONRPC", "Upstream", "GraphQL", "Caching", "JSON",
    },
}

# What the inner targets may use from elsewhere: none of them knows the server's library, or who reads logs and metrics.
MAY_IMPORT = {
    "JSON": {"CByteScan"},
    "BaseEncodings": set(),
    "Caching": {"Synchronization"},
    "ContentCodings": {"CZlib"},
    "GraphQL": {"Synchronization"},
    "JSONRPC": set(),
    "Upstream": {"CLibcurl", "CLibcurlShims", "Glibc", "Synchronization"},
    # Dispatch: the threads of long work, which the global pool of tasks lacks.
    "Gateway": {"CLibcrypto", "CVersion", "Dispatch", "Synchronization"},
}


def code_only(text):
    """The text without comments and string literals."""
    text = re.sub(r"//[^\n]*", "", text)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r'"""(.|\n)*?"""', '""', text)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def circles(nodes, edges):
    """Strongly connected components of more than one node (Tarjan)."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(edges.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            start = stack.index(node)
            component, stack[start:] = sorted(stack[start:]), []
            if len(component) > 1:
                found.append(component)

    for node in nodes:
        if node not in index:
            visit(node)
    return found


class Sources:
    """The Swift files below Sources, what they declare and what they use."""

    def __init__(self):
        listed = subprocess.check_output(
            ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "Sources"], text=True)
        self.files = sorted(f for f in set(listed.split("\n")) if f.endswith(".swift") and (ROOT / f).exists())
        self.text = {f: code_only((ROOT / f).read_text(encoding="utf-8")) for f in self.files}
        self.owners = collections.defaultdict(list)
        self.misplaced = []
        for file in self.files:
            stem = pathlib.Path(file).stem.split("+")[0]
            for match in DECLARATION.finditer(self.text[file]):
                name = match.group(2)
                self.owners[name].append(file)
                is_private = re.match(r"(?:@\w+\s+)*(?:file)?private\b", match.group(0))
                if not is_private and stem != name:
                    self.misplaced.append((file, name))

    @staticmethod
    def target(file):
        return file.split("/")[1]

    @staticmethod
    def folder(file):
        # A folder within a folder belongs to it.
        return "/".join(file.split("/")[1:-1][:2])

    def uses(self):
        """Uses by folder and used folder: pairs of a file's name and a type."""
        found = collections.defaultdict(list)
        for file in self.files:
            for name in set(re.findall(r"\b[A-Z]\w+\b", self.text[file])):
                owners = self.owners.get(name, ())
                # A name that other targets declare as well is the one of the file's own target.
                if len(owners) > 1:
                    owners = [owner for owner in owners if self.target(owner) == self.target(file)]
                if len(owners) == 1 and owners[0] != file:
                    found[self.folder(file), self.folder(owners[0])].append((pathlib.Path(file).name, name))
        return found

    def forbidden_imports(self):
        """Imports by a target that the design does not allow."""
        targets = {self.target(file) for file in self.files}
        for file in self.files:
            target = self.target(file)
            for module in IMPORT.findall(self.text[file]):
                if module in targets:
                    if module not in MAY_USE.get(target, ()):
                        yield f"{file} imports {module}"
                elif target in MAY_IMPORT and module not in MAY_IMPORT[target]:
                    yield f"{file} imports {module}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arrows", action="store_true", help="print each folder's uses of another one")
    parser.add_argument("--write-baseline", action="store_true", help="store the present counts")
    options = parser.parse_args()
    sys.setrecursionlimit(10000)
    sources = Sources()
    uses = sources.uses()
    lines = collections.defaultdict(list)
    counts = collections.Counter()
    for target in sorted({sources.target(file) for file in sources.files}):
        folders = sorted({sources.folder(file) for file in sources.files if sources.target(file) == target})
        edges = collections.defaultdict(set)
        for first, second in sorted(uses):
            if first != second and first in folders and second in folders:
                edges[first].add(second)
                if options.arrows:
                    print(f"{first} -> {second}  {len(uses[first, second])}")
        for component in circles(folders, edges):
            key = f"folders in circles of {target}"
            counts[key] += len(component)
            lines[key].append("circle: " + ", ".join(component))
            for first in component:
                for second in sorted(edges[first] & set(component)):
                    shown = ", ".join(f"{file}: {name}" for file, name in sorted(uses[first, second])[:5])
                    lines[key].append(f"    {first} -> {second}: {shown}")
    for file, name in sources.misplaced:
        key = f"types in a file of another name in {sources.target(file)}"
        counts[key] += 1
        lines[key].append(f"{file}: {name}")
    for line in sources.forbidden_imports():
        counts["imports against the design"] += 1
        lines["imports against the design"].append(line)
    if options.write_baseline:
        BASELINE.write_text(json.dumps(dict(sorted(counts.items())), indent=2) + "\n")
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    failed = False
    for key in sorted(set(counts) | set(baseline)):
        if counts[key] > baseline.get(key, 0):
            failed = True
            print(f"{key}: {counts[key]}, at most {baseline.get(key, 0)} are allowed", *lines[key], sep="\n")
        elif counts[key] < baseline.get(key, 0):
            print(f"note: {key}: {counts[key]} of {baseline[key]}; run scripts/structure.py --write-baseline",
                  file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
