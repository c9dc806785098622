"""The places a unit hands in to and collects from, by name; their passwords stay in the system's keyring."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.errors import ClerkError, UsageError
from desktop_app.exchange.carrying import Watch, carry
from desktop_app.exchange.reaching import reach
from desktop_app.exchange.sticks import Stick, pulled_out, sticks
from desktop_app.language import _
from desktop_app.model.place import Place, PlaceKind, is_url, parse_url
from desktop_app.signing import vault
from desktop_app.store import settings

__all__ = ["Shown", "Stick", "add", "draft", "find", "places", "pulled_out", "remove", "sticks", "try_out"]

PLACES, DEFAULT = "places", "default_place"
_LONGEST_NAME = 40
_PRINT = re.compile(r"(?:SHA256:)?([A-Za-z0-9+/]{43})=?")
_TRIAL = "yuebao-test.txt"


@dataclass(frozen=True)
class Shown:
    """The key that an SFTP server shows before anybody logs in."""

    fingerprint: str
    kind: str


def places(desk: Desk) -> tuple[Place, ...]:
    """Every configured place, in the order of adding."""
    rows = settings.get(desk.book, PLACES) or []
    return tuple(Place(**row | {"kind": PlaceKind(row["kind"])}) for row in rows)


def find(desk: Desk, text: str | Path) -> Place:
    """What a name, an address or a folder means; UsageError where it is none of them."""
    word = str(text).strip()
    known = places(desk)
    named = next((place for place in known if place.name == word), None)
    if named is not None:
        return named
    if not word:
        raise UsageError(_("没有写报送到哪里。"))
    wanted = parse_url(word) if is_url(word) else Place("", PlaceKind.FOLDER, str(Path(word).absolute()))
    return next((place for place in known if place.address == wanted.address), wanted)


def draft(
    name: str,
    where: str,
    *,
    fingerprint: str = "",
    key_file: Path | None = None,
    authority: Path | None = None,
    plain: bool = False,
) -> Place:
    """A place as it is typed, checked for itself and not kept yet; no network is touched. Raises UsageError."""
    label = " ".join(name.split())
    if not label or len(label) > _LONGEST_NAME or any(mark in label for mark in '/\\:"'):
        raise UsageError(
            _("「{name}」不能作地点的名称。").format(name=name), _("请写一个短名称，不带斜杠和冒号，例如 市局收件夹。")
        )
    if not is_url(where):
        return Place(label, PlaceKind.FOLDER, str(Path(where).absolute()))
    place = parse_url(where, label)
    if place.kind is PlaceKind.SFTP and not place.user:
        raise UsageError(_("SFTP 地址里要有用户名。"), _("例如 sftp://用户名@服务器/收件/。"))
    return replace(
        place,
        fingerprint=_plain_print(fingerprint) if fingerprint else "",
        key_file=str(key_file.absolute()) if key_file else "",
        authority=read_file(authority, largest=1024 * 1024).decode("ascii", "replace") if authority else "",
        plain=plain,
    )


def default(desk: Desk) -> Place | None:
    """Where one hands in unless something else is ticked; None where no place is the default."""
    name = settings.get(desk.book, DEFAULT)
    return next((place for place in places(desk) if place.name == name), None)


def set_default(desk: Desk, name: str) -> None:
    """Make a place the default, "" for none; ClerkError where none has this name."""
    if name and all(place.name != name for place in places(desk)):
        raise _unknown(desk, name)
    settings.put(desk.book, DEFAULT, name or None, at=desk.now(), actor=desk.actor)


def change(desk: Desk, name: str, place: Place) -> Place:
    """Put another address, or another name, in the place of one that is kept; it keeps its rank and being the default.

    ClerkError where another place has the new name. A password that nothing uses any more is forgotten.
    """
    known = places(desk)
    old = next((each for each in known if each.name == name), None)
    if old is None:
        raise _unknown(desk, name)
    if any(each.name == place.name for each in known if each is not old):
        raise _taken(place)
    _refuse_unconfirmed(place)
    with desk.book.together():
        if settings.get(desk.book, DEFAULT) == name:
            settings.put(desk.book, DEFAULT, place.name, at=desk.now(), actor=desk.actor)
        _put(desk, [place if each is old else each for each in known])
    _forget_unused(desk, old)
    return place


def add(desk: Desk, place: Place) -> Place:
    """Keep a place; one of the same name is replaced. An SFTP server must have been confirmed."""
    _refuse_unconfirmed(place)
    others = [known for known in places(desk) if known.name != place.name]
    _put(desk, [*others, place])
    return place


def remove(desk: Desk, name: str) -> Place:
    """Forget a place and its password; nothing that lies there is touched."""
    known = places(desk)
    gone = next((place for place in known if place.name == name.strip()), None)
    if gone is None:
        raise _unknown(desk, name)
    with desk.book.together():
        if settings.get(desk.book, DEFAULT) == gone.name:
            settings.put(desk.book, DEFAULT, None, at=desk.now(), actor=desk.actor)
        _put(desk, [place for place in known if place is not gone])
    _forget_unused(desk, gone)
    return gone


def way_back(desk: Desk, name: str) -> Callable[[], None]:
    """What registers a place again as it is now: in its rank, with its password, the default if none is since.

    Other places that came meanwhile stay; the way back is a ClerkError where one of them has the name.
    """
    known, first = places(desk), default(desk)
    rank, place = next(((rank, each) for rank, each in enumerate(known) if each.name == name), (0, None))
    if place is None:
        raise _unknown(desk, name)
    secret = secret_kept(place)

    def back() -> None:
        now = list(places(desk))
        if any(each.name == place.name for each in now):
            raise _taken(place)
        now.insert(rank, place)
        with desk.book.together():
            _put(desk, now)
            if first == place and default(desk) is None:
                settings.put(desk.book, DEFAULT, place.name, at=desk.now(), actor=desk.actor)
        if secret is not None:
            keep_secret(place, secret)

    return back


def with_fingerprint(place: Place, fingerprint: str) -> Place:
    """The place with the server's key confirmed by a person."""
    return replace(place, fingerprint=_plain_print(fingerprint))


