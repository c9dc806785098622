"""The year as far as it has come: what each task has reached, where its pace leads, what of it is to be doubted."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from desktop_app.language import N_
from desktop_app.model.period import Period
from desktop_app.model.plan import Task


@dataclass(frozen=True, slots=True)
class Stated:
    """What the report of one month states: the cumulative amount at its end, and its own amount where given."""

    month: int
    cumulative: Decimal
    this_month: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """The cumulative amount at the end of month `until`, if every month to come were like the slowest, the mean, the
    fastest of the `months` so far."""

    low: Decimal
    mid: Decimal
    high: Decimal
    until: int
    months: int


class NoForecast(StrEnum):
    """Why nothing is forecast."""

    DONE = "done"
    NO_FIGURES = "no_figures"
    FEW_MONTHS = "few_months"
    SEASONAL = "seasonal"
    OWN_CURVE = "own_curve"
    UNEVEN = "uneven"


WHY_NOT = {
    NoForecast.DONE: N_("已达到目标，不再推算"),
    NoForecast.NO_FIGURES: N_("没有可以与目标相比的累计数，不推算"),
    NoForecast.FEW_MONTHS: N_("报过累计数的不足三个月，不推算"),
    NoForecast.SEASONAL: N_("按季节或节点推进，不能按月均推算"),
    NoForecast.OWN_CURVE: N_("计划另有进度曲线，不按月均推算"),
    NoForecast.UNEVEN: N_("一半以上的月份没有新增，不能按月均推算"),
}


class Standing(StrEnum):
    """Whether the target will be there by its date; OPEN where that cannot be said."""

    DONE = "done"
    MISSED = "missed"
    WILL_MISS = "will_miss"
    AT_RISK = "at_risk"
    ON_COURSE = "on_course"
    OPEN = "open"


OUTLOOK_WORDS = {
    Standing.DONE: N_("已达到目标"),
    Standing.MISSED: N_("时限已到，没有完成"),
    Standing.WILL_MISS: N_("照此进度完不成"),
    Standing.AT_RISK: N_("可能完不成"),
    Standing.ON_COURSE: N_("照此进度能完成"),
    Standing.OPEN: N_("不能推算"),
}


class Likeness(StrEnum):
    """How a task of last year was recognised."""

    SAME_WORDS = "same_words"
    SAME_NUMBER = "same_number"
    ALIKE = "alike"


LIKENESS_WORDS = {
    Likeness.SAME_WORDS: N_("措施文字相同（数字除外）"),
    Likeness.SAME_NUMBER: N_("编号相同、文字相近"),
    Likeness.ALIKE: N_("编号不同、文字相近"),
}


@dataclass(frozen=True, slots=True)
class Course:
    """A task over a year that is over, from its newest month's report; `percents` of the target by month.

    `target` and `actual` are None where it had no amount, or no month stated one.
    """

    task: Task
    period: Period
    check_code: str
    unit: str = ""
    target: Decimal | None = None
    actual: Decimal | None = None
    percents: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedCourses:
    """A year's tasks as a verified archive told them; `listing_sha256` is the sum of its list of sums.

    `trusted`: every signature led to a certificate that was known here.
    """

    year: int
    folder: str
    listing_sha256: str
    trusted: bool
    months: int
    at: datetime
    actor: str
    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class LastYear:
    """What seems to be the same task a year ago; `percents` by month, `same_month` that of the month now reached."""

    task: Task
    likeness: Likeness
    period: Period
    check_code: str
    unit: str
    target: Decimal
    actual: Decimal
    percents: tuple[tuple[int, Decimal], ...]
    same_month: Decimal | None


@dataclass(frozen=True, slots=True)
class TaskOutlook:
    """One task with an amount. Amounts are in `unit`; where the plan's amount is the whole city's, in percent of the
    clerk's own rate, `unit` "%" and `target` 100.

    `points` and `schedule` are (month, percent of the target); `at_date` is the forecast for `due_month`, that of the
    deadline counted from January of the plan's year; `needed` is what each month until then must bring.
    """

    id: str
    task: Task
    unit: str
    target: Decimal
    source: Period
    revision: int
    check_code: str
    stated: tuple[Stated, ...]
    points: tuple[tuple[int, Decimal], ...]
    schedule: tuple[tuple[int, Decimal], ...]
    due_month: int
    forecast: Forecast | None
    at_date: Forecast | None
    why_not: NoForecast | None
    needed: Decimal | None
    standing: Standing
    last_year: LastYear | None = None

    @property
    def actual(self) -> Decimal | None:
        """The cumulative amount last stated."""
        return self.stated[-1].cumulative if self.stated else None

    @property
    def will_miss(self) -> bool | None:
        """Whether the date will be missed at the mean pace; None where that cannot be said."""
        if self.standing is Standing.OPEN:
            return None
        return self.standing in (Standing.MISSED, Standing.WILL_MISS)

    @property
    def beyond_fastest(self) -> bool:
        """Whether the target would be missed even if every month to come were like the fastest so far."""
        return self.standing is Standing.MISSED or (
            self.standing is Standing.WILL_MISS and self.at_date is not None and self.at_date.high < self.target
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """A year's tasks with an amount in the plan's order; `left` counts the tasks to report on that have none.

    `compared` counts those with a task of last year, None where nothing is known of that year; `archive` is where the
    figures of last year come from, None where it is this book.
    """

    year: int
    last: Period
    months: int
    tasks: tuple[TaskOutlook, ...]
    left: int
    sample: bool
    compared: int | None = None
    archive: ArchivedCourses | None = None
