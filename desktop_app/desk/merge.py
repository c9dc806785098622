"""What was done elsewhere comes into the draft: a colleague's copy of the book, or a town's signed report."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_app.desk import merge_draft, merge_town
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.merge_draft import OURS, THEIRS
from desktop_app.errors import ClerkError, UsageError
from desktop_app.language import _
from desktop_app.model.merging import Choice, Merged
from desktop_app.store import bureau as kept

_BEGINNING = b"%PDF-"


def merge(desk: Desk, file: Path, take: Sequence[str] = ()) -> Merged:
    """Merge a file by field; what both sides wrote is listed and left alone unless `take` settles it.

    `file` may be the check code or sha256 of a town's report that is held here. `take` holds ours, theirs, or ID=ours
    and ID=theirs for single choices.
    """
    settled = _settled(take)

    def chosen(choice: Choice) -> str | None:
        return settled.get(choice.id, settled.get(""))

    try:
        data = read_file(file)
    except ClerkError:
        known = kept.report(desk.book, str(file))
        if known is None:
            raise
        return merge_town.draw(desk, known, chosen)
    if data.startswith(_BEGINNING):
        return merge_town.merge(desk, data, chosen)
    return merge_draft.merge(desk, file, chosen)


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
