"""An SSH server that takes any password, writes down what it was told, and serves nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import paramiko


class Listener(paramiko.ServerInterface):
    """`told`: user and password, as they came."""

    def __init__(self, key: paramiko.PKey) -> None:
        self.key = key
        self.port = 0
        self.told: list[tuple[str, str]] = []

    def get_allowed_auths(self, _user: str) -> str:
        return "password"

    def check_auth_password(self, user: str, password: str) -> int:
        self.told.append((user, password))
        return paramiko.AUTH_SUCCESSFUL


@contextmanager
def listening_server() -> Iterator[Listener]:
    """On a free port of this machine."""
    listener = Listener(paramiko.ECDSAKey.generate())
    plug = socket.create_server(("127.0.0.1", 0))
    listener.port = plug.getsockname()[1]
    lines: list[paramiko.Transport] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                line = paramiko.Transport(plug.accept()[0])
                lines.append(line)
                line.add_server_key(listener.key)
                with suppress(paramiko.SSHException, EOFError, OSError):  # a caller that hung up is not the last one
                    line.start_server(server=listener)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        plug.shutdown(socket.SHUT_RDWR)
        plug.close()
        thread.join()
        for line in lines:
            line.close()
            line.join()
