"""The same posts and authors, but every list in an envelope with its total, as Workestra sends it."""

import pathlib

from . import posts

SCHEMA = pathlib.Path(__file__).parent.parent / "posts" / "envelope"


def run(options, folder):
    """Measures the lists in an envelope."""
    posts.measure(options, folder, SCHEMA, prefix="/envelope")
