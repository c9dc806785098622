"""Accept a report: a receipt for whoever sent it, and at a unit's own desk its figures in the unit's draft."""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk import bureau, merge_town
from desktop_app.desk.bureau import Accepted
from desktop_app.desk.desk import Desk
from desktop_app.desk.merge_draft import THEIRS
from desktop_app.desk.steps import Steps, at_once
from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model.merging import Choice, Merged


@dataclass(frozen=True)
class Flowed:
    """A receipt, and what came into the draft by it: None at a bureau, and where `note` says why nothing could."""

    accepted: Accepted
    merged: Merged | None
    note: str = ""


def accept(desk: Desk, report: str, passphrase: str, out: Path | None = None, *, key_name: str | None = None) -> Flowed:
    """Answer a report (a file, its sha256 or its check code) with a signed receipt, and draw it into the draft.

    Amounts are drawn, words are offered. Doing it twice gives the same receipt and draws nothing twice.
    """
    return at_once(accepting(desk, report, passphrase, out, key_name=key_name))


def accepting(
    desk: Desk, report: str, passphrase: str, out: Path | None = None, *, key_name: str | None = None
) -> Steps[Flowed]:
    """The same step by step. What is answered is in the draft before the receipt is written anywhere."""
    answer = yield from bureau.answering(desk, report, passphrase, key_name)
    notes, merged = [answer.note], None
    if desk.kind != "bureau":
        try:
            merged = merge_town.draw(desk, bureau.answerable(desk, answer.row.sha256), lambda _choice: None)
        except WorldError:
            raise
        except ClerkError as problem:  # the receipt is given; that the draft cannot take anything is another matter
            notes.append(_("没有并入本单位的草稿：{reason}").format(reason=problem))
    done = yield from bureau.writing(desk, answer, report, out)
    return Flowed(done, merged, "".join(filter(None, notes)))


def take_words(desk: Desk, report: str) -> Merged:
    """Add the words that a report offers below the unit's own; figures that differ stay a choice."""
    return merge_town.draw(desk, bureau.answerable(desk, report), _words_only)


def _words_only(choice: Choice) -> str | None:
    return THEIRS if choice.field in merge_town.TEXTS else None
