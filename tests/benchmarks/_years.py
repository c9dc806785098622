"""A book as it stands after years of work: 500 tasks a month, four journal rows a task, made in one transaction.

Straight through SQL because the verbs would take an hour, but past every guard of the book: months begin as drafts, and
each row continues the chain.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from desktop_app.model.period import Period
from desktop_app.model.plan import Annex, Deadline, DeadlineKind, Plan, Task
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.store import Book, create_book
from desktop_app.store.journal import Change, append
from desktop_app.store.plans import save_plan

FIRST_YEAR = 2023
TASKS = 500
NOW = datetime(2023, 1, 4, 9, 30, tzinfo=timezone(timedelta(hours=8)))
UNIT = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3, ("朝阳区政府", "朝阳区"))
_WORDS = "完成{number}项改造任务，强化日常监管，巩固治理成效，推动后续工作按期开展。"


def make(path: Path, months: int) -> Period:
    """A closed book with this many months from the first year's January on; the last of them."""
    periods = [Period(FIRST_YEAR + number // 12, number % 12 + 1) for number in range(months)]
    with create_book(path, "unit", UNIT, NOW) as book:
        for year in sorted({period.year for period in periods}):
            save_plan(book, plan(year), NOW, "王")
        _fill(book, periods)
    return periods[-1]


def plan(year: int) -> Plan:
    """A year's plan, all of it the unit's own. Sample text, nobody's official plan."""
    deadline = Deadline("12月底前", DeadlineKind.YEAR_END)
    tasks = tuple(
        Task(f"3-{n}", 3, str(n), n % 9 == 0, f"任务{n}", _WORDS.format(number=n) * 2, deadline, owners=(UNIT.code,))
        for n in range(1, TASKS + 1)
    )
    annexes = (Annex(3, "大气", "附件3"),)
    return Plan(f"{year:064x}", year, f"{year}年示例计划", f"示例{year}号", 1, "plan.xlsx", True, annexes, tasks)


def _fill(book: Book, periods: Iterable[Period]) -> None:
    with book.write() as connection:
        for number, period in enumerate(periods, start=1):
            connection.execute(
                "insert into month (id, period, revision, plan_id, state, opened_at) values (?, ?, 1, ?, 'draft', ?)",
                (number, str(period), f"{period.year:064x}", NOW.isoformat()),
            )
            rows = [(number, f"3-{n}", "on_track", str(n % 100), _WORDS.format(number=n)) for n in range(1, TASKS + 1)]
            connection.executemany(
                "insert into entry (month_id, task_id, status, percent, narrative) values (?, ?, ?, ?, ?)", rows
            )
            changes = (
                Change(field, None, value, period, 1, task_id)
                for _, task_id, status, percent, words in rows
                for field, value in (("status", status), ("percent", "1"), ("percent", percent), ("narrative", words))
            )
            append(connection, changes, NOW, "王")
