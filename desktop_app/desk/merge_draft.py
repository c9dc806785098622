"""Two clerks without a server: a copy of the book worked on elsewhere is merged back, field by field.

Both books begin with the same journal, so what stood where they part is known: what only one side changed since is
taken, what both changed is a choice. What is taken and the note that it was are one transaction.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month
from desktop_app.desk.unlocking import read_aside
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import ENTRY_FIELDS, Entry
from desktop_app.model.finding import Explanation
from desktop_app.model.merging import Choice, Drawn, Merged
from desktop_app.model.report import MonthState
from desktop_app.store import Book, Month, entries, evidence, explanations, journal, merges, months
from desktop_app.store.differences import common_history

OURS, THEIRS = "ours", "theirs"
Take = Callable[[Choice], str | None]
_EMPTY = (None, "", "false")


def merge(desk: Desk, file: Path, take: Take) -> Merged:
    """Bring a copy's drafts into this book's; ClerkError where it is another unit's. `take` settles choices."""
    with read_aside(file) as other:
        if (other.unit.code, other.kind) != (desk.unit.code, desk.kind):
            raise ClerkError(
                _("{name} 是{other}的填报簿，本填报簿属于{unit}。").format(
                    name=file.name, other=other.unit.name, unit=desk.unit.name
                ),
                _("没有合并任何内容。"),
            )
        head = journal.head(other)
        if merges.known(desk.book, head):
            return Merged(file.name, (), (), again=True)
        common = common_history(desk.book, other)
        drawn: list[Drawn] = []
        choices: list[Choice] = []
        skipped: list[str] = []
        with desk.book.together():
            for month in months.months(other):
                done = _merge_month(desk, other, month, common, take, file.name)
                drawn += done[0]
                choices += done[1]
                skipped += done[2]
            if not choices:
                merges.note(desk.book, head, desk.now(), desk.actor)
        return Merged(file.name, tuple(drawn), tuple(choices), tuple(skipped))


def _merge_month(
    desk: Desk, other: Book, theirs: Month, common: int, take: Take, source: str
) -> tuple[list[Drawn], list[Choice], list[str]]:
    words = entries.entries(other, theirs.id)
    if not any(not entry.empty for entry in words.values()):
        return [], [], []
    ours = months.month(desk.book, theirs.period)
    if ours is None:
        open_month(desk, theirs.period)
        ours = months.month(desk.book, theirs.period)
    label = _("{period} 第{revision}版").format(period=theirs.period, revision=theirs.revision)
    if ours is None or ours.revision != theirs.revision or ours.state is not MonthState.DRAFT:
        changed = theirs.state is MonthState.DRAFT
        return [], [], [_("{month}在本簿里不是草稿，没有合并。").format(month=label)] if changed else []
    if ours.plan_id != theirs.plan_id:
        return [], [], [_("{month}两边用的任务表不同，没有合并。").format(month=label)]
    drawn: list[Drawn] = []
    choices: list[Choice] = []
    writes: dict[str, dict[str, object]] = {}
    for change in _fields(desk, ours, words, common):
        settled = THEIRS if isinstance(change, Drawn) else take(change)
        new = change.new if isinstance(change, Drawn) else change.theirs
        if settled == THEIRS:
            old = change.old if isinstance(change, Drawn) else change.ours
            drawn.append(Drawn(ours.period, change.task, change.field, old, new, source))
            writes.setdefault(change.task, {})[change.field] = getattr(words[change.task], change.field)
        elif settled is None and isinstance(change, Choice):
            choices.append(change)
    if writes:
        entries.save_many(desk.book, ours, writes, desk.now(), desk.actor)
    drawn += _explanations(desk, other, ours, theirs, source)
    drawn += _evidence(desk, other, ours, theirs, common, source)
    return drawn, choices, []


def _fields(desk: Desk, ours: Month, theirs: Mapping[str, Entry], common: int) -> Iterator[Drawn | Choice]:
    """Where the two differ: Drawn where only they changed it since the books parted, Choice where both did."""
    here = entries.entries(desk.book, ours.id)
    since = _stood(desk.book, ours, common)
    for task in sorted(theirs):
        told, other = entries.texts(here.get(task, Entry(task))), entries.texts(theirs[task])
        for field in ENTRY_FIELDS:
            mine, its = told[field], other[field]
            if mine == its:
                continue
            base = since.get((task, field), mine) if common else None
            if mine == base or (not common and mine in _EMPTY):
                yield Drawn(ours.period, task, field, mine or "", its or "", "")
            elif its != base and not (not common and its in _EMPTY):
                yield Choice(ours.period, task, field, mine or "", its or "")


def _stood(book: Book, month: Month, common: int) -> dict[tuple[str, str], str | None]:
    """What stood in each field that this book changed since the books parted."""
    found: dict[tuple[str, str], str | None] = {}
    for row in journal.rows(book, month.period, after=common):
        if row.revision == month.revision and row.task_id and row.field in ENTRY_FIELDS:
            found.setdefault((row.task_id, row.field), row.old)
    return found


def _explanations(desk: Desk, other: Book, ours: Month, theirs: Month, source: str) -> Iterator[Drawn]:
    """情况说明 that only they wrote; where both wrote one, ours stays: it is asked for again where it is stale."""
    here = {(note.task, note.code) for note in explanations.explanations(desk.book, ours.id) if note.text}
    for note in explanations.explanations(other, theirs.id):
        if note.text and (note.task, note.code) not in here:
            explanations.put(
                desk.book, ours, Explanation(note.task, note.code, note.text, note.values), desk.now(), desk.actor
            )
            yield Drawn(ours.period, note.task, f"{explanations.TEXT}{note.code}", "", note.text, source)


def _evidence(desk: Desk, other: Book, ours: Month, theirs: Month, common: int, source: str) -> Iterator[Drawn]:
    """Files that only they have; one that was taken off here since the books parted stays off."""
    here = {(item.task_id, item.sha256) for item in evidence.evidence(desk.book, ours.id)}
    gone = {
        (row.task_id, row.old[:64])
        for row in journal.rows(desk.book, ours.period, after=common)
        if row.field == "evidence" and row.old and row.new is None
    }
    for item in evidence.evidence(other, theirs.id):
        if (item.task_id, item.sha256) in here | gone:
            continue
        data = evidence.content(other, item.sha256)
        evidence.add(desk.book, ours, item.task_id, item.name, item.media_type, data, desk.now(), desk.actor)
        yield Drawn(ours.period, item.task_id, "evidence", "", item.name, source)
