"""nginx as the fixed upstream and as the reference, in a temporary folder of its own."""

import os
import pathlib
import re
import shutil
import time
import urllib.request

from . import dataset
from .process import Process, free_port

TEMPLATE = pathlib.Path(__file__).parent.parent / "nginx.conf.in"
LATE_CALL_CHECKS = 50


class Nginx(Process):
    """Serves the dataset on a free port and counts the requests that it gets; with a certificate also by HTTP/2 on another one."""

    def __init__(self, folder, certificate=None):
        self.files = folder / "files"
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        dataset.write_files(self.files)
        as_root = os.geteuid() == 0
        if as_root:
            folder.chmod(0o755)
        configuration = folder / "nginx.conf"
        configuration.write_text(
            TEMPLATE.read_text()
            .replace("@PORT@", str(port))
            .replace("@USER@", "user nobody nogroup;" if as_root else "")
            .replace("@TLS@", self._secure_server(certificate) if certificate else "")
        )
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        command = [program, "-p", folder, "-c", configuration, "-e", "stderr"]
        super().__init__(command, f"{self.url}/status", folder / "nginx.log")

    def _secure_server(self, certificate):
        """The part of the configuration for TLS: no session is resumed, so that each connection has a handshake."""
        self.tls_port = free_port()
        return f"""server {{
        listen 127.0.0.1:{self.tls_port} ssl http2 backlog=4096;
        root files;
        ssl_certificate {certificate.file};
        ssl_certificate_key {certificate.key};
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_cache off;
        ssl_session_tickets off;
    }}"""

    def publish(self, path, content):
        """Serves these bytes at that path too; returns the path."""
        (self.files / path.lstrip("/")).write_bytes(content)
        return path

    def publish_posted(self, name, content):
        """Serves these bytes as the response to any POST to a path, which it returns."""
        (self.files / "posted").mkdir(exist_ok=True)
        return self.publish(f"/posted/{name}", content)

    def content(self, path):
        """The bytes that the server returns for that path."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=5) as response:
            return response.read()

    def calls_during(self, work):
        """How many requests the server gets while the work is done, those of clients that left included."""
        before = self._total()
        work()
        queries, seen = 1, self._total()
        for _ in range(LATE_CALL_CHECKS):
            time.sleep(0.1)
            queries, last, seen = queries + 1, seen, self._total()
            if seen == last + 1:
                break
        return seen - before - queries

    def _total(self):
        """All requests so far, this one included."""
        totals = re.search(r"^ (\d+) (\d+) (\d+) $", self.content("/status").decode(), re.MULTILINE)
        return int(totals.group(3))
