"""A unit is a desk for its own towns and departments: their signed reports flow into its draft, each with its source.

Amounts are summed over the newest report of every town; words are offered and never put over the unit's own.
"""

from decimal import Decimal

from desktop_app.desk import bureau, revision_chain
from desktop_app.desk.desk import Desk
from desktop_app.desk.merge_draft import THEIRS, Take
from desktop_app.desk.month import MonthView, open_month
from desktop_app.desk.save_entry import refuse_sealed
from desktop_app.exchange import to_report
from desktop_app.language import _
from desktop_app.model.merging import Choice, Drawn, Merged
from desktop_app.model.plain import decimal_text
from desktop_app.model.report import Report
from desktop_app.store import KeptReport, ReportHead, entries, journal, merges, months, report_digests

AMOUNTS = ("this_month", "cumulative", "under_way")
TEXTS = ("narrative", "problems", "next_steps", "coordination")


def merge(desk: Desk, pdf: bytes, take: Take) -> Merged:
    """Keep a town's report, and draw its period's figures into the draft."""
    row, _effect = bureau.take_bytes(desk, pdf)
    with desk.book.together():  # what is drawn, and from whom
        return _draw(desk, row, take)


def _draw(desk: Desk, row: KeptReport, take: Take) -> Merged:
    view = open_month(desk, row.period)
    month = months.month(desk.book, row.period)
    if month is None:
        raise LookupError(f"{row.period} was opened and is not there")
    refuse_sealed(month)
    towns = _newest(desk, view)
    drawn: list[Drawn] = []
    choices: list[Choice] = []
    writes: dict[str, dict[str, object]] = {}
    for change in (*_sums(desk, view, towns), *_words(view, towns)):
        settled = THEIRS if isinstance(change, Drawn) else take(change)
        if settled == THEIRS:
            made = change if isinstance(change, Drawn) else _taken(change, row.unit_name)
            drawn.append(made)
            value = Decimal(made.new) if made.field in AMOUNTS else made.new
            writes.setdefault(made.task, {})[made.field] = value
        elif settled is None and isinstance(change, Choice):
            choices.append(change)
    if writes:
        entries.save_many(desk.book, month, writes, desk.now(), desk.actor)
        merges.mark(desk.book, month, drawn, desk.now(), desk.actor)
    return Merged(row.unit_name, tuple(drawn), tuple(choices), _strange(view, towns), again=not drawn and not choices)


def _newest(desk: Desk, view: MonthView) -> list[Report]:
    """The newest report of every town for this month."""
    newest: dict[str, ReportHead] = {}
    for head in report_digests.heads(desk.book, view.period):
        before = newest.get(head.unit_code)
        if before is None or head.revision > before.revision:
            newest[head.unit_code] = head
    return [to_report(revision_chain.data_of(desk, head.sha256)) for head in newest.values()]


def _sums(desk: Desk, view: MonthView, towns: list[Report]) -> list[Drawn | Choice]:
    """Amounts: put where nothing stands, or where an earlier sum stands; anything else is the clerk's own figure."""
    found: list[Drawn | Choice] = []
    for row in view.rows:
        said = [(town, entry) for town in towns if (entry := town.entry(row.task.id)) is not None]
        for field in AMOUNTS:
            parts = [(town, value) for town, entry in said if (value := getattr(entry, field)) is not None]
            if not parts:
                continue
            total, mine = sum((value for _town, value in parts), Decimal(0)), getattr(row.entry, field)
            if mine == total:
                continue
            source = "、".join(f"{town.unit.name} {decimal_text(value)}" for town, value in parts)
            ours, theirs = "" if mine is None else decimal_text(mine), decimal_text(total)
            if mine is None or ours in _summed(desk, view, row.task.id, field):
                found.append(Drawn(view.period, row.task.id, field, ours, theirs, source))
            else:
                found.append(Choice(view.period, row.task.id, field, ours, theirs))
    return found


def _summed(desk: Desk, view: MonthView, task: str, field: str) -> set[str]:
    """Figures that an earlier merge put there: then the last word on this field was not a person's."""
    rows = journal.newest(desk.book, view.period, task, field, 1)
    marks = journal.newest(desk.book, view.period, task, f"drawn:{field}", 1)
    return {str(marks[0].new)} if rows and marks and rows[0].new == marks[0].new else set()


def _words(view: MonthView, towns: list[Report]) -> list[Choice]:
    """Words that are not in the unit's own yet, town by town."""
    found = []
    for row in view.rows:
        for field in TEXTS:
            mine = getattr(row.entry, field)
            parts = [
                f"{town.unit.short_name}：{text}"
                for town in towns
                if (entry := town.entry(row.task.id)) is not None and (text := getattr(entry, field).strip())
            ]
            new = [part for part in parts if part not in mine]
            if new:
                found.append(Choice(view.period, row.task.id, field, mine, "\n".join(new)))
    return found


def _taken(choice: Choice, source: str) -> Drawn:
    """A choice for theirs: a figure replaces, words are added below what stands there."""
    text = choice.theirs
    if choice.field in TEXTS and choice.ours.strip():
        text = f"{choice.ours.rstrip()}\n{choice.theirs}"
    return Drawn(choice.period, choice.task, choice.field, choice.ours, text, source)


def _strange(view: MonthView, towns: list[Report]) -> tuple[str, ...]:
    """Tasks that a town reports and this unit does not have."""
    known = {row.task.id for row in view.rows}
    return tuple(
        _("{unit}报了任务 {task}，本单位没有这项任务。").format(unit=town.unit.name, task=entry.task_id)
        for town in towns
        for entry in town.entries
        if entry.task_id not in known
    )
