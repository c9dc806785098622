"""A folder on an SFTP server, reached through fsspec; the server must be the one whose key was confirmed."""

import base64
import hashlib
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange.carrying import NO_FILE, BrokenError, TakenError
from desktop_app.exchange.patience import PATIENCE
from desktop_app.language import _
from desktop_app.model.place import Place

if TYPE_CHECKING:
    from paramiko import PKey, Transport

_READ = 32 * 1024 * 8


def fingerprint(key: "PKey") -> str:
    """SHA256:… as ssh-keygen -l shows it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")


def server_fingerprint(place: Place) -> tuple[str, str]:
    """What the server shows before anybody logs in: fingerprint and kind of key. Raises BrokenError."""
    paramiko = _paramiko()
    with _in_words(place):
        plug = socket.create_connection((place.host, place.port), timeout=PATIENCE.connect)
        transport: Transport = paramiko.Transport(plug)
        try:
            transport.start_client(timeout=PATIENCE.answer)
            key = transport.get_remote_server_key()
            return fingerprint(key), key.get_name()
        finally:
            transport.close()


class SftpCarrier:
    """See Carrier. `secret` is the password, or what opens the key file."""

    goes_on = True
    near = False

    def __init__(self, place: Place, secret: str) -> None:
        self.place = place
        self.said = place.said
        with _in_words(place):
            self._system = _connected(place, secret)
            self._files = self._system.ftp
            self._files.get_channel().settimeout(PATIENCE.answer)
            try:
                usable = S_ISDIR(self._files.stat(place.path).st_mode or 0)
            except FileNotFoundError:
                usable = False
        if not usable:
            self.close()
            raise ClerkError(
                _("「{place}」上没有文件夹 {path}。").format(place=place.said, path=place.path),
                _("请与对方核对地址。"),
            )

    def size(self, name: str) -> int | None:
        """See Carrier."""
        with _in_words(self.place):
            try:
                found = self._files.lstat(self._path(name))
            except FileNotFoundError:
                return None
            return int(found.st_size or 0) if S_ISREG(found.st_mode or 0) else NO_FILE

    def read(self, name: str) -> Iterator[bytes]:
        """The requests run ahead of the answers: one by one they would take twenty times as long."""
        with _in_words(self.place), self._files.open(self._path(name), "rb") as file:
            file.prefetch(file.stat().st_size)
            while block := file.read(_READ):
                yield block

    def write(self, name: str, start: int, blocks: Iterator[bytes], size: int) -> None:  # noqa: ARG002 - Carrier's
        """Synced by the server where it knows how."""
        with _in_words(self.place, writing=True):
            # Not "a": what a broken session sent may still come in behind us, and then falls on its own place.
            file = self._files.open(self._path(name), "r+b" if start else "wb")
            try:
                file.seek(start)
                file.set_pipelined(True)
                last = b""
                for block in blocks:
                    file.write(last)
                    last = block
                file.set_pipelined(False)  # so that the last block waits for the answers to all of them
                file.write(last)
                self._sync(file)
            finally:
                file.set_pipelined(False)  # stopped, too, the server says when it has taken what was sent
                file.close()

    def move(self, name: str, target: str) -> None:
        """SFTP's own rename, which fails where the name is taken; posix_rename would replace the other file."""
        with _in_words(self.place, writing=True):
            try:
                self._files.rename(self._path(name), self._path(target))
            except OSError:
                if self.size(target) is not None:
                    raise TakenError from None
                raise

    def remove(self, name: str) -> None:
        """See Carrier."""
        with _in_words(self.place):
            try:
                self._files.remove(self._path(name))
            except FileNotFoundError:
                return

    def settle(self) -> None:
        """The server's disk is the server's business."""

    def names(self) -> list[tuple[str, int]]:
        """See Carrier."""
        with _in_words(self.place):
            found = self._files.listdir_attr(self.place.path)
            return sorted((row.filename, int(row.st_size or 0)) for row in found if S_ISREG(row.st_mode or 0))

    def close(self) -> None:
        """Hang up."""
        self._system.client.close()

    def _path(self, name: str) -> str:
        return f"{self.place.path.rstrip('/')}/{name}"

    def _sync(self, file: Any) -> None:
        """OpenSSH's extension; a server without it says so, and that is no failure."""
        from paramiko.sftp import CMD_EXTENDED

        try:
            self._files._request(CMD_EXTENDED, "fsync@openssh.com", file.handle)  # noqa: SLF001 - paramiko has no call for it
        except OSError as reason:
            if "unsupported" not in str(reason).lower():
                raise