def ask_server(place: Place) -> Shown:
    """What the SFTP server shows now: to be compared by a person. The network is used, nobody logs in."""
    from desktop_app.exchange.sftp import server_fingerprint

    return Shown(*server_fingerprint(place))


def takes_secret(place: Place) -> bool:
    """Whether a password is asked for where none is kept."""
    return place.remote and bool(place.user) and not place.key_file


def secret_kept(place: Place) -> str | None:
    """The password from the system's keyring; None where there is none or no safe keyring."""
    return vault.recall(_account(place)) if place.remote else None


def keep_secret(place: Place, secret: str) -> bool:
    """Keep a password in the system's keyring, never in the book; False where there is no safe one."""
    return vault.remember(_account(place), secret)


def try_out(place: Place, secret: str) -> None:
    """Reach it, write a small file, read it back, remove it; raises what a delivery would."""
    with reach(place, secret) as carrier:
        carried = carry(carrier, "月报程序的连接测试，可以删除。\n".encode(), _TRIAL, Watch())
        carrier.remove(carried.name)


def _taken(place: Place) -> ClerkError:
    return ClerkError(_("已经有名为「{name}」的地点。").format(name=place.name), _("请换一个名称。"))


def _unknown(desk: Desk, name: str) -> ClerkError:
    return ClerkError(
        _("没有名为「{name}」的地点。").format(name=name),
        _("已有的：{names}。").format(names="、".join(place.name for place in places(desk)) or _("（没有）")),
    )


def _refuse_unconfirmed(place: Place) -> None:
    if place.kind is PlaceKind.SFTP and not place.fingerprint:
        raise ClerkError(_("还没有核对服务器的指纹，没有登记。"), _("请与对方管理员核对后用 --fingerprint 给出。"))


def _forget_unused(desk: Desk, gone: Place) -> None:
    """Drop a password that no place that is left logs in with."""
    if gone.remote and all(_account(each) != _account(gone) for each in places(desk) if each.remote):
        vault.forget(_account(gone))


def _put(desk: Desk, rows: list[Place]) -> None:
    settings.put(desk.book, PLACES, [asdict(row) for row in rows], at=desk.now(), actor=desk.actor)


def _plain_print(text: str) -> str:
    found = _PRINT.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            _("「{text}」不是服务器指纹。").format(text=text),
            _("指纹形如 SHA256: 后面 43 个字符，可请对方管理员用 ssh-keygen -l 查看。"),
        )
    return f"SHA256:{found[1]}"


def _account(place: Place) -> str:
    """Where in the keyring: who logs in at which server."""
    return f"place:{place.url.scheme}://{place.user}@{place.host}:{place.port}"
