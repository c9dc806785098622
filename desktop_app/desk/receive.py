"""What comes home: answers matched to the exact bytes that were handed in, task tables and calendars of new years."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.desk import enrolling, keys, receive_packs, reporting_units, sign_elsewhere
from desktop_app.desk.desk import Desk
from desktop_app.desk.enrolling import Stranger, StrangerError
from desktop_app.desk.files import read_file
from desktop_app.desk.steps import Steps, at_once
from desktop_app.desk.take_plan import PlanTaken
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.desk.workday_settings import take_calendar
from desktop_app.errors import ClerkError
from desktop_app.exchange import KIND_WORDS, to_receipt, to_return
from desktop_app.language import _
from desktop_app.model.correction import ReturnNote
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import MonthState
from desktop_app.store import Month, months, remarks, sealed, transfers
from desktop_app.store import bureau as enrolments

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from desktop_app.desk.enrolling import Roots

_SENDER = {"receipt": "bureau", "return": "bureau", "plan": "issuer_name", "calendar": "issuer_name"}


@dataclass(frozen=True)
class Taken:
    """A file that was taken in, and what that did; `plan` is a task table as it was (or would be) taken.

    `stranger` is who signed it where that office is not enrolled.
    """

    file: str
    kind: str
    effect: str
    plan: PlanTaken | None = None
    stranger: Stranger | None = None


@dataclass(frozen=True)
class NotTaken:
    """A file that was not taken in, and why; `stranger` where that is only for want of a certificate."""

    file: str
    reason: str
    stranger: Stranger | None = None


@dataclass(frozen=True)
class Received:
    """What became of each file."""

    taken: tuple[Taken, ...]
    refused: tuple[NotTaken, ...]


def trust_bureau(desk: Desk, certificate: Path) -> str:
    """From now on take an office's files only from this certificate's holder; gives the fingerprint to compare."""
    return enrolling.enrol(desk, certificate).fingerprint


def receive(desk: Desk, files: Sequence[Path], *, preview: bool = False) -> Received:
    """Take in files from the bureau, each whole or not at all; one bad file does not stop the others.

    `preview` shows what a task table or a calendar would change, and keeps nothing of any file.
    """
    return at_once(receiving(desk, files, preview=preview))


def receiving(desk: Desk, files: Sequence[Path], *, preview: bool = False) -> Steps[Received]:
    """The same step by step."""
    taken: list[Taken] = []
    refused: list[NotTaken] = []
    for file in files:
        try:
            taken.append((yield from _take(desk, file, preview=preview)))
        except StrangerError as problem:
            refused.append(NotTaken(str(file), str(problem), _met(file, problem)))
        except ClerkError as problem:
            refused.append(NotTaken(str(file), str(problem)))
    return Received(tuple(taken), tuple(refused))


def _met(file: Path, problem: StrangerError) -> Stranger | None:
    if problem.offered is None:
        return None
    return Stranger(file.name, read_file(file), problem.title, refused=True, offered=problem.offered)


def _take(desk: Desk, file: Path, *, preview: bool) -> Steps[Taken]:
    pdf = read_file(file)
    if file.suffix.lower() == ".json" or pdf.lstrip(b"\xef\xbb\xbf\t\r\n ").startswith(b"{"):
        if preview:
            raise ClerkError(_("日历文件不用预览。"), _("请用 calendar import 导入。"))
        return Taken(str(file), "calendar", take_calendar(desk, pdf, file.name).effect)
    trust, at, lists = _pinned_for(desk), desk.clock(), keys.key_folder(desk).lists()
    found: Verified = yield lambda: verify_bytes(pdf, trust, at, lists=lists)
    if found.kind == "report" and continues_ours(desk, pdf):
        done = yield from sign_elsewhere.taking(desk, file)
        effect = _("带回的签名已收下，现有 {count} 个签名。").format(count=done.signatures)
        return Taken(str(file), "report", effect)
    if not found.valid or found.data is None:
        raise ClerkError(_("没有通过核验：{problem}").format(problem=found.problems[0]), _("本月状态没有改变。"))
    if found.kind == "report" and found.data["unit"]["name"] != desk.unit.name and found.trusted and not preview:
        return Taken(str(file), "report", (yield from _of_a_town(desk, pdf)))
    if found.kind not in _SENDER:
        word = KIND_WORDS[str(found.kind)]
        raise ClerkError(_("这是{kind}，不是发给填报单位的文件。").format(kind=_(word)), _("请检查是否选错了文件。"))
    brought: Roots = () if found.trusted else (yield lambda: enrolling.brought(found.pdf))
    _refuse_stranger(desk, found, brought)
    if found.kind in ("plan", "calendar"):
        pack = yield from receive_packs.taking(desk, file, found, preview=preview)
        return Taken(str(file), pack.kind, pack.effect, pack.plan)
    if preview:
        raise ClerkError(_("{kind}不用预览。").format(kind=_(KIND_WORDS[found.kind])), _("请去掉 --preview。"))
    if found.kind == "return":
        return _keep_return(desk, file, pdf, to_return(found.data))
    receipt = to_receipt(found.data)
    return _keep(desk, file, pdf, brought, receipt, _month_of(desk, receipt), trusted=found.trusted)


def _of_a_town(desk: Desk, pdf: bytes) -> Steps[str]:
    """Keep the report of an enrolled town or department; the draft stays as it is until it is merged."""
    from desktop_app.desk import bureau

    _row, effect = yield from bureau.taking(desk, pdf)
    return effect + _("用 merge 把它并入草稿。")


def _pinned_for(desk: Desk) -> "Callable[[dict[str, Any]], list[Certificate]]":
    """The certificates enrolled here of whoever a file says has sent it, and for a report of its unit.

    What it gives may be asked in any thread.
    """
    from desktop_app.signing.certificates import read_certificates

    enrolled = enrolments.enrolled(desk.book)

    def certificates(data: dict[str, Any]) -> "list[Certificate]":
        sender = data.get("bureau") or data.get("issuer_name") or data.get("unit", {}).get("name")
        rows = [row for row in enrolled if row.unit_name == sender]
        return [certificate for row in rows for certificate in read_certificates(row.certificate_pem)]

    return certificates


def _refuse_stranger(desk: Desk, found: Verified, brought: "Roots") -> None:
    """Raise ClerkError for a file that the office enrolled here did not sign; a unit that reports here is no office.

    A receipt alone is taken while no office is enrolled: it only says what is so.
    """
    kind, sender = _(KIND_WORDS[str(found.kind)]), str((found.data or {}).get(_SENDER[str(found.kind)]))
    below = reporting_units.expected(desk)
    if sender in below.values():
        raise ClerkError(
            _("{sender}是向本单位报送的单位，它发来的{kind}不采用。").format(sender=sender, kind=kind),
            _("任务表、日历、回执和退回单由上级发来。"),
        )
    if found.trusted or (found.kind == "receipt" and not enrolling.offices(desk)):
        return
    offered = enrolling.offered_by(desk, brought, sender)
    if any(row.unit_name == sender for row in enrolments.enrolled(desk.book)):
        raise StrangerError(
            _("{kind}的签名证书不是本机登记的收文方证书。").format(kind=kind), _("请与收文方核对后再收。"), offered
        )
    raise StrangerError(
        _("{kind}是以{sender}的名义签的，本机没有登记它的收文方证书，没有采用。").format(kind=kind, sender=sender),
        _("请核对指纹后登记：receive 文件 --trust 证书文件。") + _carried(brought),
        offered,
    )


def _carried(brought: "Roots") -> str:
    """The way for whoever has no certificate file: the file brings its own, to be compared."""
    from desktop_app.signing.certificates import fingerprint

    if not brought:
        return ""
    mark = fingerprint(brought[0])
    return _("没有证书文件的，--trust 后写这份文件本身也可以，它带的证书指纹是 {mark}。").format(mark=mark)


def continues_ours(desk: Desk, pdf: bytes) -> bool:
    """Whether these are the bytes of a month that awaits a signature, with something behind them."""
    for month in months.months(desk.book):
        if month.state is MonthState.SEALED:
            held = sealed.sealed(desk.book, month.id)
            if held is not None and len(pdf) > len(held.pdf) and pdf.startswith(held.pdf):
                return True
    return False


def _month_of(desk: Desk, answer: Receipt | ReturnNote) -> Month:
    """The month whose signed bytes a receipt or a return names."""
    for month in months.months(desk.book):
        held = sealed.mark(desk.book, month.id)
        if held is not None and held.pdf_sha256 == answer.report_sha256:
            return month
    word = KIND_WORDS["receipt" if isinstance(answer, Receipt) else "return"]
    kind = _(word)
    if answer.unit_code != desk.unit.code:
        raise ClerkError(
            _("这是发给{other}的{kind}，本填报簿属于{unit}。").format(
                other=answer.unit_name, kind=kind, unit=desk.unit.short_name
            )
        )
    raise ClerkError(
        _("{kind}对应的文件（{period} 第{revision}版）与本簿保存的签署原件不一致，没有采用。").format(
            kind=kind, period=answer.period, revision=answer.revision
        ),
        _("请核对报送的是不是本簿签署的那一份。"),
    )


def _keep(
    desk: Desk, file: Path, pdf: bytes, brought: "Roots", receipt: Receipt, month: Month, *, trusted: bool
) -> Taken:
    when = receipt.received_at.strftime("%Y-%m-%d %H:%M")
    closing = month if month.state in (MonthState.SIGNED, MonthState.HANDED_IN) else None
    text = (
        _("{period} 第{revision}版已由{bureau}于 {when} 收到，本月办结。")
        if closing
        else _("{period} 第{revision}版已由{bureau}于 {when} 收到；回执已存，本月状态没有改变。")
    )
    effect = text.format(period=receipt.period, revision=receipt.revision, bureau=receipt.bureau, when=when)
    stranger = None
    if not trusted:
        offered = enrolling.offered_by(desk, brought, receipt.bureau)
        stranger = Stranger(file.name, pdf, effect, refused=False, offered=offered) if offered else None
        effect += _("（收文方证书尚未登记，身份未经核对。）")
    fresh = transfers.record_in(
        desk.book,
        hashlib.sha256(pdf).hexdigest(),
        "receipt",
        file.name,
        effect,
        pdf,
        desk.now(),
        close_month=closing,
        actor=desk.actor,
    )
    if not fresh:
        effect = _("这份回执以前已经收过，没有变化。")
    return Taken(str(file), "receipt", effect, stranger=stranger)


def _keep_return(desk: Desk, file: Path, pdf: bytes, note: ReturnNote) -> Taken:
    """The month goes back with its remarks, in one transaction; late or twice, it is recorded and changes nothing."""
    month = _month_of(desk, note)
    sha256 = hashlib.sha256(pdf).hexdigest()
    effect = _("{period} 第{revision}版已由{bureau}退回，有 {count} 条意见，请用「更正」另起一版并逐条答复。").format(
        period=note.period, revision=note.revision, bureau=note.bureau, count=len(note.remarks)
    )
    if month.state is MonthState.SEALED:
        raise ClerkError(
            _("{period} 第{revision}版还没有签署完毕。").format(period=note.period, revision=note.revision)
        )
    fresh = transfers.record_in(
        desk.book,
        sha256,
        "return",
        file.name,
        effect,
        pdf,
        desk.now(),
        close_month=None if month.state is MonthState.RETURNED else month,
        closes_as=MonthState.RETURNED,
        actor=desk.actor,
        also=lambda connection: remarks.put(connection, month, sha256, note.remarks, note.bureau, note.returned_at),
    )
    if not fresh:
        effect = _("这份退回单以前已经收过，没有变化。")
    return Taken(str(file), "return", effect)
