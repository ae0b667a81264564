"""Speaks HTTP/2 to a gateway frame by frame.

    python_http2_frames.py PORT CERTIFICATE frames     what each case leads to
    python_http2_frames.py PORT CERTIFICATE stop       opens streams while a gateway with a held upstream stops
    python_http2_frames.py PORT CERTIFICATE ended      sends frames on streams that the client has ended
    python_http2_frames.py PORT CERTIFICATE reset      resets a stream whose request a gateway with a held upstream serves

The last three print a line as they begin; the first two of these a line as an error when the upstream may respond. Results are JSON, the last three's as errors.
"""
import json
import socket
import ssl
import sys

from hpack import Decoder, Encoder
from hyperframe.frame import (
    ContinuationFrame, DataFrame, Frame, GoAwayFrame, HeadersFrame, PingFrame, RstStreamFrame, SettingsFrame,
    WindowUpdateFrame,
)

PORT = int(sys.argv[1])
CERTIFICATE = sys.argv[2]
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
QUERY = b'{"query":"{ __typename }"}'
MAXIMUM_FRAME = 16384


def request(method="POST", path="/graphql", extra=(), scheme="https"):
    fields = [(":method", method), (":path", path), (":scheme", scheme), (":authority", "localhost")]
    return fields + [("content-type", "application/json"), *extra]


class Peer:
    """A client that sends the frames that it is given, and acknowledges nothing by itself."""

    def __init__(self):
        context = ssl.create_default_context(cafile=CERTIFICATE)
        context.set_alpn_protocols(["h2"])
        connection = socket.create_connection(("127.0.0.1", PORT), timeout=60)
        self.socket = context.wrap_socket(connection, server_hostname="localhost")
        self.encoder = Encoder()
        self.decoder = Decoder()
        self.received = b""
        self.settings = {}
        self.socket.sendall(PREFACE + SettingsFrame(0).serialize())

    def send(self, *frames):
        self.socket.sendall(b"".join(frames))

    def headers(self, stream, fields, end=False):
        block = self.encoder.encode(fields, huffman=False)
        parts = [block[start:start + MAXIMUM_FRAME] for start in range(0, len(block), MAXIMUM_FRAME)]
        frames = [HeadersFrame(stream, data=parts[0])] + [ContinuationFrame(stream, data=part) for part in parts[1:]]
        frames[-1].flags.add("END_HEADERS")
        if end:
            frames[0].flags.add("END_STREAM")
        return b"".join(frame.serialize() for frame in frames)

    def data(self, stream, data, end=False):
        frame = DataFrame(stream, data=data)
        if end:
            frame.flags.add("END_STREAM")
        return frame.serialize()

    def query(self, stream, extra=(), body=QUERY):
        return self.headers(stream, request(extra=extra)) + self.data(stream, body, end=True)

    def frame(self):
        """The next frame; None at the end."""
        while True:
            if len(self.received) >= 9:
                frame, length = Frame.parse_frame_header(memoryview(self.received[:9]))
                if len(self.received) >= 9 + length:
                    frame.parse_body(memoryview(self.received[9:9 + length]))
                    self.received = self.received[9 + length:]
                    return frame
            try:
                data = self.socket.recv(65536)
            except (TimeoutError, ConnectionError, ssl.SSLError):
                data = b""
            if not data:
                return None
            self.received += data

    def read(self, *last):
        """What comes up to one of the given events, or to the end."""
        events = []
        while (frame := self.frame()) is not None:
            if isinstance(frame, HeadersFrame):
                status = dict(self.decoder.decode(frame.data, raw=True))[b":status"]
                events.append(["status", frame.stream_id, int(status)])
            elif isinstance(frame, RstStreamFrame):
                events.append(["reset", frame.stream_id, frame.error_code])
            elif isinstance(frame, GoAwayFrame):
                events.append(["goaway", frame.last_stream_id, frame.error_code])
            elif isinstance(frame, SettingsFrame) and "ACK" not in frame.flags:
                self.settings = {str(key): value for key, value in frame.settings.items()}
            elif isinstance(frame, PingFrame):
                self.ping = frame.opaque_data
                events.append(["ping", 0, int("ACK" in frame.flags)])
            elif isinstance(frame, WindowUpdateFrame):
                events.append(["window", frame.stream_id, frame.window_increment])
            if isinstance(frame, (HeadersFrame, DataFrame)) and "END_STREAM" in frame.flags:
                events.append(["end", frame.stream_id, 0])
            if events and any(events[-1][:len(event)] == event for event in last):
                return events
        return events + [["closed", 0, 0]]


