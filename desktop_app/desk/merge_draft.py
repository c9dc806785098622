"""Two clerks without a server: what a colleague's copy of the book brought is taken into this one's drafts.

What is taken and the note that it was are one transaction.
"""

from collections.abc import Callable
from pathlib import Path

from desktop_app.desk import withholding
from desktop_app.desk.desk import Desk
from desktop_app.desk.merge_compare import Compared, ComparedMonth, compare
from desktop_app.desk.month import kept_month
from desktop_app.desk.unlocking import read_aside
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import ENTRY_FIELDS, Entry
from desktop_app.model.merging import Choice, Drawn, Merged
from desktop_app.model.report import MonthState
from desktop_app.store import Month, entries, evidence, explanations, merges
from desktop_app.store.book import held_here
from desktop_app.store.snapshot import frozen

OURS, THEIRS = "ours", "theirs"
Take = Callable[[Choice], str | None]


def merge(desk: Desk, file: Path, settle: Take) -> Merged:
    """Bring a copy's drafts into this book's; ClerkError where it is another unit's. `settle` settles choices."""
    with read_aside(file) as other, desk.book.together():
        return _take(desk, compare(desk, other, file.name), settle)


def ready(desk: Desk, file: Path) -> Callable[[], Compared]:
    """A copy beside the book as it is now, to be compared in any thread; nothing is written."""
    opened, clock = frozen(desk.book), desk.clock

    def find() -> Compared:
        with opened() as book, read_aside(file) as other:
            return compare(Desk(book, clock=clock), other, file.name)

    return find


def take(desk: Desk, compared: Compared, settle: Take) -> Merged:
    """Take what was compared before; ClerkError, and nothing is taken, where the draft has moved on since."""
    with desk.book.together():
        return _take(desk, compared, settle)


def refuse_own(file: Path) -> None:
    """Raise ClerkError where the file is the very book that is open."""
    if held_here(file):
        raise ClerkError(
            _("{name} 就是现在打开的填报簿，没有什么可并的。").format(name=file.name),
            _("请选从别的电脑带回来的那一份。"),
        )


def _take(desk: Desk, compared: Compared, settle: Take) -> Merged:
    if compared.again:
        return Merged(compared.source, (), (), again=True)
    drawn: list[Drawn] = []
    choices: list[Choice] = []
    for each in compared.months:
        done = _month(desk, each, compared.source, settle)
        drawn += done[0]
        choices += done[1]
    if not choices:
        merges.note(desk.book, compared.head, desk.now(), desk.actor)
    return Merged(compared.source, tuple(drawn), tuple(choices), compared.skipped)


def _month(desk: Desk, compared: ComparedMonth, source: str, settle: Take) -> tuple[list[Drawn], list[Choice]]:
    month = _as_compared(desk, compared)
    drawn, choices = list(compared.drawn), list[Choice]()
    for choice in compared.choices:
        side = settle(choice)
        if side == THEIRS:
            drawn.append(Drawn(choice.period, choice.task, choice.field, choice.ours, choice.theirs, source))
        elif side is None:
            choices.append(choice)
    writes: dict[str, dict[str, object]] = {}
    for row in drawn:
        if row.field in ENTRY_FIELDS:
            writes.setdefault(row.task, {})[row.field] = getattr(compared.theirs[row.task], row.field)
    at, actor = desk.now(), desk.actor
    if writes:
        entries.save_many(desk.book, month, writes, at, actor)
    for note in compared.notes:
        explanations.put(desk.book, month, note, at, actor)
    for file in compared.files:
        evidence.add(desk.book, month, file.task, file.name, file.media_type, file.data, at, actor)
    for each in compared.inside:
        withholding.hide(desk, compared.period, each.task, (each.field,))
    return drawn, choices


def _as_compared(desk: Desk, compared: ComparedMonth) -> Month:
    """The draft; ClerkError where it, or a field that differs, is not as it was compared."""
    month = kept_month(desk, compared.period)
    same = (month.revision, month.plan_id) == (compared.revision, compared.plan_id)
    here = entries.entries(desk.book, month.id)
    before = [(row.task, row.field, row.old) for row in compared.drawn if row.field in ENTRY_FIELDS]
    before += [(row.task, row.field, row.ours) for row in compared.choices]
    moved = [task for task, field, told in before if (entries.texts(here.get(task, Entry(task)))[field] or "") != told]
    if not same or month.state is not MonthState.DRAFT or moved:
        raise ClerkError(
            _("比较以后，本簿 {period} 的草稿又改过，没有并入。").format(period=compared.period),
            _("请再选一次这份文件。"),
        )
    return month
