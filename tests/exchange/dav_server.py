"""A small WebDAV server on this machine that can break, hang, fill up, refuse and lie."""

import base64
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from xml.sax.saxutils import escape

USER, PASSWORD = "收件员", "口令 四五六"


class DavServer(ThreadingHTTPServer):
    """Serves `folder` at /dav/. Its faults are set while it runs."""

    daemon_threads = True
    folder: Path
    break_after: int | None = None  # bytes of a PUT that arrive before the line is cut, as often as `breaks` says
    breaks = 0
    hang = threading.Event()  # replaced for each server
    status: int | None = None  # answered to everything that writes
    damage = False  # a byte of every PUT is changed
    taken_at_move: bytes | None = None  # somebody else takes the name just before a MOVE
    requests: list[str]

    def handle_error(self, *_request: object) -> None:
        """Cut lines are what the tests want."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: DavServer

    def log_message(self, *_words: object) -> None:
        pass

    def _path(self, url: str) -> Path:
        path = unquote(urlsplit(url).path)
        assert path.startswith("/dav"), path
        return self.server.folder / path.removeprefix("/dav").strip("/")

    def _say(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def _refused(self) -> bool:
        """Everything is logged, and asked for its password."""
        self.server.requests.append(f"{self.command} {unquote(self.path)}")
        want = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        length = int(self.headers.get("Content-Length", 0))
        if self.headers.get("Authorization") != want:
            self.rfile.read(length)
            self._say(401)
            return True
        if self.server.status and self.command in ("PUT", "MOVE", "DELETE"):
            self.rfile.read(length)
            self._say(self.server.status)
            return True
        return False

    def do_PROPFIND(self) -> None:
        refused = self._refused()
        if refused:
            return
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self._path(self.path)
        if not path.exists():
            self._say(404)
            return
        rows = [path, *(sorted(path.iterdir()) if self.headers["Depth"] == "1" and path.is_dir() else [])]
        inner = "".join(self._row(row) for row in rows)
        self._say(207, f'<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">{inner}</D:multistatus>'.encode())

    def _row(self, path: Path) -> str:
        href = quote("/dav/" + path.relative_to(self.server.folder).as_posix().removeprefix("."))
        what = (
            "<D:resourcetype><D:collection/></D:resourcetype>"
            if path.is_dir()
            else f"<D:resourcetype/><D:getcontentlength>{path.stat().st_size}</D:getcontentlength>"
        )
        return (
            f"<D:response><D:href>{escape(href)}</D:href><D:propstat><D:prop>{what}</D:prop>"
            "<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        )

    def do_GET(self) -> None:
        if not self._refused():
            path = self._path(self.path)
            self._say(200, path.read_bytes()) if path.is_file() else self._say(404)

    def do_PUT(self) -> None:
        """Written as it comes: what was cut off stays there, half."""
        if self._refused():
            return
        left, done = int(self.headers["Content-Length"]), 0
        with self._path(self.path).open("wb") as file:
            while left > 0:
                block = self.rfile.read1(min(left, 65536))
                if not block:
                    return
                done, left = done + len(block), left - len(block)
                if self.server.damage and done == len(block):
                    block = bytes([block[0] ^ 1]) + block[1:]
                file.write(block)
                file.flush()
                if self.server.break_after is not None and self.server.breaks > 0 and done > self.server.break_after:
                    self.server.breaks -= 1
                    self.close_connection = True
                    self.connection.close()
                    return
                self.server.hang.wait(30)
        self._say(201)

    def do_DELETE(self) -> None:
        if not self._refused():
            path = self._path(self.path)
            if path.is_file():
                path.unlink()
                self._say(204)
            else:
                self._say(404)

    def do_MOVE(self) -> None:
        if self._refused():
            return
        target = self._path(self.headers["Destination"])
        if self.server.taken_at_move is not None:
            target.write_bytes(self.server.taken_at_move)
            self.server.taken_at_move = None
        if target.exists() and self.headers.get("Overwrite") == "F":
            self._say(412)
        else:
            self._path(self.path).replace(target)
            self._say(201)


@contextmanager
def dav_server(folder: Path, certificate: Path | None = None) -> Iterator[DavServer]:
    """`certificate` is written: with it the server speaks TLS as 127.0.0.1."""
    server = DavServer(("127.0.0.1", 0), _Handler)
    server.folder, server.requests, server.hang = folder, [], threading.Event()
    server.hang.set()
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, _make_certificate(certificate))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.hang.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _make_certificate(file: Path) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself; gives the key's file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = file.with_suffix(".key")
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return private
