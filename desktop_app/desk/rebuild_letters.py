"""Receipts and returns among the files of a rebuild: each goes to the very report that it answers, or is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.desk.verify_file import Verified
from desktop_app.errors import ClerkError
from desktop_app.exchange import KIND_WORDS, to_receipt, to_return
from desktop_app.language import _
from desktop_app.model.correction import ReturnNote
from desktop_app.model.receipt import Receipt
from desktop_app.store.rebuilding import Answered

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

LETTERS = ("receipt", "return")


@dataclass(frozen=True)
class NotUsed:
    """A file that was left out, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class LetterFile:
    """A receipt or a return that holds; `known` where it is signed by the office that the certificates name."""

    file: str
    letter: Receipt | ReturnNote
    data: bytes
    known: bool

    @property
    def kind(self) -> str:
        """receipt or return."""
        return "return" if isinstance(self.letter, ReturnNote) else "receipt"


def read_letter(file: Path, found: Verified, certificates: "Sequence[Certificate]") -> LetterFile:
    """A verified letter; ClerkError where another than the office whose certificate is at hand has signed it."""
    from desktop_app.signing.certificates import organisation

    letter = to_return(found.data or {}) if found.kind == "return" else to_receipt(found.data or {})
    theirs = all(one.organisation == letter.bureau for one in found.signatures)
    if not (found.trusted and theirs) and letter.bureau in map(organisation, certificates):
        raise ClerkError(
            _("{kind}的签名证书不是给出的收文方证书，没有采用。").format(kind=_(KIND_WORDS[str(found.kind)])),
            _("请与收文方核对。"),
        )
    return LetterFile(str(file), letter, found.pdf, found.trusted and theirs)


def deliver(
    letters: Sequence[LetterFile], wanted: set[str], unit: str | None
) -> tuple[dict[str, list[Answered]], list[NotUsed]]:
    """What answers each report (by the sha256 of its bytes) in the order of time, and what answers none of them."""
    answers: dict[str, list[Answered]] = {}
    strays = []
    for found in sorted(letters, key=_order):
        letter, kind = found.letter, _(KIND_WORDS[found.kind])
        held = answers.setdefault(letter.report_sha256, [])
        if unit is not None and letter.unit_code != unit:
            reason = _("这是发给{other}的{kind}，不是本单位的。").format(other=letter.unit_name, kind=kind)
        elif letter.report_sha256 not in wanted:
            reason = _("{kind}对应的月报（{period} 第{revision}版）不在这些文件里，没有采用。").format(
                kind=kind, period=letter.period, revision=letter.revision
            )
        elif found.kind == "receipt" and any(each.kind == "receipt" for each in held):
            reason = _("同一份月报已经有一份回执，这一份没有采用。")
        else:
            held.append(_answered(found))
            continue
        strays.append(NotUsed(found.file, reason))
    return answers, strays


def strangers(letters: Sequence[LetterFile], used: set[bytes]) -> int:
    """How many of the returns that were used are signed by nobody who is known here."""
    return sum(found.kind == "return" and not found.known and found.data in used for found in letters)


def _order(found: LetterFile) -> tuple[object, ...]:
    return (_written(found.letter), sha256(found.data).hexdigest())


def _written(letter: Receipt | ReturnNote) -> datetime:
    return letter.returned_at if isinstance(letter, ReturnNote) else letter.received_at


def _answered(found: LetterFile) -> Answered:
    letter = found.letter
    if isinstance(letter, ReturnNote):
        asked = letter.remarks
        effect = _("{period} 第{revision}版已由{bureau}退回，有 {count} 条意见。").format(
            period=letter.period, revision=letter.revision, bureau=letter.bureau, count=len(asked)
        )
    else:
        asked = ()
        effect = _("{period} 第{revision}版已由{bureau}于 {when} 收到，本月办结。").format(
            period=letter.period,
            revision=letter.revision,
            bureau=letter.bureau,
            when=letter.received_at.strftime("%Y-%m-%d %H:%M"),
        )
    if not found.known:
        effect += _("（收文方证书尚未登记，身份未经核对。）")
    name = Path(found.file).name
    return Answered(found.kind, name, found.data, effect, _written(letter), letter.bureau, asked)
