"""A book with ten years of months opened and its newest month read, beside the same of a book in its second month."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from desktop_app.desk.month import latest_period, open_month
from desktop_app.desk.open_book import open_desk
from desktop_app.model.entry import ENTRY_FIELDS
from desktop_app.model.period import Period
from desktop_app.model.plain import to_plain
from desktop_app.model.plan import Annex, Deadline, DeadlineKind, Plan, Task
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.store import Book, create_book, plans
from desktop_app.store.journal import canonical

NAME = "open"
SIZE_NAME = "months"
SIZE = 120
PEER = "a new book with two months in it"
LIMIT = 1.3
TASKS = 500
CHANGES = 4  # journal rows of a task in a month
UNIT = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3)
TODAY = date(2026, 4, 3)

_NOW = datetime(2023, 4, 3, 9, 30).astimezone()  # noqa: DTZ001
_folder = tempfile.TemporaryDirectory(prefix="yuebao-bench-")


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """The way to the first sight of the newest month, of a book with so many months and of one in its second month."""
    tasks = TASKS if size == SIZE else 20
    large, small = (Path(_folder.name) / name for name in ("large.yuebao", "small.yuebao"))
    for path, count in ((large, size), (small, 2)):
        path.unlink(missing_ok=True)
        fill(path, count, tasks)
    return lambda: first_screen(large, tasks), lambda: first_screen(small, tasks)


def first_screen(path: Path, tasks: int) -> None:
    """What the window reads before its first paint, by the verbs that it uses."""
    desk = open_desk(path, today=TODAY)
    try:
        view = open_month(desk, latest_period(desk))
        if len(view.rows) != tasks or not all(row.previous for row in view.rows):
            raise ValueError(f"{len(view.rows)} rows of {tasks}")
    finally:
        desk.close()


def fill(path: Path, count: int, tasks: int) -> None:
    """A book with so many months, each task written four times; in one transaction, by plain SQL."""
    with create_book(path, "unit", UNIT, _NOW) as book:
        book.read("pragma synchronous=off")
        period = Period(2026, 3)
        kept: dict[int, Plan] = {}
        for _month in range(count):
            if period.year not in kept:
                kept[period.year] = _plan(period.year, tasks)
                plans.save_plan(book, kept[period.year], _NOW, "王")
            period = period.previous
        _months(book, count, tasks, kept, period)
        book.read("pragma synchronous=extra")


def _months(book: Book, count: int, tasks: int, kept: dict[int, Plan], period: Period) -> None:
    ((seq, previous),) = book.read("select seq, hash from journal order by seq desc limit 1")
    places = ", ".join("?" * (len(ENTRY_FIELDS) + 2))
    texts = tuple("进展情况说明文字。" * (3 if field == "narrative" else 1) for field in ENTRY_FIELDS[6:])
    with book.write() as connection:
        for _month in range(count):
            period = period.next
            plan = kept[period.year] if period.year in kept else next(iter(kept.values()))
            month = connection.execute(
                "insert into month (period, revision, plan_id, state, opened_at) values (?, 1, ?, 'draft', ?)",
                (str(period), plan.id, _NOW.isoformat()),
            ).lastrowid
            journal = []
            for number in range(tasks):
                task = f"3-{number}"
                values = ("on_track", "1.5", "3", "25", None, 0, *texts)
                connection.execute(
                    f"insert into entry (month_id, task_id, {', '.join(ENTRY_FIELDS)}) values ({places})",
                    (month, task, *values),
                )
                for change in range(CHANGES):
                    seq += 1
                    row = (
                        seq,
                        _NOW.isoformat(),
                        "王",
                        str(period),
                        1,
                        task,
                        ENTRY_FIELDS[change],
                        None,
                        values[change],
                    )
                    digest = sha256(previous + canonical(row)).digest()
                    journal.append((*row, previous, digest, seq))
                    previous = digest
            for row in journal:
                connection.execute(f"insert into journal values ({', '.join('?' * 12)})", row)


def _plan(year: int, tasks: int) -> Plan:
    made = tuple(
        Task(
            f"3-{n}",
            3,
            str(n),
            False,
            f"任务{n}",
            "措施" * 40,
            Deadline("12月底前", DeadlineKind.YEAR_END),
            owners=(UNIT.code,),
        )
        for n in range(tasks)
    )
    plan = Plan("", year, "行动计划", f"{year}年4号", 1, "plan.xlsx", True, (Annex(3, "大气", "附件3"),), made)
    return replace(plan, id=sha256(json.dumps(to_plain(plan)).encode()).hexdigest())