def _connected(place: Place, secret: str) -> Any:
    """A file system of fsspec of its own, never one shared with an earlier place."""
    paramiko = _paramiko()
    from fsspec.implementations.sftp import SFTPFileSystem

    class Pinned(paramiko.MissingHostKeyPolicy):  # type: ignore[misc, name-defined]
        """Only the server whose key was confirmed."""

        def missing_host_key(self, _client: object, _hostname: str, key: "PKey") -> None:
            """Called before any password is sent."""
            if fingerprint(key) != place.fingerprint:
                raise ClerkError(*other_server(place, fingerprint(key), key.get_name()))

    class System(SFTPFileSystem):  # type: ignore[misc]
        """Hangs up where it could not log in: the library leaves that to whoever made it."""

        def _connect(self) -> None:
            try:
                super()._connect()
            except BaseException:
                self.client.close()
                raise

    way: dict[str, Any] = {"password": secret or None}
    if place.key_file:
        way = {"pkey": _key(Path(place.key_file), secret)}
    return System(
        place.host,
        port=place.port,
        username=place.user,
        host_key_policy=Pinned(),
        allow_agent=False,
        look_for_keys=False,
        timeout=PATIENCE.connect,
        banner_timeout=PATIENCE.answer,
        auth_timeout=PATIENCE.answer,
        channel_timeout=PATIENCE.answer,
        skip_instance_cache=True,
        **way,
    )


def _key(file: Path, passphrase: str) -> "PKey":
    """The private key to log in with."""
    if not file.is_file():
        raise ClerkError(_("找不到登录用的密钥文件 {path}。").format(path=file))
    try:
        return _paramiko().PKey.from_path(file, passphrase.encode() or None)
    # Whatever is wrong with a file that is to be a key shows in a dozen exceptions of two libraries.
    except Exception as reason:
        raise ClerkError(
            _("登录用的密钥文件 {path} 打不开。").format(path=file), _("请核对它的口令，并看看是不是 SSH 私钥文件。")
        ) from reason


def other_server(place: Place, shown: str, kind: str) -> tuple[str, str]:
    """What is said where the server shows another key than the one confirmed."""
    return (
        _("「{place}」的服务器指纹变了，没有连接，口令和文件都没有发出。").format(place=place.said),
        _("登记的是 {known}，现在是 {shown}（{kind}）。请与对方管理员核对；确实换了服务器，再重新登记。").format(
            known=place.fingerprint or _("（没有登记）"), shown=shown, kind=kind
        ),
    )


def _paramiko() -> Any:
    """Imported when a server is really asked for; what it logs by itself is said here in words."""
    import paramiko

    logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)
    return paramiko


@contextmanager
def _in_words(place: Place, *, writing: bool = False) -> Iterator[None]:
    """paramiko's errors in plain words."""
    paramiko = _paramiko()
    try:
        yield
    except (ClerkError, TakenError):
        raise
    except paramiko.AuthenticationException as reason:
        raise ClerkError(
            _("「{place}」不接受这个用户名和口令（或密钥）。").format(place=place.said), _("请核对后再试。")
        ) from reason
    except (PermissionError, FileNotFoundError) as reason:
        raise WorldError(
            _("「{place}」不让写入或读取，文件没有送到。").format(place=place.said), _("请联系对方的管理员。")
        ) from reason
    except socket.gaierror as reason:
        raise BrokenError(_("找不到服务器 {host}。").format(host=place.host), _("请检查网络和地址。")) from reason
    except paramiko.ssh_exception.NoValidConnectionsError as reason:
        raise BrokenError(
            _("连不上「{place}」。").format(place=place.said), _("请检查网络和地址，再试一次。")
        ) from reason
    except (
        paramiko.SSHException,
        EOFError,
        ConnectionError,
        TimeoutError,
    ) as reason:
        raise _broken(place) from reason
    except OSError as reason:
        if reason.errno is not None or "closed" in str(reason).lower():
            raise _broken(place) from reason
        raise WorldError(
            _("「{place}」没有接受文件。").format(place=place.said) if writing else _failed(place),
            _("服务器的空间可能满了，或不让写入，请联系对方的管理员。") if writing else _("请再试一次。"),
        ) from reason


def _failed(place: Place) -> str:
    return _("「{place}」没有完成请求。").format(place=place.said)


def _broken(place: Place) -> BrokenError:
    return BrokenError(
        _("与「{place}」的连接断了或没有回应。").format(place=place.said),
        _("已送到的部分还在，可以接着上次的地方继续。"),
    )
