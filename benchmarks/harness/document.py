"""The parts of the documents that a run writes: what stands between two comments, and plots."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).parent.parent.parent
PERFORMANCE = ROOT / "docs" / "performance.md"
README = ROOT / "README.md"


def replace(path, name, lines):
    """Puts lines between the comments `<!-- name -->` and `<!-- /name -->` of a document."""
    text = path.read_text()
    between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if len(between.findall(text)) != 1:
        raise RuntimeError(f"{path} has not one place for {name}")
    content = "\n".join(lines).strip("\n")
    path.write_text(between.sub(lambda found: f"{found.group(1)}\n{content}\n\n{found.group(2)}", text))


def plot(name, content):
    """Writes a plot beside the document; the line that shows it."""
    folder = PERFORMANCE.with_suffix("")
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.svg").write_text(content)
    return f"![{name}](performance/{name}.svg)"


def table(header, rows):
    """A table of a document."""
    return [f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *rows)]


def conditions(options, scenario, seconds=None, connections=None):
    """The line that says how and on what something was measured; seconds and connections if they are not those of the options."""
    commit = subprocess.run(
        ["git", "-C", ROOT, "describe", "--always", "--abbrev=8", "--exclude=*"], capture_output=True, text=True
    ).stdout.strip()
    return (
        f"`make bench SCENARIOS={scenario}` at {commit or 'an unknown commit'}: {options.machine.description()}. "
        f"{connections or f'{options.connections} connections'}, medians of {options.rounds} rounds of {seconds or options.seconds} s."
    )
