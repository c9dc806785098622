"""The one folder that is looked at by itself while the window is open: remembered in the book, never a server."""

from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.store import settings

WATCHED = "watched_folder"


def watched(desk: Desk) -> Path | None:
    """The folder, whether it is there now or not; None where nothing is watched, a server never."""
    kept = settings.get(desk.book, WATCHED)
    if not kept:
        return None
    from desktop_app.model.place import is_url

    return None if is_url(kept) else Path(kept)


def watch(desk: Desk, folder: Path) -> None:
    """From now on, and after every start, look at this folder; ClerkError where it is none of this computer's."""
    if not folder.is_dir():
        raise ClerkError(
            _("「{folder}」不是这台电脑上的文件夹，不能自动查看。").format(folder=folder),
            _("服务器只在点「看看有没有回执」时才连接。"),
        )
    _put(desk, str(folder.absolute()))


def stop(desk: Desk) -> None:
    """Nothing is watched any more, also after the next start."""
    if settings.get(desk.book, WATCHED) is not None:
        _put(desk, None)


def _put(desk: Desk, value: str | None) -> None:
    settings.put(desk.book, WATCHED, value, at=desk.now(), actor=desk.actor)
