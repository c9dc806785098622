"""Commands on the places that files go to and come from."""

import sys
from argparse import Namespace

from desktop_app.cli import streams
from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened_either
from desktop_app.cli.passphrase import from_file, given
from desktop_app.desk import places
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.place import Place, PlaceKind


def add(options: Namespace) -> Answer:
    """place add NAME URL|FOLDER: an SFTP server's fingerprint is shown once and must be confirmed."""
    place = places.draft(
        options.name,
        options.where,
        fingerprint=options.fingerprint or "",
        key_file=options.key_file,
        authority=options.authority,
        plain=options.plain_http,
    )
    if place.kind is PlaceKind.SFTP and not place.fingerprint:
        place = _confirmed(place)
    with opened_either(options) as desk:
        places.add(desk, place)
    kept = False
    lines = [_("已登记「{name}」：{address}").format(name=place.name, address=place.shown)]
    if options.password_file:
        kept = places.keep_secret(place, from_file(options.password_file))
        lines.append(
            _("口令已存入系统密码库。") if kept else _("这台电脑没有可靠的系统密码库，口令没有保存，每次会问。")
        )
    return Answer({**plain(place), "password_kept": kept}, lines)


def show(options: Namespace) -> Answer:
    """place list."""
    with opened_either(options) as desk:
        known, first = places.places(desk), places.default(desk)
    marks = {place.name: _("（默认）") if place == first else "" for place in known}
    lines = [f"{place.name}{marks[place.name]}  {place.shown}  {place.fingerprint}".rstrip() for place in known]
    rows = [{**plain(place), "default": place == first} for place in known]
    return Answer({"places": rows}, lines or [_("还没有登记地点。")])


def default(options: Namespace) -> Answer:
    """place default [NAME]: where hand-in goes without --to; no name takes it back."""
    with opened_either(options) as desk:
        places.set_default(desk, options.name)
    line = _("默认报送到「{name}」。").format(name=options.name) if options.name else _("没有默认的报送地点了。")
    return Answer({"default": options.name or None}, [line])


def remove(options: Namespace) -> Answer:
    """place remove NAME."""
    with opened_either(options) as desk:
        gone = places.remove(desk, options.name)
    return Answer(plain(gone), [_("已删除「{name}」；那里的文件没有动。").format(name=gone.name)])


def test(options: Namespace) -> Answer:
    """place test NAME: reach it, write, read back, remove."""
    with opened_either(options) as desk:
        place = places.find(desk, options.name)
    places.try_out(place, secret(place, options))
    return Answer(
        {"name": place.name, "address": place.address, "reached": True, "writable": True},
        [_("「{place}」可以连接、写入和读回。").format(place=place.said)],
    )


def secret(place: Place, options: Namespace) -> str:
    """What logs in: --password-file, else the keyring's, else asked for where one is needed."""
    if not place.remote:
        return ""
    if not places.takes_secret(place):
        return from_file(options.password_file) if options.password_file else places.secret_kept(place) or ""
    remembered = None if options.password_file else places.secret_kept(place)
    return given(options.password_file, remembered, _("请输入「{place}」的口令：").format(place=place.said))


def confirmed(place: Place, options: Namespace) -> Place:
    """A server that was only named on this command line, with the fingerprint given beside it."""
    if place.kind is not PlaceKind.SFTP or place.fingerprint:
        return place
    return places.with_fingerprint(place, options.fingerprint) if options.fingerprint else _confirmed(place)


def plain(place: Place) -> dict[str, object]:
    """One row of the list."""
    return {
        "name": place.name,
        "kind": str(place.kind),
        "address": place.address,
        "fingerprint": place.fingerprint or None,
        "key_file": place.key_file or None,
        "authority": bool(place.authority),
        "plain_http": place.plain,
    }


def _confirmed(place: Place) -> Place:
    """Show what the server shows, and go on only where a person says that it is right."""
    shown = places.ask_server(place)
    words = _("{host} 的指纹是 {fingerprint}（{kind}）。").format(
        host=place.host, fingerprint=shown.fingerprint, kind=shown.kind
    )
    if sys.stdin is not None and sys.stdin.isatty():
        streams.tell(words)
        print(_("请与对方管理员核对；一致就输入 yes："), end=" ", file=sys.stderr, flush=True)  # noqa: T201
        if sys.stdin.readline().strip().lower() in ("yes", "y", "是"):
            return places.with_fingerprint(place, shown.fingerprint)
    raise ClerkError(
        words,
        _("请与对方管理员核对，一致就加上 --fingerprint {fingerprint} 再来。").format(fingerprint=shown.fingerprint),
    )
