"""A folder on a WebDAV server. A broken PUT leaves half a file under the name it used, so that name is never the last.

WebDAV has no word for going on behind what is there: a part that is not whole is sent again from its beginning.
"""

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange.carrying import BLOCK, NO_FILE, BrokenError, TakenError
from desktop_app.exchange.patience import PATIENCE
from desktop_app.language import _
from desktop_app.model.place import Place

if TYPE_CHECKING:
    import httpx

_ASK = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/></prop></propfind>'
)
_LONGEST_LIST = 16 * 1024 * 1024
_DAV = "{DAV:}"


class WebdavCarrier:
    """See Carrier. `secret` is the password."""

    goes_on = False
    near = False

    def __init__(self, place: Place, secret: str) -> None:
        import httpx

        self.place = place
        self.said = place.said
        _refuse_open_air(place)
        self._client = httpx.Client(
            auth=httpx.BasicAuth(place.user, secret) if place.user else None,
            verify=_trusted(place),
            timeout=httpx.Timeout(PATIENCE.answer, connect=PATIENCE.connect),
            trust_env=False,  # no proxy, no .netrc: only the server that was named
        )
        url = place.url
        where = f"[{place.host}]" if ":" in place.host else place.host
        self._top = f"{url.scheme}://{where}:{place.port}{quote(place.path.rstrip('/'))}/"
        try:
            if self._find("", 0) != [("", NO_FILE)]:
                raise ClerkError(
                    _("「{place}」上没有文件夹 {path}。").format(place=place.said, path=place.path),
                    _("请与对方核对地址。"),
                )
        except BaseException:
            self.close()
            raise

    def size(self, name: str) -> int | None:
        """See Carrier."""
        found = self._find(name, 0)
        return found[0][1] if found else None

    def read(self, name: str) -> Iterator[bytes]:
        """See Carrier."""
        with _in_words(self.place), self._client.stream("GET", self._url(name)) as answer:
            self._heed(answer)
            yield from answer.iter_bytes(BLOCK)

    def write(self, name: str, start: int, blocks: Iterator[bytes], size: int) -> None:  # noqa: ARG002 - Carrier's
        """The whole file; `start` is 0 here."""
        with _in_words(self.place):
            self._heed(self._client.put(self._url(name), content=blocks, headers={"Content-Length": str(size)}))

    def move(self, name: str, target: str) -> None:
        """See Carrier."""
        with _in_words(self.place):
            headers = {"Destination": self._url(target), "Overwrite": "F"}
            answer = self._client.request("MOVE", self._url(name), headers=headers)
            if answer.status_code == 412:
                raise TakenError
            self._heed(answer)

    def remove(self, name: str) -> None:
        """See Carrier."""
        with _in_words(self.place):
            answer = self._client.delete(self._url(name))
            if answer.status_code != 404:
                self._heed(answer)

    def settle(self) -> None:
        """The server's disk is the server's business."""

    def names(self) -> list[tuple[str, int]]:
        """See Carrier."""
        return sorted((name, size) for name, size in self._find("", 1) if name and size != NO_FILE)

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def _url(self, name: str) -> str:
        return self._top + quote(name, safe="")

    def _find(self, name: str, depth: int) -> list[tuple[str, int]]:
        """Name and size of what is there and, at depth 1, in it; a folder's size is NO_FILE, its own name ""."""
        with _in_words(self.place):
            headers = {"Depth": str(depth), "Content-Type": "application/xml; charset=utf-8"}
            with self._client.stream("PROPFIND", self._url(name), headers=headers, content=_ASK) as answer:
                if answer.status_code == 404:
                    return []
                self._heed(answer)
                said = bytearray()
                for block in answer.iter_bytes(BLOCK):
                    said += block
                    if len(said) > _LONGEST_LIST:
                        raise WorldError(_("「{place}」的文件夹里文件太多。").format(place=self.said))
        return _listed(bytes(said), urlsplit(self._top).path, self.place)

    def _heed(self, answer: "httpx.Response") -> None:
        """A refusal of the server in plain words."""
        status = answer.status_code
        if 200 <= status < 300:
            return
        if status == 401:
            raise ClerkError(_("「{place}」不接受这个用户名和口令。").format(place=self.said), _("请核对后再试。"))
        if status == 403:
            raise WorldError(
                _("「{place}」不让写入或读取，文件没有送到。").format(place=self.said), _("请联系对方的管理员。")
            )
        if status in (413, 507):
            raise WorldError(
                _("「{place}」空间不够，文件没有送到。").format(place=self.said), _("请联系对方的管理员。")
            )
        if status >= 500:
            raise _broken(self.place)
        raise WorldError(
            _("「{place}」没有完成请求（HTTP {status}）。").format(place=self.said, status=status),
            _("请与对方核对地址。"),
        )


