"""One task's row as the rules see it: entry, last month, evidence, and what follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.checks.context import CheckContext
from desktop_app.checks.schedule import expected_percent, has_passed
from desktop_app.checks.words import gives_reason
from desktop_app.model.entry import NUMBER_FIELDS, TEXT_FIELDS, Entry, Evidence, Status
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import Target, TargetKind, Task

_LARGEST_EXPONENT = 14
_MOST_DECIMALS = 10
_BELIEVED = tuple(name for name in NUMBER_FIELDS if name != "under_way")


def believable(value: Decimal | None) -> bool:
    """Whether a number can be reckoned with: finite, below 10^15, at most ten decimals."""
    if value is None or not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and value.adjusted() <= _LARGEST_EXPONENT and -_MOST_DECIMALS <= exponent <= 15


def is_blank(entry: Entry | None) -> bool:
    """Whether nothing was filled in, spaces apart."""
    return entry is None or (
        entry.status is None
        and not entry.nil
        and all(getattr(entry, name) is None for name in NUMBER_FIELDS)
        and not any(getattr(entry, name).strip() for name in TEXT_FIELDS)
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A filled or required row. Numbers that cannot be reckoned with are None here; `own` is the unit's own amount.

    `share` is the percent done (the clerk's own, else cumulative of `own`); `lag` how many points it lies behind
    schedule, None where either is unknown; `passed` whether the deadline lies in the period or before it.
    """

    context: CheckContext
    task: Task
    required: bool
    entry: Entry
    blank: bool
    evidence: tuple[Evidence, ...]
    amount: Target | None
    own: Decimal | None
    this_month: Decimal | None
    cumulative: Decimal | None
    percent: Decimal | None
    previous: Entry | None
    last_cumulative: Decimal | None
    reason: bool
    done: bool
    passed: bool
    expected: Decimal
    share: Decimal | None
    lag: Decimal | None

    @property
    def label(self) -> str:
        """3-9「排口溯源整治」."""
        return f"{self.task.id}「{self.task.title.lstrip('★').strip()}」"

    @property
    def unit_word(self) -> str:
        """The measure word of the amount."""
        return self.amount.unit if self.amount else ""

    def measured(self, value: Decimal) -> str:
        """17 个, or 17 where the task has no amount."""
        return f"{decimal_text(value)} {self.unit_word}".rstrip()

    @property
    def leads_with_amount(self) -> bool:
        """Whether the measure asks first of all for an amount of work.

        Where a ratio comes first (优良比例不低于70.3%，优良断面不少于26个), the amount after it only restates it.
        """
        return self.own is not None or (
            self.amount is not None and bool(self.task.targets) and self.task.targets[0].kind is TargetKind.QUANTITY
        )

    def texts(self) -> Iterator[tuple[str, str]]:
        """The field and text of everything written in this row, names of evidence files included."""
        for name in TEXT_FIELDS:
            text = getattr(self.entry, name)
            if text:
                yield name, text
        for item in self.evidence:
            yield "evidence", item.name


def make_row(context: CheckContext, task: Task, *, required: bool) -> Row:
    """Look a task's values up and reckon what follows from them."""
    entry = context.entries.get(task.id) or Entry(task.id)
    numbers = {name: _believed(getattr(entry, name)) for name in _BELIEVED}
    # A plan's year starts from nothing: January is not held against the December of another plan.
    previous = context.previous.get(task.id) if context.period.month > 1 else None
    amount = task.target_for(context.unit.code)
    own = _own_amount(amount, context.unit.code)
    expected = expected_percent(task.deadline, context.plan.year, context.period)
    share = _share(numbers["percent"], numbers["cumulative"], own)
    status = entry.status or (previous.status if previous and entry.nil else None)
    return Row(
        context=context,
        task=task,
        required=required,
        entry=entry,
        blank=is_blank(entry),
        evidence=context.evidence.get(task.id, ()),
        amount=amount,
        own=own,
        **numbers,
        previous=previous,
        last_cumulative=_believed(previous.cumulative) if previous else None,
        reason=gives_reason(entry.problems) or (entry.nil and gives_reason(entry.nil_reason)),
        done=status is Status.DONE,
        passed=has_passed(task.deadline, context.period),
        expected=expected,
        share=share,
        lag=None if share is None else expected - share,
    )


def _believed(value: Decimal | None) -> Decimal | None:
    return value if believable(value) else None


def _own_amount(amount: Target | None, unit_code: str) -> Decimal | None:
    """The figure that the plan gives this unit alone; None where there is none to divide by."""
    if amount is None or amount.scope != unit_code or amount.value is None or amount.value <= 0:
        return None
    return amount.value


def _share(percent: Decimal | None, cumulative: Decimal | None, own: Decimal | None) -> Decimal | None:
    if percent is not None:
        return percent
    if cumulative is not None and own is not None:
        return cumulative * 100 / own
    return None
