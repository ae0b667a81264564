#!/usr/bin/env python3
"""Writes the software bill of materials of the program, as CycloneDX 1.6 JSON: its Swift packages, and the Debian packages that it needs.

Usage: scripts/sbom.py [FILE]     (default: standard output)

Runs with the interpreter of `scripts/python-clients.sh deployment`, which has cyclonedx-python-lib; the result is checked against the
schema of CycloneDX before it is written. Versions are those of Package.resolved and of the packages that are installed here.
"""

import json
import pathlib
import re
import subprocess
import sys
from datetime import datetime, timezone

from cyclonedx.model import HashAlgorithm, HashType, XsUri
from cyclonedx.model import ExternalReference, ExternalReferenceType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

ROOT = pathlib.Path(__file__).resolve().parent.parent


def product():
    text = (ROOT / "Sources/CVersion/version.h").read_text()
    version = re.search(r'#define GATEWAY_VERSION "(.*)"', text)[1]
    return Component(
        type=ComponentType.APPLICATION,
        name="workestra-gateway",
        version=version,
        bom_ref="workestra-gateway",
        licenses=[LicenseExpression("Apache-2.0")],
    )


def swift_packages():
    for pin in json.loads((ROOT / "Package.resolved").read_text())["pins"]:
        location = pin["location"].removesuffix(".git")
        host, owner = location.removeprefix("https://").rsplit("/", 1)[0].split("/", 1)
        version = pin["state"]["version"]
        yield Component(
            type=ComponentType.LIBRARY,
            name=pin["identity"],
            version=version,
            bom_ref=f"swift/{pin['identity']}",
            purl=PackageURL("swift", f"{host}/{owner}", pin["identity"], version),
            licenses=[LicenseExpression("Apache-2.0")],
            hashes=[HashType(alg=HashAlgorithm.SHA_1, content=pin["state"]["revision"])],
            external_references=[ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(location))],
        )


def debian_packages():
    control = (ROOT / "packaging/control").read_text()
    names = [name.split()[0] for name in re.search(r"^Depends: (.*)$", control, re.M)[1].split(",")]
    for name in names:
        query = ["dpkg-query", "--show", "--showformat=${Version} ${Architecture}", name]
        result = subprocess.run(query, capture_output=True, text=True)
        version, architecture = result.stdout.split() if result.returncode == 0 else (None, None)
        qualifiers = {"arch": architecture, "distro": "bookworm"} if architecture else {"distro": "bookworm"}
        yield Component(
            type=ComponentType.LIBRARY,
            name=name,
            version=version,
            bom_ref=f"debian/{name}",
            purl=PackageURL("deb", "debian", name, version, qualifiers),
        )


def main():
    bom = Bom()
    bom.metadata.timestamp = datetime.now(timezone.utc)
    bom.metadata.component = root = product()
    dependencies = [*swift_packages(), *debian_packages()]
    for component in dependencies:
        bom.components.add(component)
    bom.register_dependency(root, dependencies)
    text = JsonV1Dot6(bom).output_as_string(indent=2)
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error:
        sys.exit(f"error: the bill of materials does not fit its schema: {error}")
    if len(sys.argv) > 1:
        pathlib.Path(sys.argv[1]).write_text(text + "\n")
    else:
        print(text)


main()
