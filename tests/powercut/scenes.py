"""What the recorded children do: each scene works in one folder and says on stdout what is kept from then on."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from desktop_app.exchange.folder import deliver
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.store import (
    Book,
    backups,
    create_book,
    entries,
    evidence,
    months,
    open_book,
    opening,
    plans,
    restoring,
)

NOW = datetime(2023, 4, 3, 9, 30, tzinfo=timezone(timedelta(hours=8)))
MARCH = Period(2023, 3)
PLAN = Plan("ab" * 32, 2023, "行动计划", "4号", 1, "plan.xlsx", True, (), ())
REPORT = b"%PDF-1.7 " + bytes(range(256)) * 40
MADE = "made"


def play(scene: str, folder: str, *arguments: str) -> None:
    """Run the scene of this name."""
    SCENES[scene](Path(folder), *arguments)


def say(word: str) -> None:
    """Acknowledge: at once and unbuffered, as the mark in the window does."""
    os.write(1, f"{word}\n".encode())


def words(number: int) -> dict[str, object]:
    """What save `number` writes: a figure, and a text of ever changing length."""
    return {"cumulative": Decimal(number), "narrative": f"第{number}次" * (number * 7 % 60)}


def saving(folder: Path, mode: str = "ours", saves: str = "40") -> None:
    """A clerk's afternoon: a book is made, saved into, left to rest, closed, opened again."""
    _as(mode)
    path = folder / "book.yuebao"
    book = create_book(path, "unit", Unit("110105", "朝阳区政府", UnitKind.DISTRICT, 3), NOW)
    plans.save_plan(book, PLAN, NOW, "王")
    month = months.open_month(book, MARCH, PLAN.id, NOW, "王")
    say(MADE)
    for number in range(1, int(saves) + 1):
        entries.save(book, month, "3-1", words(number), NOW, "王")
        say(str(number))
        if number % 10 == 4:
            evidence.add(book, month, "3-1", "图.png", "image/png", bytes([number]) * 5000, NOW, "王")
        if number % 10 == 6:
            book.rest()
        if number % 15 == 0:
            book.close()
            book = open_book(path)
    book.close()


def backing_up(folder: Path) -> None:
    """Copies of a book that goes on being written."""
    book = create_book(folder / "book.yuebao", "unit", Unit("110105", "朝阳区政府", UnitKind.DISTRICT, 3), NOW)
    plans.save_plan(book, PLAN, NOW, "王")
    month = months.open_month(book, MARCH, PLAN.id, NOW, "王")
    say(MADE)
    for number in range(1, 4):
        entries.save(book, month, "3-1", words(number), NOW, "王")
        say(str(number))
        backups.backup(book, folder / f"copy-{number}.yuebao")
        say(f"copy {number}")
    book.close()


def restoring_it(folder: Path, mode: str = "ours") -> None:
    """A copy takes the book's place, is found to be the wrong one, and the book of before comes back."""
    if mode == "unsynced":
        os.fsync = lambda handle: None
    path = folder / "book.yuebao"
    book = create_book(path, "unit", Unit("110105", "朝阳区政府", UnitKind.DISTRICT, 3), NOW)
    plans.save_plan(book, PLAN, NOW, "王")
    month = months.open_month(book, MARCH, PLAN.id, NOW, "王")
    entries.save(book, month, "3-1", words(1), NOW, "王")
    backups.backup(book, folder / "copy.yuebao")
    entries.save(book, month, "3-1", words(2), NOW, "王")
    book.close()
    say(MADE)
    restoring.replace(path, folder / "copy.yuebao", NOW)
    say("restored")
    restoring.undo(path, NOW)
    say("undone")


def handing_in(folder: Path) -> None:
    """A signed report put on a stick, under a name that is free, taken, and held by the same bytes."""
    for number in range(1, 4):
        deliver(REPORT * number, "report.pdf", folder)
        say(f"delivered {number}")
    deliver(REPORT, "report.pdf", folder)
    say("delivered 1")


def carelessly_handing_in(folder: Path) -> None:
    """The same by a plain copy: what a file manager does."""
    for number in range(1, 4):
        (folder / ("report.pdf" if number == 1 else f"report({number}).pdf")).write_bytes(REPORT * number)
        say(f"delivered {number}")


def _as(mode: str) -> None:
    """`ours`; `rollback` without the log; `off` and `normal` promise less than we do, for comparison."""
    if mode == "rollback":
        Book._begin = lambda self, connection: connection.execute("begin immediate")
    elif mode != "ours":
        settings = tuple(f"synchronous={mode}" if "synchronous" in one else one for one in opening._SETTINGS)
        opening._SETTINGS = settings


SCENES: dict[str, Callable[..., None]] = {
    "saving": saving,
    "backing_up": backing_up,
    "restoring_it": restoring_it,
    "handing_in": handing_in,
    "carelessly_handing_in": carelessly_handing_in,
}
