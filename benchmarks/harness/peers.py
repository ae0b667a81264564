"""Other servers of the same posts and authors, written as their users write them."""

import pathlib

from .gateway import PostedTo
from .process import Process, free_port

FOLDER = pathlib.Path(__file__).parent.parent / "peers"


class GraphQLJS(PostedTo, Process):
    """graphql-js on node, as a cluster of two, in one of the modes of its program."""

    def __init__(self, mode, upstream, log):
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        super().__init__(["node", FOLDER / "graphql-js.js", str(port), upstream, mode], self.url, log)