def first_request(fields):
    """The response to a request that is sent before anything of the gateway is read, and to one after it."""
    peer = Peer()
    peer.send(peer.query(1, fields), peer.query(3))
    events = peer.read(["end", 3], ["goaway"])
    acknowledgment = SettingsFrame(0)
    acknowledgment.flags.add("ACK")
    peer.send(acknowledgment.serialize(), peer.query(5, fields))
    events += peer.read(["end", 5], ["reset", 5], ["goaway"])
    return [event for event in events if event[0] in ("status", "goaway", "closed")]


def beside(bad, *last):
    """What frames on stream 3 lead to while stream 1 is open, whose request is completed after them."""
    peer = Peer()
    peer.send(peer.headers(1, request()), bad(peer))
    events = peer.read(*last)
    peer.send(peer.data(1, QUERY, end=True))
    events += peer.read(["end", 1], ["goaway"])
    return [event for event in events if event[0] not in ("window", "end")]


def window(stream, increment):
    # hyperframe refuses to write what is wrong.
    return b"\0\0\4\x08\0" + stream.to_bytes(4, "big") + increment.to_bytes(4, "big")


def late_data():
    """DATA that is on its way while the gateway resets its stream is ignored, and counted in the connection's window."""
    peer = Peer()
    peer.send(peer.headers(1, request()), peer.headers(3, request()), window(3, 0))
    events = peer.read(["reset", 3])
    peer.send(peer.data(3, b"x" * 10000), peer.data(3, b"x" * 20, end=True), peer.data(1, QUERY, end=True))
    events += peer.read(["end", 1], ["goaway"])
    return [event for event in events if event[0] != "end"]


def too_many_streams():
    peer = Peer()
    peer.send(*[peer.headers(2 * index + 1, request()) for index in range(101)])
    events = peer.read(["reset"], ["goaway"])
    peer.send(peer.data(1, QUERY, end=True))
    events += peer.read(["end", 1], ["goaway"])
    peer.send(peer.headers(203, request()), peer.data(203, QUERY, end=True))
    events += peer.read(["end", 203], ["goaway"])
    return [event for event in events if event[0] != "end"]


def connection_error():
    """The last stream that GOAWAY names is the last that was opened."""
    peer = Peer()
    peer.send(peer.headers(1, request()), peer.headers(7, request()), window(0, 0))
    return peer.read()


def malformed(fields):
    return beside(lambda peer: peer.headers(3, fields, end=True), ["reset", 3], ["end", 3], ["goaway"])


def with_body(fields):
    """What a request with these fields and a body leads to."""
    return beside(lambda peer: peer.headers(3, fields) + peer.data(3, QUERY, end=True), ["reset", 3], ["end", 3], ["goaway"])


def empty_name(form, trailers=False):
    """What a field with an empty name in a form of HPACK leads to, and a later request whose fields refer to the same table."""
    peer = Peer()
    first = peer.headers(1, request())
    field = bytes([form, 0, 1]) + b"x"
    if trailers:
        block = peer.encoder.encode(request(), huffman=False)
        frames = [HeadersFrame(3, data=block, flags=["END_HEADERS"]),
                  HeadersFrame(3, data=field, flags=["END_HEADERS", "END_STREAM"])]
    else:
        block = peer.encoder.encode(request("GET", "/health/live"), huffman=False) + field
        frames = [HeadersFrame(3, data=block, flags=["END_HEADERS", "END_STREAM"])]
    if form == 0x40:
        peer.encoder.header_table.add(b"", b"x")
    peer.send(first, *[frame.serialize() for frame in frames])
    events = peer.read(["reset", 3], ["end", 3], ["goaway"])
    peer.send(peer.data(1, QUERY, end=True), peer.query(5, [("x-field", "1")]))
    events += peer.read(["end", 5], ["goaway"])
    return [event for event in events if event[0] not in ("window", "end")]


