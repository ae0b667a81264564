"""Speaks HTTP/2 to a gateway as a good client does, and as attackers do. Prints the results as JSON.

    python_http2.py PORT CERTIFICATE
"""
import json
import socket
import ssl
import sys

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings
from hpack import Encoder
from hyperframe.frame import (
    ContinuationFrame, DataFrame, Frame, GoAwayFrame, HeadersFrame, PingFrame, RstStreamFrame, SettingsFrame,
    WindowUpdateFrame,
)

PORT = int(sys.argv[1])
CERTIFICATE = sys.argv[2]
QUERY = b'{"query":"{ __typename }"}'
LONG_QUERY = b'{"query":"{ __schema { types { name description fields { name description } } } }"}'
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def connect():
    context = ssl.create_default_context(cafile=CERTIFICATE)
    context.set_alpn_protocols(["h2"])
    connection = socket.create_connection(("127.0.0.1", PORT), timeout=60)
    connection = context.wrap_socket(connection, server_hostname="localhost")
    assert connection.selected_alpn_protocol() == "h2"
    return connection


def headers(method="POST", path="/graphql", extra=()):
    fields = [(":method", method), (":path", path), (":scheme", "https"), (":authority", "localhost")]
    return fields + ([("content-type", "application/json")] if method == "POST" else []) + list(extra)


class Client:
    """A good client."""

    def __init__(self, window=None):
        self.socket = connect()
        self.h2 = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True, header_encoding="utf-8"))
        self.h2.initiate_connection()
        if window is not None:
            self.h2.update_settings({h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: window})
        self.flush()
        self.responses = {}
        self.ended = set()
        self.goaway = None

    def flush(self):
        self.socket.sendall(self.h2.data_to_send())

    def request(self, method, path, body=None, extra=()):
        stream = self.h2.get_next_available_stream_id()
        self.responses[stream] = {"status": None, "fields": {}, "body": b""}
        self.h2.send_headers(stream, headers(method, path, extra), end_stream=body is None)
        try:
            while body:
                room = min(self.h2.local_flow_control_window(stream), self.h2.max_outbound_frame_size)
                if room == 0:
                    self.flush()
                    if stream in self.ended or not self.step():
                        return stream
                    continue
                self.h2.send_data(stream, body[:room], end_stream=len(body) <= room)
                body = body[room:]
        except (h2.exceptions.StreamClosedError, h2.exceptions.ProtocolError):
            # The gateway has closed the stream: it has sent all that it has to say.
            self.ended.add(stream)
        self.flush()
        return stream

    def step(self, takes=True):
        data = self.socket.recv(65536)
        if not data:
            return False
        for event in self.h2.receive_data(data):
            stream = getattr(event, "stream_id", None)
            if isinstance(event, h2.events.ResponseReceived):
                fields = dict(event.headers)
                self.responses[stream]["status"] = int(fields[":status"])
                self.responses[stream]["fields"] = fields
            elif isinstance(event, h2.events.DataReceived):
                self.responses[stream]["body"] += event.data
                if takes and event.flow_controlled_length:
                    self.h2.acknowledge_received_data(event.flow_controlled_length, stream)
            elif isinstance(event, (h2.events.StreamEnded, h2.events.StreamReset)):
                self.ended.add(stream)
            elif isinstance(event, h2.events.ConnectionTerminated):
                self.goaway = int(event.error_code)
        self.flush()
        return True

    def finish(self, streams):
        while not set(streams) <= self.ended and self.step():
            pass
        return [self.responses[stream] for stream in streams]


def attack(frames, first=()):
    """Sends frames until the connection ends; returns the error code of GOAWAY."""
    connection = connect()
    connection.sendall(PREFACE + SettingsFrame(0).serialize() + b"".join(first))
    try:
        for data in frames:
            connection.sendall(data)
        connection.settimeout(30)
    except OSError:
        pass
    received = b""
    try:
        while data := connection.recv(65536):
            received += data
    except OSError as error:
        if isinstance(error, TimeoutError):
            return "open"
    code = "closed"
    while len(received) >= 9:
        frame, length = Frame.parse_frame_header(memoryview(received[:9]))
        if len(received) < 9 + length:
            break
        frame.parse_body(memoryview(received[9:9 + length]))
        if isinstance(frame, GoAwayFrame) and frame.error_code:
            code = frame.error_code
        received = received[9 + length:]
    return code


