"""A book with one plan and one month, on a fixed day."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from desktop_app.model.period import Period
from desktop_app.model.plan import Annex, Deadline, DeadlineKind, Plan, Task
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.store import Book, Month, create_book, months, plans


@pytest.fixture
def now() -> datetime:
    return datetime(2023, 4, 3, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def unit() -> Unit:
    return Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3, ("朝阳区政府", "朝阳区"))


@pytest.fixture
def plan() -> Plan:
    tasks = tuple(
        Task(f"3-{n}", 3, str(n), n % 2 == 0, f"任务{n}", "措施" * 40, Deadline("12月底前", DeadlineKind.YEAR_END))
        for n in range(1, 5)
    )
    return Plan(
        "ab" * 32, 2023, "行动计划", "京政办发2023年4号", 1, "plan.xlsx", True, (Annex(3, "大气", "附件3"),), tasks
    )


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    return tmp_path / "朝阳 ?#%.yuebao"


@pytest.fixture
def book(book_path: Path, unit: Unit, now: datetime) -> Iterator[Book]:
    with create_book(book_path, "unit", unit, now) as made:
        yield made


@pytest.fixture
def month(book: Book, plan: Plan, now: datetime) -> Month:
    plans.save_plan(book, plan, now, "王")
    return months.open_month(book, Period(2023, 3), plan.id, now, "王")
