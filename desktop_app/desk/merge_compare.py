"""A colleague's copy of the book beside this one, field by field: only read, so it may be done in any thread.

Both books begin with the same journal, so what stood where they part is known: what only one side changed since is to
be taken, what both changed is a choice. What is found are values; desktop_app.desk.merge_draft takes them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop_app.desk.desk import Desk
from desktop_app.desk.plan_in_force import current_plan
from desktop_app.desk.withholding import withheld
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.disclosure import Say, Withheld
from desktop_app.model.entry import ENTRY_FIELDS, Entry
from desktop_app.model.finding import Explanation
from desktop_app.model.merging import Choice, Drawn, Hand
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store import Book, Month, entries, evidence, explanations, journal, merges, months, taking_back
from desktop_app.store.differences import common_history
from desktop_app.store.public_marks import MARK

_EMPTY = (None, "", "false")


@dataclass(frozen=True)
class Brought:
    """A file that only they have."""

    task: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class ComparedMonth:
    """What differs in a draft that both have; `theirs` are their entries by task, `drawn` tells the rest too."""

    period: Period
    revision: int
    plan_id: str
    drawn: tuple[Drawn, ...]
    choices: tuple[Choice, ...]
    theirs: Mapping[str, Entry]
    notes: tuple[Explanation, ...]
    files: tuple[Brought, ...]
    inside: tuple[Withheld, ...]


@dataclass(frozen=True)
class Compared:
    """The whole copy beside this book; `head` is where its journal stood, `again` that it was merged before."""

    source: str
    head: str
    months: tuple[ComparedMonth, ...]
    skipped: tuple[str, ...]
    again: bool = False

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """What only they wrote."""
        return tuple(row for each in self.months for row in each.drawn)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What both wrote."""
        return tuple(row for each in self.months for row in each.choices)


def compare(desk: Desk, other: Book, source: str) -> Compared:
    """A copy beside this book; ClerkError where it is another unit's."""
    if (other.unit.code, other.kind) != (desk.unit.code, desk.kind):
        raise ClerkError(
            _("{name} 是{other}的填报簿，本填报簿属于{unit}。").format(
                name=source, other=other.unit.name, unit=desk.unit.name
            ),
            _("没有合并任何内容。"),
        )
    head = journal.head(other)
    if merges.known(desk.book, head):
        return Compared(source, head, (), (), again=True)
    common = common_history(desk.book, other)
    found: list[ComparedMonth] = []
    skipped: list[str] = []
    for month in months.months(other):
        compared = _month(desk, other, month, common, source, skipped)
        if compared is not None:
            found.append(compared)
    return Compared(source, head, tuple(found), tuple(skipped))


def _month(
    desk: Desk, other: Book, theirs: Month, common: int, source: str, skipped: list[str]
) -> ComparedMonth | None:
    words = entries.entries(other, theirs.id)
    if not any(not entry.empty for entry in words.values()):
        return None
    ours = months.month(desk.book, theirs.period)
    label = _("{period} 第{revision}版").format(period=theirs.period, revision=theirs.revision)
    draft = theirs.revision == 1 if ours is None else _is_draft(ours, theirs)
    if not draft:
        if theirs.state is MonthState.DRAFT:
            skipped.append(_("{month}在本簿里不是草稿，没有合并。").format(month=label))
        return None
    plan_id = ours.plan_id if ours is not None else current_plan(desk, theirs.period).id
    if plan_id != theirs.plan_id:
        skipped.append(_("{month}两边用的任务表不同，没有合并。").format(month=label))
        return None
    changes = tuple(_fields(desk.book, ours, other, theirs, words, common, source))
    notes = tuple(_notes(desk.book, ours, other, theirs, skipped))
    files = tuple(_files(desk.book, ours, other, theirs, common))
    inside = tuple(_inside(desk, ours, other, theirs.period, common))
    drawn = [
        *(each for each in changes if isinstance(each, Drawn)),
        *(Drawn(theirs.period, note.task, f"{explanations.TEXT}{note.code}", "", note.text, source) for note in notes),
        *(Drawn(theirs.period, file.task, "evidence", "", file.name, source) for file in files),
        *(Drawn(theirs.period, each.task, f"{MARK}:{each.field}", "", str(Say.INSIDE), source) for each in inside),
    ]
    choices = tuple(each for each in changes if isinstance(each, Choice))
    return ComparedMonth(theirs.period, theirs.revision, plan_id, tuple(drawn), choices, words, notes, files, inside)


