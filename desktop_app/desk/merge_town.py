"""A unit is a desk for its own towns and departments: their signed reports flow into its draft, each with its source.

Amounts are summed over the reports that count; words are offered and never put over the unit's own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.desk import bureau, revision_chain
from desktop_app.desk.desk import Desk
from desktop_app.desk.merge_draft import THEIRS, Take
from desktop_app.desk.month import MonthView, kept_month, open_month
from desktop_app.desk.save_entry import refuse_sealed
from desktop_app.errors import ClerkError
from desktop_app.exchange import to_report
from desktop_app.language import _
from desktop_app.model.merging import Choice, Drawn, Merged
from desktop_app.model.period import Period
from desktop_app.model.plain import decimal_text
from desktop_app.model.report_body import Report
from desktop_app.store import KeptReport, ReportHead, entries, journal, merges, report_digests, settings

AMOUNTS = ("this_month", "cumulative", "under_way")
TEXTS = ("narrative", "problems", "next_steps", "coordination")
DRAWN = "drawn-reports:"


@dataclass(frozen=True)
class Town:
    """The report of a town that counts, and its earlier revisions."""

    report: Report
    before: tuple[Report, ...]


@dataclass(frozen=True)
class Offered:
    """What a report that is held here would bring into the draft, and what stays a choice."""

    row: KeptReport
    drawn: tuple[Drawn, ...]
    choices: tuple[Choice, ...]
    skipped: tuple[str, ...]

    @property
    def source(self) -> str:
        """Whose report it is."""
        return self.row.unit_name

    @property
    def again(self) -> bool:
        """Whether nothing is left to do."""
        return not self.drawn and not self.choices


def merge(desk: Desk, pdf: bytes, take: Take) -> Merged:
    """Keep a town's report, and draw its period's figures into the draft."""
    return draw(desk, bureau.take_bytes(desk, pdf)[0], take)


def offer(desk: Desk, row: KeptReport) -> Offered:
    """What drawing it would do; the month is opened, nothing is written in it."""
    _refuse_returned(row)
    view = open_month(desk, row.period)
    refuse_sealed(kept_month(desk, row.period))
    towns = _counted(desk, view, {*drawn_by_hand(desk, row.period), row.sha256})
    changes = (*_sums(desk, view, towns), *_words(view, towns))
    drawn = tuple(each for each in changes if isinstance(each, Drawn))
    choices = tuple(each for each in changes if isinstance(each, Choice))
    return Offered(row, drawn, choices, _strange(view, towns))


def draw(desk: Desk, row: KeptReport, take: Take) -> Merged:
    """Draw the figures of a report's period into the draft, this report among them; words as `take` settles them.

    Counted is of every town the newest report that was accepted, or drawn by a person; never one that went back.
    """
    _refuse_returned(row)
    with desk.book.together():  # what is drawn, and from whom
        return _draw(desk, row, take)


def _draw(desk: Desk, row: KeptReport, take: Take) -> Merged:
    view = open_month(desk, row.period)
    month = kept_month(desk, row.period)
    refuse_sealed(month)
    by_hand = {*drawn_by_hand(desk, row.period), row.sha256}
    count_only(desk, row.period, tuple(by_hand))
    towns = _counted(desk, view, by_hand)
    drawn: list[Drawn] = []
    choices: list[Choice] = []
    writes: dict[str, dict[str, object]] = {}
    for change in (*_sums(desk, view, towns), *_words(view, towns)):
        settled = THEIRS if isinstance(change, Drawn) else take(change)
        if settled == THEIRS:
            made = change if isinstance(change, Drawn) else _taken(change, row.unit_name, towns)
            drawn.append(made)
            value = Decimal(made.new) if made.field in AMOUNTS else made.new
            writes.setdefault(made.task, {})[made.field] = value
        elif settled is None and isinstance(change, Choice):
            choices.append(change)
    if writes:
        entries.save_many(desk.book, month, writes, desk.now(), desk.actor)
        merges.mark(desk.book, month, drawn, desk.now(), desk.actor)
    return Merged(row.unit_name, tuple(drawn), tuple(choices), _strange(view, towns), again=not drawn and not choices)


def _refuse_returned(row: KeptReport) -> None:
    if row.answer == "returned":
        raise ClerkError(
            _("{unit} {period} 第{revision}版已经退回，不并入草稿。").format(
                unit=row.unit_name, period=row.period, revision=row.revision
            ),
            _("请等报送单位更正后的新一版。"),
        )


def drawn_by_hand(desk: Desk, period: Period) -> tuple[str, ...]:
    """The reports that a person drew before they were accepted."""
    return tuple(settings.get(desk.book, f"{DRAWN}{period}") or ())


def count_only(desk: Desk, period: Period, reports: Sequence[str]) -> None:
    """Let these and no others count as drawn by a person."""
    settings.put(desk.book, f"{DRAWN}{period}", sorted(reports), at=desk.now(), actor=desk.actor)


def _counted(desk: Desk, view: MonthView, by_hand: Collection[str]) -> list[Town]:
    """The report of every town that counts this month; `by_hand` are those that a person drew."""
    held: dict[str, list[ReportHead]] = {}
    for head in report_digests.heads(desk.book, view.period):
        held.setdefault(head.unit_code, []).append(head)
    found = []
    for heads in held.values():
        counts = [row for row in heads if row.answer == "accepted" or (row.answer is None and row.sha256 in by_hand)]
        if counts:
            newest = max(counts, key=lambda row: row.revision)
            before = [_report(desk, row) for row in heads if row.revision < newest.revision]
            found.append(Town(_report(desk, newest), tuple(before)))
    return found


def _report(desk: Desk, head: ReportHead) -> Report:
    return to_report(revision_chain.data_of(desk, head.sha256))


def _sums(desk: Desk, view: MonthView, towns: list[Town]) -> list[Drawn | Choice]:
    """Amounts: put where nothing stands, or where an earlier sum stands; anything else is the clerk's own figure."""
    found: list[Drawn | Choice] = []
    for row in view.rows:
        said = [(each.report, entry) for each in towns if (entry := each.report.entry(row.task.id)) is not None]
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


