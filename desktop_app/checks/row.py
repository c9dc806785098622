"""One task's row as the rules see it: entry, last month, evidence, and what follows from them."""

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.checks.context import CheckContext
from desktop_app.checks.counting import believable, in_whole_pieces
from desktop_app.checks.schedule import expected_percent, has_passed
from desktop_app.checks.thresholds import POINTS, Thresholds
from desktop_app.checks.words import gives_reason
from desktop_app.model.entry import NUMBER_FIELDS, TEXT_FIELDS, Entry, Evidence, Status
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import Target, TargetKind, Task

_NONE = Decimal(0)


def is_blank(entry: Entry | None) -> bool:
    """Whether nothing was filled in, spaces apart."""
    return entry is None or (
        entry.status is None
        and not entry.nil
        and all(getattr(entry, name) is None for name in NUMBER_FIELDS)
        and not any(getattr(entry, name).strip() for name in TEXT_FIELDS)
    )


@dataclass(slots=True)
class Row:
    """A filled or required row. Numbers that cannot be reckoned with are None here; `own` is the unit's own amount.

    `texts` is the field and text of everything written in the row, names of evidence files included, and `writing` all
    of it in one piece, for a first look. `share` is the percent done (the clerk's own, else cumulative of `own`); `lag`
    how many points it lies behind schedule, None where either is unknown, and `behind` and `serious` whether that
    passes the bounds (in whole pieces: of one yearly drill nothing is missing before its deadline); `passed` whether
    the deadline lies in the period or before it. Never changed once made; not frozen because that would cost as much as
    all rules together.
    """

    context: CheckContext
    task: Task
    required: bool
    entry: Entry
    blank: bool
    evidence: tuple[Evidence, ...]
    texts: tuple[tuple[str, str], ...]
    writing: str
    amount: Target | None
    own: Decimal | None
    this_month: Decimal | None
    cumulative: Decimal | None
    percent: Decimal | None
    under_way: Decimal | None
    previous: Entry | None
    last_cumulative: Decimal | None
    reason: bool
    done: bool
    passed: bool
    expected: Decimal
    share: Decimal | None
    lag: Decimal | None
    behind: bool
    serious: bool

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


def make_row(context: CheckContext, task: Task, *, required: bool) -> Row:
    """Look a task's values up and reckon what follows from them."""
    entry = context.entries.get(task.id) or Entry(task.id)
    evidence = context.evidence.get(task.id, ())
    percent, cumulative = _believed(entry.percent), _believed(entry.cumulative)
    # A plan's year starts from nothing: January is not held against the December of another plan.
    previous = context.previous.get(task.id) if context.period.month > 1 else None
    amount = task.target_for(context.unit.code)
    own = _own_amount(amount, context.unit.code)
    expected = expected_percent(task.deadline, context.plan.year, context.period, context.curves.get(task.id))
    due = in_whole_pieces(expected, amount)
    share = _share(percent, cumulative, own)
    status = entry.status or (previous.status if previous and entry.nil else None)
    texts = _texts(entry, evidence)
    return Row(
        context=context,
        task=task,
        required=required,
        entry=entry,
        blank=is_blank(entry),
        evidence=evidence,
        texts=texts,
        writing=" ".join([text for _name, text in texts]),
        amount=amount,
        own=own,
        this_month=_believed(entry.this_month),
        cumulative=cumulative,
        percent=percent,
        under_way=_believed(entry.under_way),
        previous=previous,
        last_cumulative=_believed(previous.cumulative) if previous else None,
        reason=gives_reason(entry.problems) or (entry.nil and gives_reason(entry.nil_reason)),
        done=status is Status.DONE,
        passed=has_passed(task.deadline, context.period),
        expected=expected,
        share=share,
        lag=None if share is None else expected - share,
        behind=_lags(share, due, context.thresholds, grave=False),
        serious=_lags(share, due, context.thresholds, grave=True),
    )


def _texts(entry: Entry, evidence: tuple[Evidence, ...]) -> tuple[tuple[str, str], ...]:
    found = [(name, text) for name in TEXT_FIELDS if (text := getattr(entry, name))]
    found += [("evidence", item.name) for item in evidence]
    return tuple(found)


def _lags(share: Decimal | None, expected: Decimal, bounds: Thresholds, *, grave: bool) -> bool:
    """Whether the share done lies behind schedule by the bound that counts: points below it, or a part of it."""
    if share is None or share >= expected:
        return False
    if bounds.lag_measure == POINTS:
        return expected - share >= (bounds.serious if grave else bounds.behind)
    return share * 100 < expected * (bounds.serious_ratio if grave else bounds.behind_ratio)


def _believed(value: Decimal | None) -> Decimal | None:
    return value if value is not None and believable(value) else None


def _own_amount(amount: Target | None, unit_code: str) -> Decimal | None:
    """The figure that the plan gives this unit alone; None where there is none to divide by."""
    if amount is None or amount.scope != unit_code or amount.value is None or amount.value <= _NONE:
        return None
    return amount.value


def _share(percent: Decimal | None, cumulative: Decimal | None, own: Decimal | None) -> Decimal | None:
    if percent is not None:
        return percent
    if cumulative is not None and own is not None:
        return cumulative * 100 / own
    return None
