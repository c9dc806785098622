"""An action plan as data: annexes, tasks with deadlines and targets, district indicators."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from desktop_app.model.later import LATER
from desktop_app.model.sentence import Sentence


class DeadlineKind(StrEnum):
    """What a deadline phrase means."""

    YEAR_END = "year_end"
    HALF_YEAR_END = "half_year_end"
    QUARTER_END = "quarter_end"
    MONTH_END = "month_end"
    DATE = "date"
    EVENT = "event"
    ONGOING = "ongoing"
    STAGED = "staged"
    UNKNOWN = "unknown"


class TargetKind(StrEnum):
    """What a target asks for."""

    QUANTITY = "quantity"
    CEILING = "ceiling"
    RATIO = "ratio"
    TREND = "trend"
    QUALITATIVE = "qualitative"


class Direction(StrEnum):
    """Which way is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    INCREASE = "increase"
    DECREASE = "decrease"
    IMPROVE = "improve"
    STABLE = "stable"
    NONE = "none"


class Obligation(StrEnum):
    """Whether a measure is asked of every district (规定动作) or of one only (特色任务)."""

    MANDATORY = "mandatory"
    DISTRICT_SPECIFIC = "district_specific"


_STATE = re.compile(r"(?:优良|达标|水质|好于).*(?:断面|水体|天数)")


@dataclass(frozen=True, slots=True)
class Deadline:
    """完成时限: the raw text, its kind, and the last day the phrase names (None for events and ongoing work)."""

    raw: str
    kind: DeadlineKind
    day: date | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """目标值: `value` in `unit` exactly as written (36, 万平方米); `scope` is a unit code, or None for all."""

    indicator: str
    kind: TargetKind
    direction: Direction
    value: Decimal | None = None
    unit: str = ""
    scope: str | None = None
    raw: str = ""

    @property
    def state(self) -> bool:
        """Whether this counts a state of the city (优良断面不少于26个断面) rather than work to report on."""
        return self.kind is TargetKind.QUANTITY and bool(_STATE.search(self.raw))


@dataclass(frozen=True, slots=True)
class Task:
    """One measure of the plan. `id` is annex-number, e.g. 3-9; the three unit lists hold codes.

    `open_questions` names the questions still to be settled; a task with one stays marked but can be worked on.
    `confirmed` names the fields whose reading a person confirmed or corrected. `obligation` is None where the table
    makes no difference between 规定动作 and 特色任务.
    """

    id: str
    annex: int
    number: str
    key: bool
    title: str
    measure: str
    deadline: Deadline
    section: str = ""
    lead: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    lead_raw: str = ""
    owners_raw: str = ""
    supporters_raw: str = ""
    targets: tuple[Target, ...] = ()
    open_questions: tuple[str, ...] = ()
    goal_raw: str = field(default="", metadata=LATER)
    obligation: Obligation | None = field(default=None, metadata=LATER)
    confirmed: tuple[str, ...] = field(default=(), metadata=LATER)

    def target_for(self, unit_code: str) -> Target | None:
        """The first amount of work asked of this unit: its own figure where the plan gives one, else the common one."""
        common = None
        for target in self.targets:
            if target.kind is not TargetKind.QUANTITY or target.state:
                continue
            if target.scope == unit_code:
                return target
            if target.scope is None and common is None:
                common = target
        return common

    @property
    def owners_settled(self) -> bool:
        """Whether nobody still has to say who owns this task (相关区政府, …等部门)."""
        return not any(question.endswith("-owners") for question in self.open_questions)

    def has_own_figure(self, unit_code: str) -> bool:
        """Whether the plan gives this unit an amount of its own."""
        return any(target.scope == unit_code and target.value is not None for target in self.targets)


@dataclass(frozen=True, slots=True)
class Aside:
    """A measure left out because another one under its number holds; `after` is the id of the one before it.

    It is kept so that the question which of the two holds can be settled anew.
    """

    task: Task
    after: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One column of the district indicators 各区指标: one target per district that it applies to."""

    id: str
    annex: int
    number: str
    group: str
    name: str
    unit: str
    targets: tuple[Target, ...]

    def target_for(self, unit_code: str) -> Target | None:
        """This unit's target, None where the indicator does not apply to it."""
        return next((target for target in self.targets if target.scope == unit_code), None)