def _words(view: MonthView, towns: list[Town]) -> list[Choice]:
    """Words that are not in the unit's own yet, town by town."""
    found = []
    for row in view.rows:
        for field in TEXTS:
            mine = getattr(row.entry, field)
            parts = [part for town in towns if (part := _part(town.report, row.task.id, field))]
            new = [part for part in parts if part not in mine]
            if new:
                found.append(Choice(view.period, row.task.id, field, mine, "\n".join(new)))
    return found


def _part(report: Report, task: str, field: str) -> str:
    """What a town says, with its name before it; "" where it says nothing."""
    entry = report.entry(task)
    text = getattr(entry, field).strip() if entry is not None else ""
    return f"{report.unit.short_name}：{text}" if text else ""


def _taken(choice: Choice, source: str, towns: list[Town]) -> Drawn:
    """A choice for theirs: a figure replaces, words are added below what stands there.

    What stood there of the same town's earlier revision goes: a correction is not said beside what it corrects.
    """
    if choice.field not in TEXTS:
        return Drawn(choice.period, choice.task, choice.field, choice.ours, choice.theirs, source)
    ours, names = f"\n{choice.ours}\n", []
    for town in towns:
        now = _part(town.report, choice.task, choice.field)
        if not now or now not in choice.theirs:
            continue
        names.append(town.report.unit.name)
        for was in (_part(report, choice.task, choice.field) for report in town.before):
            ours = ours.replace(f"\n{was}\n", "\n") if was else ours
    text = "\n".join(filter(None, (ours[1:-1].rstrip(), choice.theirs)))
    return Drawn(choice.period, choice.task, choice.field, choice.ours, text, "、".join(names) or source)


def _strange(view: MonthView, towns: list[Town]) -> tuple[str, ...]:
    """Tasks that a town reports and this unit does not have."""
    known = {row.task.id for row in view.rows}
    return tuple(
        _("{unit}报了任务 {task}，本单位没有这项任务。").format(unit=each.report.unit.name, task=entry.task_id)
        for each in towns
        for entry in each.report.entries
        if entry.task_id not in known
    )