def block(encoder, fields):
    return encoder.encode(fields)


def rapid_reset():
    encoder = Encoder()
    for index in range(5000):
        stream = 2 * index + 1
        begin = HeadersFrame(stream, data=block(encoder, headers("GET", "/health/live")))
        begin.flags.add("END_HEADERS")
        begin.flags.add("END_STREAM")
        yield begin.serialize() + RstStreamFrame(stream, error_code=8).serialize()


def continuation_flood():
    encoder = Encoder()
    yield HeadersFrame(1, data=block(encoder, headers())).serialize()
    for index in range(5000):
        yield ContinuationFrame(1, data=block(encoder, [(f"x-{index}", "y" * 100)])).serialize()


def empty_continuations():
    yield HeadersFrame(1, data=block(Encoder(), headers())).serialize()
    for _ in range(5000):
        yield ContinuationFrame(1, data=b"").serialize()


def pings():
    for index in range(5000):
        yield PingFrame(0, opaque_data=index.to_bytes(8, "big")).serialize()


def settings():
    for index in range(5000):
        yield SettingsFrame(0, settings={SettingsFrame.INITIAL_WINDOW_SIZE: 65535 + index}).serialize()


def empty_data():
    begin = HeadersFrame(1, data=block(Encoder(), headers()))
    begin.flags.add("END_HEADERS")
    yield begin.serialize()
    for _ in range(5000):
        yield DataFrame(1, data=b"").serialize()


def window_overflow():
    for _ in range(2):
        yield WindowUpdateFrame(0, window_increment=2**31 - 1).serialize()


def too_many_streams():
    encoder = Encoder()
    for index in range(1000):
        begin = HeadersFrame(2 * index + 1, data=block(encoder, headers()))
        begin.flags.add("END_HEADERS")
        yield begin.serialize()


def good():
    client = Client()
    message = b'{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}'
    streams = [
        client.request("POST", "/graphql", QUERY),
        client.request("GET", "/health/ready"),
        client.request("HEAD", "/health/ready"),
        client.request("POST", "/rpc", message),
        client.request("GET", "/openrpc.json", extra=[("accept-encoding", "gzip")]),
        client.request("GET", "/absent"),
        client.request("OPTIONS", "/graphql"),
        client.request("GET", "/graphql?query={__typename}", extra=[("accept", "*/*")]),
    ]
    fields = ["content-type", "content-encoding", "allow", "connection"]
    return [
        {
            "status": response["status"],
            "fields": {name: response["fields"][name] for name in fields if name in response["fields"]},
            "hasID": "x-request-id" in response["fields"],
            "body": response["body"].decode() if len(response["body"]) < 100 else len(response["body"]) > 0,
        }
        for response in client.finish(streams)
    ]


def refusals():
    client = Client()
    large = client.request("POST", "/graphql", b" " * (3 << 20))
    many = client.request("POST", "/graphql", QUERY, extra=[(f"x-{index}", "y") for index in range(150)])
    stream = client.request("POST", "/graphql", QUERY)
    return [response["status"] for response in client.finish([large, many, stream])]


def window():
    """A client that takes nothing gets nothing but the head, and all of it once it takes it."""
    client = Client(window=0)
    stream = client.request("POST", "/graphql", LONG_QUERY)
    while client.responses[stream]["status"] is None and client.step():
        pass
    before = len(client.responses[stream]["body"])
    other = Client()
    alive = other.finish([other.request("POST", "/graphql", QUERY)])[0]["status"]
    client.h2.increment_flow_control_window(1 << 20, stream)
    client.h2.increment_flow_control_window(1 << 20)
    client.flush()
    response = client.finish([stream])[0]
    complete = len(response["body"]) == int(response["fields"]["content-length"])
    return {"before": before, "alive": alive, "complete": complete}


print(json.dumps({
    "good": good(),
    "refusals": refusals(),
    "window": window(),
    "attacks": {
        attacker.__name__: attack(attacker())
        for attacker in [
            rapid_reset, continuation_flood, empty_continuations, pings, settings, empty_data, window_overflow,
            too_many_streams,
        ]
    },
    "after": good()[0]["status"],
}))
