#!/usr/bin/env python3
"""Prints docs/cli.md: every command and option of the programs, from the programs' own help.

Usage: scripts/cli-reference.py PROGRAM... > docs/cli.md
"""
import json
import subprocess
import sys

INTRODUCTION = """# Command lines

`scripts/cli-reference.py` generates this page from the programs' own help; a test compares the two. `PROGRAM --help` prints the same for one program,
`PROGRAM COMMAND --help` for one command.
"""


def cell(text):
    """Text that can stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def spelling(argument):
    """How an argument is written on the command line."""
    if argument["kind"] == "positional":
        return f"`{argument['valueName'].upper()}`"
    names = ["--" + name["name"] if len(name["name"]) > 1 else "-" + name["name"] for name in argument["names"]]
    value = f" {argument['valueName'].upper().replace('-', '_')}" if argument["kind"] == "option" else ""
    return ", ".join(f"`{name}{value}`" for name in names)


def rows(arguments):
    """The lines of a table with all arguments that the help shows, without `--help` and `--version`."""
    for argument in arguments:
        names = {name["name"] for name in argument.get("names", [])}
        if not argument["shouldDisplay"] or names & {"help", "version"}:
            continue
        default = argument.get("defaultValue", "")
        repeated = " Repeatable." if argument["isRepeating"] else ""
        abstract = argument.get("abstract", "")
        # Most texts of options name the values themselves.
        values = [] if all(value in abstract for value in argument.get("allValues", [])) else argument["allValues"]
        choice = f" One of {', '.join(f'`{value}`' for value in values)}." if values else ""
        meaning = cell(abstract + " " + argument.get("discussion", "")) + choice + repeated
        yield f"| {spelling(argument)} | {f'`{cell(default)}`' if default else ''} | {meaning} |"


def describe(command, path):
    """The section of one command, then those of its subcommands."""
    title = " ".join([*path, command["commandName"]])
    lines = [f"## {title}", "", command.get("abstract", "")]
    if command.get("discussion"):
        lines += ["", command["discussion"]]
    table = list(rows(command.get("arguments", [])))
    if table:
        lines += ["", "| option | default | meaning |", "| --- | --- | --- |", *table]
    subcommands = [child for child in command.get("subcommands", []) if child["commandName"] != "help"]
    if subcommands:
        lines += ["", "| command | |", "| --- | --- |"]
        lines += [f"| `{child['commandName']}` | {cell(child.get('abstract', ''))} |" for child in subcommands]
    sections = ["\n".join(lines)]
    for child in subcommands:
        sections.append(describe(child, [*path, command["commandName"]]))
    return "\n\n".join(sections)


def main():
    sections = [INTRODUCTION.rstrip()]
    for program in sys.argv[1:]:
        text = subprocess.run([program, "--experimental-dump-help"], check=True, capture_output=True, text=True).stdout
        sections.append(describe(json.loads(text)["command"], []))
    print("\n\n".join(sections))


main()
