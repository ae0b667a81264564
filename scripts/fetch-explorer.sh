#!/usr/bin/env bash
# Fills explorer/vendor with an offline build of GraphiQL 2 (MIT) from a wheel of PyPI, and with the example queries of examples/.
#
# Usage: scripts/fetch-explorer.sh
set -euo pipefail
cd "$(dirname "$0")/.."

wheel='graphene-django-graphiql-static==0.8'
digest=f5a8669485fdf2ef292ad024867093d057c63d165f52a64d58f4313fd6b5e3c5
folder=explorer/vendor

download=$(mktemp --directory)
trap 'rm -rf "$download"' EXIT
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$download" "$wheel"
file=$(echo "$download"/*.whl)
echo "$digest  $file" | sha256sum --check --quiet

python3 - "$file" "$folder" <<'PYTHON'
import json
import pathlib
import shutil
import sys
import zipfile

wheel, folder = sys.argv[1], pathlib.Path(sys.argv[2])
parts = ["graphiql.min.js", "graphiql.min.css", "react.production.min.js", "react-dom.production.min.js"]
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        base = name.rsplit("/", 1)[-1]
        if base in parts and "/static/" in name:
            (folder / base).write_bytes(archive.read(name))
        if base == "LICENSE":
            (folder / "LICENSE.txt").write_bytes(archive.read(name))
missing = [part for part in parts if not (folder / part).exists()]
if missing:
    sys.exit(f"fetch-explorer.sh: the wheel lacks {', '.join(missing)}")
examples = [{"name": file.stem, "query": file.read_text()} for file in sorted(pathlib.Path("examples").glob("*.graphql"))]
(folder / "examples.json").write_text(json.dumps(examples, indent=2) + "\n")
PYTHON
echo "filled $folder"
