"""A place where files are put and fetched: a folder, an SFTP server, a WebDAV share."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, quote, unquote, urlsplit

from desktop_app.errors import UsageError
from desktop_app.language import _


class PlaceKind(StrEnum):
    """How a place is reached."""

    FOLDER = "folder"
    SFTP = "sftp"
    WEBDAV = "webdav"


_SCHEMES = {
    "sftp": ("sftp", PlaceKind.SFTP),
    "https": ("https", PlaceKind.WEBDAV),
    "davs": ("https", PlaceKind.WEBDAV),
    "http": ("http", PlaceKind.WEBDAV),
    "dav": ("http", PlaceKind.WEBDAV),
}


@dataclass(frozen=True, slots=True)
class Place:
    """`address` is a path, or a URL that never holds a password; `name` is empty where it has not been given one.

    `fingerprint`: SHA256:… of the SFTP server's key; `key_file`: a private key to log in with; `authority`: PEM of who
    vouches for a WebDAV server, "" for the system's list; `plain`: http without TLS was asked for in so many words.
    """

    name: str
    kind: PlaceKind
    address: str
    fingerprint: str = ""
    key_file: str = ""
    authority: str = ""
    plain: bool = False

    @property
    def url(self) -> SplitResult:
        """The address taken apart."""
        return urlsplit(self.address)

    @property
    def host(self) -> str:
        """The server's name, "" for a folder."""
        return (self.url.hostname or "") if self.remote else ""

    @property
    def port(self) -> int:
        """Where the server listens."""
        return self.url.port or {"sftp": 22, "https": 443, "http": 80}[self.url.scheme]

    @property
    def user(self) -> str:
        """Who logs in, "" where nobody is named."""
        return unquote(self.url.username or "") if self.remote else ""

    @property
    def path(self) -> str:
        """The folder on the server, as the server names it; an SFTP path below /~/ starts at the user's own folder."""
        path = unquote(self.url.path) or "/"
        if self.kind is PlaceKind.SFTP and (path == "/~" or path.startswith("/~/")):
            return path[3:] or "."
        return path

    @property
    def remote(self) -> bool:
        """Whether a network is used to get there that is not the system's own business."""
        return self.kind is not PlaceKind.FOLDER

    @property
    def said(self) -> str:
        """What people call it: the name, else the address."""
        return self.name or self.shown

    @property
    def shown(self) -> str:
        """The address as people read it."""
        return unquote(self.address) if self.remote else self.address


def is_url(text: str) -> bool:
    """Whether this means a server and not a folder."""
    return "://" in text


def parse_url(text: str, name: str = "") -> Place:
    """A place from its URL; UsageError where it has no meaning here or holds a password."""
    try:
        url = urlsplit(text.strip())
        port, host = url.port, url.hostname
    except ValueError as problem:
        raise UsageError(_("「{text}」不是有效的地址。").format(text=_without_password(text))) from problem
    if url.password is not None:
        raise UsageError(
            _("地址里不要写口令：它会留在命令记录里。"), _("请只写用户名，口令用 --password-file 给出，或等程序来问。")
        )
    known = _SCHEMES.get(url.scheme.lower())
    if known is None:
        raise UsageError(
            _("不认识「{scheme}://」这种地址。").format(scheme=url.scheme),
            _("可用 sftp://、https://（WebDAV）；共享文件夹请先在系统里接通，再给出它的文件夹路径。"),
        )
    if not host or url.query or url.fragment:
        raise UsageError(_("「{text}」不是有效的地址。").format(text=text), _("例如 sftp://用户名@服务器/收件/。"))
    scheme, kind = known
    who = f"{quote(unquote(url.username))}@" if url.username else ""
    where = f"[{host}]" if ":" in host else host
    path = quote(unquote(url.path).rstrip("/")) or "/"
    return Place(name, kind, f"{scheme}://{who}{where}{f':{port}' if port else ''}{path}")


def _without_password(text: str) -> str:
    """What may be said aloud of an address that cannot be read."""
    return text.rpartition("@")[2]
