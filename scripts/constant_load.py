#!/usr/bin/env python3
"""Sends requests at a constant rate over persistent connections, and counts those that fail.

Usage: scripts/constant_load.py PORT [--rate N] [--connections N] [--seconds N] [--body JSON]... [--record FILE | --expected FILE]

Without --seconds it goes on until SIGTERM or SIGINT. A request fails if its connection breaks, if its status is not 200, or if its body
differs from the first response to the same request. --record writes these first responses, once each, and --expected compares with such a
file; then a response with errors is counted by itself, as the upstream may fail. The last line is the result in JSON; the exit status is 1 if a request failed.
"""
import argparse
import asyncio
import json
import pathlib
import signal
import time


class Load:
    """The requests of one run, and their outcome."""

    def __init__(self, options):
        self.options = options
        self.requests = [
            b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            for body in (text.encode() for text in options.body)
        ]
        self.expected = [None] * len(self.requests)
        self.sent = 0
        self.failures = []
        self.connects = 0
        self.slowest = 0.0
        self.errors = 0
        self.stop = asyncio.Event()
        if options.expected:
            self.expected = [text.encode() for text in json.loads(pathlib.Path(options.expected).read_text())]

    async def connect(self):
        self.connects += 1
        return await asyncio.open_connection("127.0.0.1", self.options.port)

    async def exchange(self, reader, writer, index):
        """Sends one request; whether the connection can be used again."""
        writer.write(self.requests[index])
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        body = await reader.readexactly(int(fields["content-length"]))
        if lines[0].split(" ")[1] != "200":
            raise ValueError(f"{lines[0]}: {body[:200]!r}")
        if self.expected[index] is None:
            self.expected[index] = body
        elif self.options.expected and b'"errors":' in body:
            self.errors += 1
        elif self.expected[index] != body:
            raise ValueError(f"another response than before: {body[:200]!r}")
        return fields.get("connection", "").lower() != "close"

    async def client(self, position):
        """One connection, whose requests come at equal intervals."""
        interval = self.options.connections / self.options.rate
        due = time.monotonic() + interval * position / self.options.connections
        stream = None
        count = position
        while not self.stop.is_set():
            await asyncio.sleep(max(0, due - time.monotonic()))
            due += interval
            self.sent += 1
            begun = time.monotonic()
            try:
                stream = stream or await self.connect()
                if not await asyncio.wait_for(self.exchange(*stream, count % len(self.requests)), 30):
                    stream[1].close()
                    stream = None
            except (OSError, EOFError, ValueError, KeyError, asyncio.TimeoutError) as error:
                self.failures.append(f"{type(error).__name__}: {error}")
                if stream:
                    stream[1].close()
                stream = None
            self.slowest = max(self.slowest, time.monotonic() - begun)
            count += 1

    async def record(self):
        """Writes the response to each request."""
        for index in range(len(self.requests)):
            stream = await self.connect()
            await self.exchange(*stream, index)
            stream[1].close()
        pathlib.Path(self.options.record).write_text(json.dumps([body.decode() for body in self.expected]))
        return 0

    async def run(self):
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop.set)
        if self.options.seconds:
            loop.call_later(self.options.seconds, self.stop.set)
        await asyncio.gather(*(self.client(position) for position in range(self.options.connections)))
        print(
            json.dumps(
                {
                    "requests": self.sent,
                    "failed": len(self.failures),
                    "withErrors": self.errors,
                    "connections": self.connects,
                    "slowestMilliseconds": round(self.slowest * 1000),
                    "failures": self.failures[:5],
                }
            )
        )
        return 1 if self.failures or self.sent == 0 else 0


def main():
    parser = argparse.ArgumentParser(description="Sends requests at a constant rate and counts those that fail.")
    parser.add_argument("port", type=int)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--connections", type=int, default=20)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--body", action="append")
    parser.add_argument("--record")
    parser.add_argument("--expected")
    options = parser.parse_args()
    options.body = options.body or ['{"query":"{ __typename }"}']
    load = Load(options)
    raise SystemExit(asyncio.run(load.record() if options.record else load.run()))


if __name__ == "__main__":
    main()