@dataclass(frozen=True, slots=True)
class Annex:
    """附件: number, title as the table gives it, and its notes."""

    number: int
    title: str
    sheet: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What an import could not derive. `choices` are answers that `plan answer` takes as they stand.

    kind: owners, deadline, target, header, duplicate, unknown_unit. `answer` is None while it is open. `subject` is the
    phrase or heading asked about; `offered` is what was answered about the same words in an earlier plan, never taken
    by itself. `where` and `text` are plain Chinese; `place` and `words` say them in the language of the moment.
    """

    id: str
    kind: str
    where: str
    text: str
    choices: tuple[str, ...]
    task: str | None = None
    answer: str | None = None
    subject: str = ""
    offered: str | None = None
    where_said: Sentence | None = field(default=None, metadata=LATER)
    text_said: Sentence | None = field(default=None, metadata=LATER)

    @property
    def place(self) -> str:
        """Where it was asked, in the language of the moment; as it was kept in a book of the first months."""
        return str(self.where_said or self.where)

    @property
    def words(self) -> str:
        """What is asked, in the language of the moment; as it was kept in a book of the first months."""
        return str(self.text_said or self.text)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person settled about a plan: an answer (3-16-owners) or a reading (3-9.deadline).

    `was` is the table's own mark where nothing else keeps it (key, obligation).
    """

    id: str
    choice: str
    by: str = ""
    at: datetime | None = None
    was: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a measure or an indicator that differs between two plans, in the words of either.

    `id` is the one in the newer plan, `was` the one in the older.
    """

    id: str
    field: str
    old: str
    new: str
    was: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans held against each other: ids of the newer one, but for `dropped`, which are the older one's.

    `same` pairs the id of every measure in the older plan with its id in the newer one, moved or not.
    """

    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    added_indicators: tuple[str, ...] = ()
    dropped_indicators: tuple[str, ...] = ()
    changed_indicators: tuple[Change, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        differs = (self.added, self.dropped, self.changed)
        return not any((*differs, self.added_indicators, self.dropped_indicators, self.changed_indicators))


@dataclass(frozen=True, slots=True)
class Plan:
    """行动计划. `id` is the sha256 of the table it came from; `sample` marks invented text (示例任务集).

    `unread` keeps (task, heading, text) of columns that nobody has explained yet, for the answer to put in place.
    `issued`, `effective` and `repealed` are days as the notice or a person gives them, `repeals` the document numbers
    that this plan puts out of force. A mid-year revision names the table before it in `previous`, what changed against
    that in `comparison`, and keeps in `dropped` the measures of earlier revisions that are gone, so that what was
    written on them stays readable. `aside` holds doubles that an answer left out. `warnings` are plain Chinese;
    `remarks` say them in the language of the moment.
    """

    id: str
    year: int
    title: str
    document_number: str
    revision: int
    source: str
    sample: bool
    annexes: tuple[Annex, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    unread: tuple[tuple[str, str, str], ...] = field(default=())
    issued: date | None = None
    effective: date | None = None
    repealed: date | None = None
    repeals: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    previous: str | None = None
    comparison: Comparison | None = None
    dropped: tuple[Task, ...] = ()
    warnings_said: tuple[Sentence, ...] = field(default=(), metadata=LATER)
    aside: tuple[Aside, ...] = field(default=(), metadata=LATER)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to mind about the import, in the language of the moment."""
        return tuple(map(str, self.warnings_said)) or self.warnings

    @property
    def starts(self) -> date:
        """The day from which the plan is in force: as stated, else its issue, else the year's first day."""
        return self.effective or self.issued or date(self.year, 1, 1)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that nobody has answered yet."""
        return tuple(question for question in self.questions if question.answer is None)

    def task(self, task_id: str) -> Task | None:
        """The task of this id."""
        return next((task for task in self.tasks if task.id == task_id), None)

    def owned_by(self, unit_code: str) -> tuple[Task, ...]:
        """The tasks that this unit must report on: those it owns (主责), as far as their owners are settled."""
        return tuple(task for task in self.tasks if unit_code in task.owners and task.owners_settled)

    def supported_by(self, unit_code: str) -> tuple[Task, ...]:
        """The tasks this unit may report on: led or supported by it, or naming it while owners are asked for."""
        return tuple(
            task
            for task in self.tasks
            if unit_code in (*task.lead, *task.supporters, *task.owners)
            and not (unit_code in task.owners and task.owners_settled)
        )
