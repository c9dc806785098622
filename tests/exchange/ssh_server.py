"""A real OpenSSH server on a free port of this machine, with keys of its own; ended by its process id."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))

CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/user.pub
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication yes
LogLevel ERROR
MaxStartups 100
Subsystem sftp internal-sftp
"""


class SshServer:
    """`key` logs in, `fingerprint` is the server's."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        assert SSHD, "sshd is needed (Debian: openssh-server)"
        self.folder = folder
        self.key = folder / "user"
        self.port = port or _free_port()
        if not (folder / "host").exists():
            new_key(folder / "host")
            new_key(self.key)
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # where sshd locks its own helper up
        (folder / "config").write_text(CONFIG.format(port=self.port, folder=folder))
        self._process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "config")], stderr=subprocess.DEVNULL)
        _wait_for(self.port)

    @property
    def fingerprint(self) -> str:
        said = subprocess.run(
            ["ssh-keygen", "-l", "-f", str(self.folder / "host.pub")], capture_output=True, text=True, check=True
        )
        return said.stdout.split()[1]

    def url(self, folder: Path) -> str:
        """The address of a folder on it."""
        return f"sftp://{_me()}@127.0.0.1:{self.port}{folder}"

    def sessions(self) -> list[int]:
        """The process ids of everyone who is logged in now."""
        return _below(self._process.pid)

    def signal_sessions(self, number: signal.Signals) -> None:
        for session in self.sessions():
            with suppress(ProcessLookupError):
                os.kill(session, number)

    def close(self) -> None:
        """The sessions, then the server."""
        self.signal_sessions(signal.SIGKILL)
        self._process.kill()
        self._process.wait()


@contextmanager
def ssh_server(folder: Path) -> Iterator[SshServer]:
    server = SshServer(folder)
    try:
        yield server
    finally:
        server.close()


def new_key(file: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)], check=True)


def _me() -> str:
    import pwd

    return pwd.getpwuid(os.geteuid()).pw_name


def _free_port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return int(plug.getsockname()[1])


def _wait_for(port: int) -> None:
    for _again in range(400):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"no server on port {port}")


def _below(parent: int) -> list[int]:
    """Children and their children."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    found += [int(entry.name), *_below(int(entry.name))]
    return found
