"""Subscribers over WebSockets, in a process of their own: as many sockets as a process may have open would be those of both sides.

Prints "ready" when all have subscribed, and after each line that it reads the number of events so far, as JSON.
"""

import base64
import json
import os
import selectors
import socket
import struct
import sys
import time

HANDSHAKE = (
    "GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n"
    "Authorization: Bearer {}\r\n\r\n"
)


PING = b"\x89\x00"
PONG = b"\x8a\x80" + bytes(4)


def frame(message):
    """A masked text frame; the mask is nothing, as nobody looks at it here."""
    data = json.dumps(message).encode()
    length = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(data))
    return b"\x81" + length + bytes(4) + data


def open_socket(port, key, query):
    """A connection that has subscribed, as far as is known: the acknowledgement is awaited, that of the subscription cannot be."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(HANDSHAKE.format(base64.b64encode(os.urandom(16)).decode(), key).encode())
    received = b""
    while b"\r\n\r\n" not in received:
        received += receive(connection)
    if b" 101 " not in received.split(b"\r\n")[0]:
        raise RuntimeError(received.decode(errors="replace"))
    connection.sendall(frame({"type": "connection_init"}))
    while b"connection_ack" not in received:
        received += receive(connection)
    connection.sendall(frame({"id": "1", "type": "subscribe", "payload": {"query": query}}))
    connection.setblocking(False)
    return connection


def receive(connection):
    """Some bytes."""
    data = connection.recv(65536)
    if not data:
        raise RuntimeError("a connection was closed")
    return data


class Counts:
    """The events of all connections, and when the first and the last of each title came."""

    def __init__(self):
        self.events = 0
        self.closed = 0
        self.titles = {}

    def take(self, data):
        """Counts the events in some bytes: their frames need not be taken apart for that."""
        self.events += data.count(b'"type":"next"')
        end = 0
        while (start := data.find(b'"title":"at ', end)) >= 0:
            end = data.find(b'"', start + 9)
            title = data[start + 9 : end].decode()
            now = time.time()
            first, _, count = self.titles.get(title, (now, now, 0))
            self.titles[title] = (first, now, count + 1)


def main(port, key, issues, idle, active):
    """Subscribes, and reads until the input ends."""
    selector = selectors.DefaultSelector()
    for number in range(idle + active):
        ids = json.dumps(issues if number < active else ["none"])
        query = f"subscription {{ issueChanged(ids: {ids}) {{ kind id issue {{ id title }} }} }}"
        selector.register(open_socket(port, key, query), selectors.EVENT_READ)
    selector.register(sys.stdin, selectors.EVENT_READ)
    print("ready", flush=True)
    counts = Counts()
    while True:
        for ready, _ in selector.select():
            if ready.fileobj is sys.stdin:
                if not sys.stdin.readline():
                    return
                print(json.dumps(vars(counts)), flush=True)
                continue
            data = ready.fileobj.recv(1 << 16)
            counts.take(data)
            # Whoever does not respond has gone. The payloads are text, in which no such bytes are.
            if PING in data:
                ready.fileobj.send(PONG)
            if not data:
                counts.closed += 1
                selector.unregister(ready.fileobj)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3].split(","), int(sys.argv[4]), int(sys.argv[5]))
