"""拉条挂账: what was said of a listed problem or request beyond the signed months; only added to, never changed."""

from datetime import date, datetime

from desktop_app.model.listed import Closing, MarkAction
from desktop_app.model.period import Period
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append, stamp

FIELD = "listed"  # the journal's field, the item's id behind it
_COLUMNS = "item, action, through, said, person, day, file_name, file_sha256, at, actor"


def put(book: Book, mark: Closing) -> None:
    """Keep a mark, and tell the journal."""
    values = (
        mark.item, str(mark.action), str(mark.through), mark.said, mark.person, mark.day.isoformat(),
        mark.file_name or None, mark.file_sha256 or None, stamp(mark.at), mark.actor,
    )  # fmt: skip
    told = f"{mark.action} {mark.through} {mark.day.isoformat()} {mark.person}：{mark.said}"
    if mark.file_sha256:
        told += f" {mark.file_sha256} {mark.file_name}"
    with book.write() as connection:
        marks = ", ".join("?" * len(values))
        connection.execute(f"insert into listed_mark ({_COLUMNS}) values ({marks})", values)  # noqa: S608 - own names
        append(connection, [Change(f"{FIELD}:{mark.item}", None, told)], mark.at, mark.actor)


def marks(book: Book) -> tuple[Closing, ...]:
    """Every mark, in the order in which they were made."""
    found = book.read(f"select {_COLUMNS} from listed_mark order by seq")  # noqa: S608 - own names
    return tuple(
        Closing(
            item, MarkAction(action), Period.parse(through), said, person, date.fromisoformat(day),
            file_name or "", file_sha256 or "", datetime.fromisoformat(at), actor,
        )
        for item, action, through, said, person, day, file_name, file_sha256, at, actor in found
    )  # fmt: skip
