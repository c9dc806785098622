"""The book that a command works on, closed again whatever happens."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import default_book, open_desk
from desktop_app.errors import ClerkError
from desktop_app.language import _


def book_path(options: Namespace, kind: str = "unit") -> Path:
    """--book, else the platform's default for this kind of book."""
    given: Path | None = getattr(options, "book", None)
    if given is not None:
        return given
    return default_book() if kind == "unit" else default_book().with_name("bureau.yuebao")


@contextmanager
def opened(options: Namespace, kind: str = "unit") -> Iterator[Desk]:
    """The desk with the book open; ClerkError with advice where there is no book yet."""
    path = book_path(options, kind)
    if not path.exists():
        advice = _("先运行 new --unit 单位名称。") if kind == "unit" else _("先运行 bureau new。")
        raise ClerkError(_("没有找到填报簿 {path}。").format(path=path), advice)
    desk = open_desk(path, today=getattr(options, "today", None), kind=kind)
    try:
        yield desk
    finally:
        desk.close()
