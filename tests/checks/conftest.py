"""A small month to check: one task of 40 pieces by the year's end, filled in properly, that each test disturbs."""

import os
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.checks import CheckContext, Thresholds, check, check_task, run
from desktop_app.model.correction import Remark
from desktop_app.model.entry import Entry, Evidence, Status
from desktop_app.model.finding import Finding
from desktop_app.model.period import Period
from desktop_app.model.plan import (
    Change,
    Deadline,
    DeadlineKind,
    Direction,
    Indicator,
    Plan,
    Target,
    TargetKind,
    Task,
)
from desktop_app.model.report import DueDate, People
from desktop_app.model.unit import Unit, UnitKind

OFF = "YUEBAO_TEST_WITHOUT_RULE"  # a code: that rule is switched off, to see that its tests notice
UNIT = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 3, ("朝阳区",))
MARCH = Period(2023, 3)
DUE = DueDate(MARCH, date(2023, 4, 6), date(2023, 4, 4), True, "")
PEOPLE = People("李四", "王五", "张三", "010-65090000")
DEFAULTS = Thresholds()
WORDS = "完成酒仙桥、望京等8处点位改造并通过验收，其余点位已进场施工，现场照片和验收单已归档，工程量由第三方核定。"


def amount(value: str | None = "40", scope: str | None = UNIT.code, unit: str = "处") -> Target:
    return Target(
        "", TargetKind.QUANTITY, Direction.AT_LEAST, Decimal(value) if value is not None else None, unit, scope
    )


def ratio(value: str = "95") -> Target:
    return Target("", TargetKind.RATIO, Direction.AT_LEAST, Decimal(value), "%")


def task(task_id: str = "3-9", day: date | None = date(2023, 12, 31), *targets: Target, key: bool = False) -> Task:
    kind = DeadlineKind.DATE if day else DeadlineKind.ONGOING
    number = task_id.split("-")[1]
    deadline = Deadline("年底前" if day else "长期实施", kind, day)
    return Task(task_id, 3, number, key, "排口溯源整治", "完成溯源", deadline, owners=(UNIT.code,), targets=targets)


GOOD = Entry(
    "3-9",
    status=Status.ON_TRACK,
    this_month=Decimal(4),
    cumulative=Decimal(10),
    percent=Decimal(25),
    narrative=WORDS,
    problems="无",
    next_steps="4月底前再完成5处。",
)
BEFORE = replace(GOOD, this_month=Decimal(3), cumulative=Decimal(6), percent=Decimal(15), narrative="2月进展：" + WORDS)


@dataclass
class Month:
    """The month of March 2023 with one task, changed by keyword and looked at."""

    the_task: Task = field(default_factory=lambda: task("3-9", date(2023, 12, 31), amount()))
    entry: Entry | None = GOOD
    before: Entry | None = BEFORE
    required: bool = True
    period: Period = MARCH
    today: date = date(2023, 4, 3)
    due: DueDate = DUE
    people: People = PEOPLE
    evidence: tuple[Evidence, ...] = ()
    thresholds: Thresholds = DEFAULTS
    missing_glyphs: str = ""
    earlier: Entry | None = None
    changes: tuple[Change, ...] = ()
    curve: tuple[Decimal, ...] | None = None
    indicators: tuple[Indicator, ...] = ()
    elsewhere: tuple[Evidence, ...] = ()
    as_of: date | None = None
    cutoff: date | None = None
    remarks: tuple[Remark, ...] = ()

    def with_(self, **fields: object) -> "Month":
        """The same month with other fields in its entry."""
        return replace(self, entry=replace(self.entry, **fields))

    def last(self, **fields: object) -> "Month":
        """The same month with other fields in last month's entry."""
        return replace(self, before=replace(self.before, **fields))

    def on(self, *targets: Target, day: date | None = date(2023, 12, 31), key: bool = False) -> "Month":
        """The same month on a task with these targets and this deadline."""
        return replace(self, the_task=task("3-9", day, *targets, key=key))

    def replace(self, **fields: object) -> "Month":
        return replace(self, **fields)

    @property
    def context(self) -> CheckContext:
        key = self.the_task.id
        plan = Plan("0" * 64, 2023, "计划", "京政办发2023年4号", 1, "x", True, (), (self.the_task,), self.indicators)
        tasks = (self.the_task,)
        return CheckContext(
            UNIT,
            self.period,
            plan,
            tasks if self.required else (),
            () if self.required else tasks,
            {key: self.entry} if self.entry else {},
            {key: self.before} if self.before else {},
            ({key: self.evidence} if self.evidence else {}) | ({"9-9": self.elsewhere} if self.elsewhere else {}),
            self.people,
            self.due,
            self.today,
            self.thresholds,
            lambda text: "".join(c for c in dict.fromkeys(text) if c in self.missing_glyphs),
            {key: self.curve} if self.curve else {},
            {key: self.earlier} if self.earlier else None,
            {key: self.changes} if self.changes else {},
            self.as_of,
            self.cutoff,
            self.remarks,
        )

    @property
    def lacking(self) -> list[tuple[str, tuple[str, ...]]]:
        """Which rules had no answer, and what they lacked."""
        return [(item.code, item.lacks) for item in check(self.context).unchecked]

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in check(self.context).findings]

    @property
    def not_checked(self) -> int:
        return check(self.context).not_checked

    def finding(self, code: str) -> Finding:
        """The finding of this code, which must be there once and be the same from check_task."""
        (found,) = [finding for finding in check(self.context).findings if finding.code == code]
        assert found in check_task(self.context, found.task).findings
        return found


@pytest.fixture(autouse=True)
def _without_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    off = os.environ.get(OFF)
    if off:
        for name in ("_LOOKS", "_ON_BLANK"):
            monkeypatch.setattr(run, name, tuple(pair for pair in getattr(run, name) if pair[0].rule.code != off))
        monkeypatch.setattr(run, "REPORT_CHECKS", tuple(each for each in run.REPORT_CHECKS if each.rule.code != off))


@pytest.fixture
def month() -> Month:
    return Month()


@pytest.fixture
def make():
    """The builders of tasks and targets."""

    class Builders:
        pass

    Builders.amount = staticmethod(amount)
    Builders.ratio = staticmethod(ratio)
    Builders.task = staticmethod(task)
    Builders.words = WORDS
    return Builders
