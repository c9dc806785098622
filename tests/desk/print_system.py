"""A print system of the test's own: cupsd with two printers on a private socket, ended by its process id."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

_CONF = """Listen {home}/sock
LogLevel info
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""
_FILES = """ServerRoot {home}
RequestRoot {home}/spool
CacheDir {home}/cache
StateDir {home}
TempDir {home}/spool
AccessLog {home}/access
ErrorLog {home}/error
PageLog {home}/page
Sandboxing relaxed
"""
_PRINTER = """<{kind} {name}>
DeviceURI {uri}
State Idle
Accepting Yes
Shared No
</{kind}>
"""


@dataclass
class Listener:
    """A network printer that takes bytes as they are and keeps them."""

    received: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _who = self._socket.accept()
            except OSError:
                return
            with connection:
                data = b""
                while part := connection.recv(65536):
                    data += part
            if data:
                self.received.append(data)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@dataclass
class PrintSystem:
    """Where it listens, what its network printer got, and its log."""

    server: str
    listener: Listener
    home: Path

    def wait_for(self, count: int, seconds: float = 30.0) -> list[bytes]:
        """What the network printer got, once it is so many documents."""
        end = time.monotonic() + seconds
        while len(self.listener.received) < count and time.monotonic() < end:
            time.sleep(0.05)
        return self.listener.received


@contextmanager
def running() -> Iterator[PrintSystem]:
    """Up, with printers 「Netz」 (takes bytes as they are) and 「Pdf」 (cups-pdf)."""
    home = Path(tempfile.mkdtemp(prefix="yb-print-", dir="/tmp"))  # a socket's path must be short
    listener = Listener()
    (home / "spool").mkdir()
    (home / "cache").mkdir()
    (home / "ppd").mkdir()
    shutil.copy("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd", home / "ppd" / "Pdf.ppd")
    (home / "cupsd.conf").write_text(_CONF.format(home=home))
    (home / "cups-files.conf").write_text(_FILES.format(home=home))
    (home / "printers.conf").write_text(
        _PRINTER.format(kind="DefaultPrinter", name="Netz", uri=f"socket://127.0.0.1:{listener.port}")
        + _PRINTER.format(kind="Printer", name="Pdf", uri="cups-pdf:/")
    )
    command = ["/usr/sbin/cupsd", "-f", "-c", str(home / "cupsd.conf"), "-s", str(home / "cups-files.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        server = str(home / "sock")
        _wait_until_up(process, server)
        yield PrintSystem(server, listener, home)
    finally:
        process.terminate()
        process.wait(timeout=20)
        listener.close()
        shutil.rmtree(home, ignore_errors=True)


def _wait_until_up(process: subprocess.Popen[bytes], server: str) -> None:
    for _time in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"cupsd ended with {process.returncode}")
        asked = subprocess.run(
            ["lpstat", "-r"], env={**os.environ, "CUPS_SERVER": server, "LC_ALL": "C"}, capture_output=True, check=False
        )
        if b"is running" in asked.stdout:
            return
        time.sleep(0.05)
    raise RuntimeError("cupsd does not answer")
