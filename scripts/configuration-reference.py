#!/usr/bin/env python3
"""Writes what the program itself knows of its settings into docs/configuration.md and examples/gateway.yaml.

Usage: scripts/configuration-reference.py [--check] PROGRAM

In the page, the part between the two marks is generated; the example is generated wholly. With --check it changes nothing, and fails
if one of them is out of date.
"""
import json
import pathlib
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "configuration.md"
EXAMPLE = ROOT / "examples" / "gateway.yaml"
BEGIN = "<!-- Generated from here on: scripts/configuration-reference.py PROGRAM -->\n"
END = "<!-- Generated up to here. -->\n"

# Values that show the form of settings without a default.
SAMPLES = {
    "listen": "[127.0.0.1:8080]", "tls-listen": '["0.0.0.0:8443", "[::]:8443"]', "admin-listen": "127.0.0.1:9100",
    "tls-certificate": "certificate.pem", "tls-key": "key.pem", "tls-client-ca": "clients.pem", "trusted-proxy": "[10.0.0.0/8]",
    "threads": "4", "cors-origin": '["https://app.example.com"]', "allowed-host": "[gateway.example.com]",
    "client-requests-per-minute": "600", "client-calls-per-minute": "200", "lane": '["agents share=10 session-calls=200"]', "max-connections": "10000",
    "max-connections-per-address": "100", "trusted-documents": "documents.json", "rpc-listen": "127.0.0.1:7070",
    "rpc-socket": "/run/workestra-gateway/rpc.sock", "rpc-key-file": "/run/secrets/rpc",
    "mcp-operations": "tools/", "static": "site/",
    "otlp-endpoint": "http://127.0.0.1:4318",
    "public-url": "https://gateway.example.com",
    "upstream-ca": "upstream-ca.pem", "upstream-certificate": "gateway.pem", "upstream-key": "gateway.key",
    "upstream-proxy": "http://proxy.example.com:3128",
}

HEAD = """\
# The configuration of workestra-gateway: `workestra-gateway serve --config gateway.yaml`.
#
# Each setting has its default here, or is commented out where it has none; docs/configuration.md describes them all.
# Options of the command line override environment variables (GATEWAY_MAX_ROWS for max-rows), which override this file.
# Paths are relative to this file. `workestra-gateway check-config --config gateway.yaml` checks it; SIGHUP has it read again.

"""

WORKSPACES = """\
workspaces:
  - slug: acme
    url: https://acme.workestra.app/api/v1
    # plan: standard
    # Without keyFile or keyEnvironment, callers bring their own key.
    # keyFile: /run/secrets/acme
    # keyEnvironment: ACME_KEY
    # caFile: upstream-ca.pem
    # certificateFile: gateway.pem
    # privateKeyFile: gateway.key
    # proxy: http://proxy.example.com:3128
    # timeout: 10
    # webhook:
    #   secretFiles: [/run/secrets/acme-webhook, /run/secrets/acme-webhook-next]
    #   # secretEnvironment: ACME_WEBHOOK_SECRET
    #   header: X-Workestra-Signature
    #   prefix: sha256=
    #   encoding: hex
    #   # timestampHeader: X-Workestra-Timestamp
    #   maxAge: 86400
    #   maxBytes: 262144
  - slug: globex
    url: https://globex.workestra.app/api/v1

"""

CLIENTS = """\
# In place of `keys` or `anonymous`, a list:
# clients:
#   - name: dashboard
#     # printf %s TOKEN | sha256sum
#     tokens: ["sha256:…"]
#     workspaces: [acme]
#     readOnly: true
#     operations: [5f0d1b]
#     requestsPerMinute: 600
#     callsPerMinute: 50
#     lane: people
#     admin: false
#   - name: people
#     subject: "*"
clients: keys

# jwt:
#   issuer: https://login.example.com
#   audience: https://gateway.example.com/mcp
#   keysURL: https://login.example.com/.well-known/jwks.json
#   # keysFile: jwks.json
#   leeway: 30
#   scopes: [gateway]

"""


def cell(text):
    """Text that can stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def page(description):
    """The generated part of the page."""
    lines = []
    for section in description["sections"]:
        lines += [f"### {section['title']}" if section["title"] == "The file" else f"### `{section['title']}`", ""]
        lines += ["| member | value | default | meaning |", "| --- | --- | --- | --- |"]
        for member in section["members"]:
            # A default that names an option has its own marks.
            default = member["default"] or ""
            default = default if not default or "`" in default else f"`{default}`"
            lines.append(f"| `{member['name']}` | {member['kind']} | {default} | {cell(member['meaning'])} |")
        lines.append("")
    lines += ["### `options`", "", "| option | environment variable | default | meaning |", "| --- | --- | --- | --- |"]
    for option in description["options"]:
        name = f"`{option['name']}`" if option["isAllowedInFile"] else f"`--{option['name']}` (not in a file)"
        default = "`false`" if option["isFlag"] else f"`{cell(option['default'])}`" if option["default"] else ""
        repeated = " Repeatable." if option["isRepeatable"] else ""
        lines.append(f"| {name} | `{option['variable']}` | {default} | {cell(option['meaning'])}{repeated} |")
    return "\n".join(lines) + "\n"


def example(description):
    """The example: each option under its comment."""
    lines = []
    group = None
    for option in description["options"]:
        if not option["isAllowedInFile"]:
            continue
        if option["group"] != group:
            group = option["group"]
            lines += [f"  # {group or 'Other options'}", ""]
        sections = textwrap.wrap(cell(option["meaning"]).replace("\\|", "|"), 110)
        lines += [f"  # {line}" for line in sections]
        if option["isFlag"]:
            lines.append(f"  {option['name']}: false")
        elif option["default"] and option["isPath"]:
            # As the default is relative to the working directory, it cannot be stated here.
            lines.append(f"  # {option['name']}: {option['default']}")
        elif option["default"]:
            lines.append(f"  {option['name']}: {option['default']}")
        else:
            lines.append(f"  # {option['name']}: {SAMPLES.get(option['name'], '…')}")
        lines.append("")
    return HEAD + WORKSPACES + CLIENTS + "options:\n" + "\n".join(lines).rstrip() + "\n"


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    command = [arguments[0], "check-config", "--describe"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    description = json.loads(text)
    old = PAGE.read_text(encoding="utf-8")
    new = old[:old.index(BEGIN)] + BEGIN + "\n" + page(description) + "\n" + old[old.index(END):]
    failed = False
    for path, content in [(PAGE, new), (EXAMPLE, example(description))]:
        if path.exists() and path.read_text(encoding="utf-8") == content:
            continue
        if "--check" in sys.argv[1:]:
            failed = True
            print(f"{path.relative_to(ROOT)} is out of date: scripts/configuration-reference.py PROGRAM")
        else:
            path.write_text(content, encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