def _is_draft(ours: Month, theirs: Month) -> bool:
    return ours.revision == theirs.revision and ours.state is MonthState.DRAFT


def _fields(
    book: Book, ours: Month | None, other: Book, theirs: Month, words: Mapping[str, Entry], common: int, source: str
) -> Iterator[Drawn | Choice]:
    """Where the two differ: Drawn where only they changed it since the books parted, Choice where both did."""
    here = entries.entries(book, ours.id) if ours is not None else {}
    since = _stood(book, ours, common) if ours is not None else {}
    for task in sorted(words):
        told, there = entries.texts(here.get(task, Entry(task))), entries.texts(words[task])
        for field in ENTRY_FIELDS:
            mine, its = told[field], there[field]
            if mine == its:
                continue
            base = since.get((task, field), mine) if common else None
            if mine == base or (not common and mine in _EMPTY):
                yield Drawn(theirs.period, task, field, mine or "", its or "", source)
            elif its != base and not (not common and its in _EMPTY):
                hands = (_hand(book, theirs, task, field), _hand(other, theirs, task, field))
                yield Choice(theirs.period, task, field, mine or "", its or "", *hands)


def _hand(book: Book, month: Month, task: str, field: str) -> Hand | None:
    """Who wrote last in a field of this revision, and when."""
    rows = journal.newest(book, month.period, task, field, 1)
    return Hand(rows[0].actor, rows[0].at) if rows and rows[0].revision == month.revision else None


def _stood(book: Book, month: Month, common: int) -> dict[tuple[str, str], str | None]:
    """What stood in each field that this book changed since the books parted."""
    found: dict[tuple[str, str], str | None] = {}
    for row in journal.rows(book, month.period, after=common):
        if row.revision == month.revision and row.task_id and row.field in ENTRY_FIELDS:
            found.setdefault((row.task_id, row.field), row.old)
    return found


def _notes(book: Book, ours: Month | None, other: Book, theirs: Month, skipped: list[str]) -> Iterator[Explanation]:
    """情况说明 that only they wrote; where both wrote one, ours stays, and what they wrote is told."""
    kept = explanations.explanations(book, ours.id) if ours is not None else ()
    here = {(note.task, note.code): note.text for note in kept if note.text}
    for note in explanations.explanations(other, theirs.id):
        mine = here.get((note.task, note.code))
        if note.text and mine is None:
            yield note
        elif note.text and mine != note.text:
            said = _("{period} {task} {code}的情况说明两边都写了，保留本簿的；对方写的是「{text}」。")
            skipped.append(said.format(period=theirs.period, task=note.task, code=note.code, text=note.text))


def _files(book: Book, ours: Month | None, other: Book, theirs: Month, common: int) -> Iterator[Brought]:
    """Files that only they have; one that was taken off here since the books parted stays off, but not by an undo."""
    kept = evidence.evidence(book, ours.id) if ours is not None else ()
    here = {(item.task_id, item.sha256) for item in kept}
    since = journal.rows(book, theirs.period, after=common)
    undone = {row.step for row in since if row.field == taking_back.UNDO}
    gone = {
        (row.task_id, row.old[:64])
        for row in since
        if row.field == taking_back.EVIDENCE and row.old and row.new is None and row.step not in undone
    }
    for item in evidence.evidence(other, theirs.id):
        if (item.task_id, item.sha256) not in here | gone:
            yield Brought(item.task_id, item.name, item.media_type, evidence.content(other, item.sha256))


def _inside(desk: Desk, ours: Month | None, other: Book, period: Period, common: int) -> Iterator[Withheld]:
    """Fields that they keep from the public since the books parted; what they let out stays as it is here."""
    here = {(each.task, each.field) for each in withheld(desk, period)} if ours is not None else set()
    for each in withheld(Desk(other, clock=desk.clock), period):
        earlier = months.month(desk.book, each.since) if each.since < period else None
        if earlier is not None and earlier.state is MonthState.DRAFT:
            continue  # it comes with that month, and stays in this one
        said = journal.rows(other, each.since, each.task, f"{MARK}:{each.field}", after=common)
        if (each.task, each.field) not in here and said:
            yield each
