"""The check of a large book in small pieces, once it can be seen: opening does not wait for it, writing trusts it."""

from desktop_app.desk.desk import Desk
from desktop_app.store import soundness
from desktop_app.store.faults import damaged, told


def pieces(desk: Desk) -> tuple[str, ...]:
    """What is still to be checked; nothing where opening has checked all of it."""
    return () if desk.book.checked else soundness.tables(desk.book.connection)


def check(desk: Desk, piece: str) -> None:
    """Check one piece; WorldError where it is damaged, and from then on nothing is written into the book."""
    try:
        with told(desk.book_path):
            if not soundness.whole(desk.book.connection, piece):
                raise damaged(desk.book_path)
    except BaseException:
        desk.book.damaged = True
        raise


def check_all(desk: Desk) -> None:
    """Check all that is still to be checked, at once."""
    for piece in pieces(desk):
        check(desk, piece)
    desk.book.checked = True
