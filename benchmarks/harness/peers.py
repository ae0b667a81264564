"""Other servers of the same posts and authors, written as their users write them."""

import pathlib

from .gateway import PostedTo
from .process import Process, free_port

ROOT = pathlib.Path(__file__).parent.parent.parent
SOURCES = ROOT / "benchmarks" / "peers"
# Where scripts/peers.sh puts what it builds and installs.
PREPARED = ROOT / ".build-benchmarks" / "peers"
MODES = ("whole", "cached", "coalesced", "dataloader")


class Peer(PostedTo, Process):
    """One of the peers in one of its modes, on a free port in front of an upstream."""

    name: str

    def __init__(self, mode, upstream, log):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = self.command()
        if not pathlib.Path(command[-1]).exists():
            raise RuntimeError(f"{command[-1]} is not there; scripts/peers.sh makes it")
        super().__init__([*command, str(port), upstream, mode], self.url, log)


class GraphQLJS(Peer):
    """graphql-js on node, as a cluster of two."""

    name = "graphql-js"

    @staticmethod
    def command():
        """The program without its arguments."""
        return ["env", "NODE_PATH=/usr/share/nodejs", "NODE_ENV=production", "node", SOURCES / "graphql-js.js"]


class GraphQLGo(Peer):
    """graph-gophers/graphql-go on net/http."""

    name = "graphql-go"

    @staticmethod
    def command():
        """The program without its arguments."""
        return [PREPARED / "graphql-go"]


class Ariadne(Peer):
    """Ariadne on Uvicorn, with two workers."""

    name = "Ariadne"

    @staticmethod
    def command():
        """The program without its arguments."""
        return [PREPARED / "python" / "bin" / "python", SOURCES / "ariadne_posts.py"]


PEERS = (GraphQLJS, GraphQLGo, Ariadne)
