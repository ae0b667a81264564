"""An upstream over TLS, and a proxy before it, which show in each row by what certificate and which way a call came.

Usage: tls_upstream.py CERTIFICATE KEY CLIENT_AUTHORITIES
It prints the proxy's port and the upstream's URL.
"""

import http.server
import json
import select
import socket
import ssl
import sys
import threading

THROUGH_PROXY = set()


class Upstream(http.server.BaseHTTPRequestHandler):
    """Lists one row whose name is that of the client's certificate."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        certificate = self.connection.getpeercert() or {"subject": []}
        names = dict(part[0] for part in certificate["subject"])
        way = "proxy" if self.client_address[1] in THROUGH_PROXY else "direct"
        row = {"id": "1", "name": f"{names.get('commonName', 'nobody')} {way}"}
        body = json.dumps({"data": [row], "count": 1}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Proxy(http.server.BaseHTTPRequestHandler):
    """Passes bytes on in both directions."""

    def do_CONNECT(self):
        host, port = self.path.rsplit(":", 1)
        # A minimal machine has no /etc/hosts to look the name up in.
        other = socket.create_connection(("127.0.0.1" if host == "localhost" else host, int(port)))
        THROUGH_PROXY.add(other.getsockname()[1])
        self.send_response(200)
        self.end_headers()
        ends = {self.connection: other, other: self.connection}
        while True:
            for end in select.select(list(ends), [], [])[0]:
                data = end.recv(65536)
                if not data:
                    self.close_connection = True
                    return
                ends[end].sendall(data)

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever does not trust the certificate ends the connection."""


def main():
    certificate, key, authorities = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.load_verify_locations(authorities)
    context.verify_mode = ssl.CERT_OPTIONAL
    upstream, proxy = (Server(("127.0.0.1", 0), handler) for handler in (Upstream, Proxy))
    # Each connection shakes hands in a thread of its own.
    upstream.socket = context.wrap_socket(upstream.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    print(f"{proxy.server_address[1]} https://localhost:{upstream.server_address[1]}", flush=True)
    upstream.serve_forever()


main()
