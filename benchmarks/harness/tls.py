"""Loads over TLS: handshakes by openssl, and requests over HTTP/2 by h2load."""

import pathlib
import re
import subprocess


class Certificate:
    """A certificate for the loopback interface that nobody else has signed, with its key, in a folder."""

    def __init__(self, folder):
        self.file: pathlib.Path = folder / "certificate.pem"
        self.key: pathlib.Path = folder / "key.pem"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        command += ["-subj", "/CN=localhost", "-keyout", self.key, "-out", self.file]
        subprocess.run(command, check=True, capture_output=True)
        # The workers of nginx are not root.
        self.key.chmod(0o644)


def handshakes(port, seconds, clients):
    """How many connections with a handshake of their own some clients have made, each one after another."""
    command = ["openssl", "s_time", "-connect", f"127.0.0.1:{port}", "-new", "-time", str(seconds)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(clients)
    ]
    outputs = [each.communicate(timeout=seconds + 60)[0] for each in running]
    found = [re.search(r"^(\d+) connections in \d+ real seconds", output, re.MULTILINE) for output in outputs]
    if not all(found) or not all(int(each.group(1)) for each in found):
        raise RuntimeError(f"no handshakes: {outputs}")
    return sum(int(each.group(1)) for each in found)


def requests(port, path, seconds, clients, body_file=None):
    """How many requests over HTTP/2 have succeeded; one that fails ends the benchmark."""
    command = ["h2load", "--duration", str(seconds), "--clients", str(clients), "--max-concurrent-streams", "16"]
    if body_file:
        command += ["--data", body_file, "--header", "content-type: application/json"]
    command.append(f"https://127.0.0.1:{port}{path}")
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 60).stdout
    found = re.search(r"^requests: \d+ total, \d+ started, \d+ done, (\d+) succeeded, (\d+) failed", output, re.MULTILINE)
    if not found or int(found.group(2)) or not int(found.group(1)):
        raise RuntimeError(f"requests failed: {output[-800:]}")
    return int(found.group(1))