def _listed(xml: bytes, top: str, place: Place) -> list[tuple[str, int]]:
    """What a multistatus answer names, by the last part of its addresses."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as reason:
        raise WorldError(
            _("「{place}」的回答不是 WebDAV。").format(place=place.said), _("请与对方核对地址。")
        ) from reason
    found = []
    for row in root.iterfind(f"{_DAV}response"):
        path = unquote(urlsplit(row.findtext(f"{_DAV}href", "").strip()).path)
        name = "" if path.rstrip("/") == unquote(top).rstrip("/") else path.rstrip("/").rpartition("/")[2]
        length = next((cell.text for cell in row.iter(f"{_DAV}getcontentlength") if cell.text), "")
        folder = next(row.iter(f"{_DAV}collection"), None) is not None
        found.append((name, int(length) if length.isdigit() and not folder else NO_FILE))
    return found


def _trusted(place: Place) -> ssl.SSLContext:
    """The system's list of authorities, and the one that was given for this place."""
    context = ssl.create_default_context()
    if place.authority:
        try:
            context.load_verify_locations(cadata=place.authority)
        except ssl.SSLError as reason:
            raise ClerkError(_("给「{place}」指定的证书读不了。").format(place=place.said)) from reason
    return context


def _refuse_open_air(place: Place) -> None:
    """Without TLS only where it was asked for, and only to this machine or an intranet address."""
    if place.url.scheme == "https":
        return
    if not place.plain:
        raise ClerkError(
            _("「{place}」没有加密（http），没有连接。").format(place=place.said),
            _("请改用 https 地址；确知是内网地址的，登记时写明 --plain-http。"),
        )
    with _in_words(place):
        found = {row[4][0] for row in socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)}
    if not all(ipaddress.ip_address(str(address).partition("%")[0]).is_private for address in found):
        raise ClerkError(
            _("「{place}」是外网地址，不能不加密传送。").format(place=place.said), _("请改用 https 地址。")
        )


@contextmanager
def _in_words(place: Place) -> Iterator[None]:
    """httpx's errors in plain words."""
    import httpx

    try:
        yield
    except httpx.ConnectError as reason:
        if "CERTIFICATE_VERIFY_FAILED" in str(reason):
            raise ClerkError(
                _("「{place}」的服务器证书不可信，没有连接，口令和文件都没有发出。").format(place=place.said),
                _("请向对方索取签发证书，登记时用 --authority 指定。"),
            ) from reason
        raise BrokenError(
            _("连不上「{place}」。").format(place=place.said), _("请检查网络和地址，再试一次。")
        ) from reason
    except (httpx.TransportError, httpx.StreamError) as reason:
        raise _broken(place) from reason
    except socket.gaierror as reason:
        raise BrokenError(_("找不到服务器 {host}。").format(host=place.host), _("请检查网络和地址。")) from reason


def _broken(place: Place) -> BrokenError:
    return BrokenError(_("与「{place}」的连接断了或没有回应。").format(place=place.said), _("请再试一次。"))