def frames():
    return {
        "settings": settings(),
        "one20000": first_request([("x-long", "~" * 20000)]),
        "four15000": first_request([(f"x-{index}", "~" * 15000) for index in range(4)]),
        "one70000": first_request([("x-long", "~" * 70000)]),
        "fields150": first_request([(f"x-{index}", "y") for index in range(150)]),
        "zeroWindow": beside(lambda peer: peer.headers(3, request()) + window(3, 0), ["reset", 3], ["goaway"]),
        "windowOverflow": beside(
            lambda peer: peer.headers(3, request()) + window(3, 2**31 - 1), ["reset", 3], ["goaway"]),
        "dataAfterEnd": beside(
            lambda peer: peer.headers(3, request("GET", "/health/live"), end=True) + peer.data(3, b"x"),
            ["reset", 3], ["goaway"]),
        "lateData": late_data(),
        "tooManyStreams": too_many_streams(),
        "connectionError": connection_error(),
        "leadingSpace": malformed(request(extra=[("x-field", " a")])),
        "emptyNameIndexed": empty_name(0x40),
        "emptyNameNotIndexed": empty_name(0x00),
        "emptyNameNeverIndexed": empty_name(0x10),
        "emptyNameInTrailers": empty_name(0x40, trailers=True),
        "trailingTab": malformed(request(extra=[("x-field", "a\t")])),
        "pathWithoutSlash": malformed(request(path="graphql")),
        "otherHost": malformed(request("GET", "/health/live", extra=[("host", "evil.example")])),
        "otherPort": malformed(request("GET", "/health/live", extra=[("host", "localhost:8443")])),
        "emptyHost": malformed(request("GET", "/health/live", extra=[("host", "")])),
        "secondHost": malformed(request("GET", "/health/live", extra=[("host", "localhost"), ("host", "a")])),
        "sameHost": malformed(request("GET", "/health/live", extra=[("host", "LocalHost:443")])),
        "signedLength": with_body(request(extra=[("content-length", f"+{len(QUERY)}")])),
        "emptyLength": with_body(request(extra=[("content-length", "")])),
        "emptyScheme": malformed(request("GET", "/health/live", scheme="")),
        "lowercaseMethod": malformed(request("get", "/health/live")),
        "unknownMethod": malformed(request("FETCH", "/health/live")),
    }


def settings():
    peer = Peer()
    peer.send(peer.query(1))
    peer.read(["end", 1])
    return [peer.settings[str(int(key))] for key in (SettingsFrame.MAX_CONCURRENT_STREAMS, SettingsFrame.MAX_HEADER_LIST_SIZE)]


THING = b'{"query":"{ thing { id } }"}'
KEY = [("authorization", "Bearer k")]


def stop():
    peer = Peer()
    peer.send(peer.query(1, KEY, THING))
    print("started", flush=True)
    events = peer.read(["ping"], ["status"])
    # The client has not read GOAWAY yet when it opens this one.
    acknowledgment = PingFrame(0, opaque_data=peer.ping)
    acknowledgment.flags.add("ACK")
    peer.send(peer.query(3, KEY, THING), acknowledgment.serialize())
    events += peer.read(["goaway"], ["status"], ["reset"])
    # It must not open this one.
    peer.send(peer.query(5, KEY, THING))
    events += peer.read(["reset"], ["status"])
    print("refused", file=sys.stderr, flush=True)
    return events + peer.read()


def ended():
    peer = Peer()
    peer.send(peer.query(1, KEY, THING), peer.query(3, KEY, THING), peer.query(5, KEY, THING))
    print("started", flush=True)
    peer.send(peer.headers(3, [("x-trailer", "1")], end=True))
    events = peer.read(["reset"], ["goaway"])
    peer.send(peer.data(5, b"x"))
    events += peer.read(["reset"], ["goaway"])
    print("reset", file=sys.stderr, flush=True)
    return events + peer.read(["end", 1], ["goaway"])


def reset():
    peer = Peer()
    peer.send(peer.query(1, KEY, b'{"query":"{ thing { owner { id } } }"}'), RstStreamFrame(1, error_code=8).serialize())
    peer.send(PingFrame(0, opaque_data=b"abcdefgh").serialize())
    print("started", flush=True)
    return peer.read(["ping"], ["goaway"])


if sys.argv[3] == "frames":
    print(json.dumps(frames()))
else:
    results = {"stop": stop, "ended": ended, "reset": reset}[sys.argv[3]]()
    print(json.dumps([event for event in results if event[0] not in ("window", "end")]), file=sys.stderr)
