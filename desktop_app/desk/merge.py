"""What was done elsewhere comes into the draft: a colleague's copy of the book, or a town's signed report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk import bureau, merge_draft, merge_town, stepping_back
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.merge_compare import Compared
from desktop_app.desk.merge_draft import OURS, THEIRS, Take
from desktop_app.desk.merge_town import Offered
from desktop_app.desk.steps import Steps
from desktop_app.errors import ClerkError, UsageError
from desktop_app.language import _
from desktop_app.model.merging import Choice, Merged
from desktop_app.store import bureau as kept
from desktop_app.store import merges, taking_back

_BEGINNING = b"%PDF-"

Looked = Compared | Offered


@dataclass(frozen=True)
class Taken:
    """What was taken after a look, and what it needs to be taken back: the journal's rows by number."""

    looked: Looked
    merged: Merged
    after: int
    until: int
    by_hand: tuple[str, ...] = ()


def merge(desk: Desk, file: Path, take: Sequence[str] = ()) -> Merged:
    """Merge a file by field; what both sides wrote is listed and left alone unless `take` settles it.

    `file` may be the check code or sha256 of a town's report that is held here. `take` holds ours, theirs, or ID=ours
    and ID=theirs for single choices.
    """
    settle = _settling(_settled(take))
    merge_draft.refuse_own(file)
    try:
        data = read_file(file)
    except ClerkError:
        known = kept.report(desk.book, str(file))
        if known is None:
            raise
        return merge_town.draw(desk, known, settle)
    if data.startswith(_BEGINNING):
        return merge_town.merge(desk, data, settle)
    return merge_draft.merge(desk, file, settle)


def looking(desk: Desk, file: Path) -> Steps[Looked]:
    """What merging a file would do, step by step; a town's report is verified and kept here.

    Nothing is written in a draft. ClerkError where the file is neither.
    """
    merge_draft.refuse_own(file)
    data = read_file(file)
    if data.startswith(_BEGINNING):
        row, _effect = yield from bureau.taking(desk, data)
        return merge_town.offer(desk, row)
    looked: Looked = yield merge_draft.ready(desk, file)
    return looked


def take(desk: Desk, looked: Looked, sides: Mapping[str, str]) -> Taken:
    """Take what was looked at, all or nothing; `sides` holds OURS or THEIRS by a choice's id, others stay open."""
    after, settle = stepping_back.newest(desk), _settling(sides)
    if isinstance(looked, Compared):
        merged = merge_draft.take(desk, looked, settle)
        return Taken(looked, merged, after, stepping_back.newest(desk))
    by_hand = merge_town.drawn_by_hand(desk, looked.row.period)
    merged = merge_town.draw(desk, looked.row, settle)
    return Taken(looked, merged, after, stepping_back.newest(desk), by_hand)


def take_back(desk: Desk, taken: Taken) -> None:
    """Take a merge back whole; ClerkError, and nothing is, where something of it was changed or signed since."""
    looked = taken.looked
    with desk.book.together():
        taking_back.turn_span(desk.book, taken.after, taken.until, desk.now(), desk.actor)
        if isinstance(looked, Compared):
            merges.forget(desk.book, looked.head, desk.now(), desk.actor)
        else:
            merge_town.count_only(desk, looked.row.period, taken.by_hand)


def _settling(sides: Mapping[str, str]) -> Take:
    def chosen(choice: Choice) -> str | None:
        return sides.get(choice.id, sides.get(""))

    return chosen


def _settled(take: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word in take:
        place, _equals, side = word.rpartition("=")
        if side not in (OURS, THEIRS):
            raise UsageError(
                _("「{word}」不是一种取舍。").format(word=word[:60]),
                _("可写 ours、theirs，或 编号=ours、编号=theirs。"),
            )
        found[place] = side
    return found
