"""What comes home: receipts matched to the exact bytes that were handed in, and the calendars of new years."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk import keys, sign_elsewhere
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.desk.workday_settings import take_calendar
from desktop_app.errors import ClerkError
from desktop_app.exchange import to_receipt
from desktop_app.language import _
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import MonthState
from desktop_app.store import Month, months, sealed, transfers
from desktop_app.store import bureau as enrolments


@dataclass(frozen=True)
class Taken:
    """A file that was taken in, and what that did."""

    file: str
    kind: str
    effect: str


@dataclass(frozen=True)
class NotTaken:
    """A file that was not taken in, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class Received:
    """What became of each file."""

    taken: tuple[Taken, ...]
    refused: tuple[NotTaken, ...]


def trust_bureau(desk: Desk, certificate: Path) -> str:
    """From now on take receipts only from the holder of this certificate; gives its fingerprint to compare aloud."""
    from desktop_app.signing.certificates import fingerprint, organisation, pem, read_certificates

    found = read_certificates(read_file(certificate, largest=1024 * 1024))
    name = organisation(found[0])
    bureau = desk.directory.find(name)
    if bureau is None:
        raise ClerkError(
            _("证书上的单位「{name}」不在单位名录里，没有登记。").format(name=name), _("请向对方索取单位证书。")
        )
    mark = fingerprint(found[0])
    enrolments.enrol(desk.book, bureau.code, bureau.name, pem(found), mark, desk.now(), desk.actor)
    return mark


def receive(desk: Desk, files: Sequence[Path]) -> Received:
    """Take in files from the bureau, each whole or not at all; one bad file does not stop the others."""
    taken: list[Taken] = []
    refused: list[NotTaken] = []
    for file in files:
        try:
            taken.append(_take(desk, file))
        except ClerkError as problem:
            refused.append(NotTaken(str(file), str(problem)))
    return Received(tuple(taken), tuple(refused))


def _take(desk: Desk, file: Path) -> Taken:
    from desktop_app.signing.certificates import read_certificates

    pdf = read_file(file)
    if file.suffix.lower() == ".json" or pdf.lstrip(b"\xef\xbb\xbf\t\r\n ").startswith(b"{"):
        return Taken(str(file), "calendar", take_calendar(desk, pdf, file.name).effect)
    pinned = [cert for known in enrolments.enrolled(desk.book) for cert in read_certificates(known.certificate_pem)]
    found = verify_bytes(pdf, pinned, desk.clock(), lists=keys.key_folder(desk).lists())
    if found.kind == "report" and _continues_ours(desk, pdf):
        done = sign_elsewhere.take(desk, file)
        effect = _("带回的签名已收下，现有 {count} 个签名。").format(count=done.signatures)
        return Taken(str(file), "report", effect)
    if not found.valid or found.data is None:
        raise ClerkError(_("没有通过核验：{problem}").format(problem=found.problems[0]), _("本月状态没有改变。"))
    if found.kind != "receipt":
        raise ClerkError(
            _("这是{kind}，不是发给填报单位的回执。").format(kind=_("月报") if found.kind == "report" else found.kind),
            _("请检查是否选错了文件。"),
        )
    if pinned and not found.trusted:
        raise ClerkError(_("回执的签名证书不是本机登记的收文方证书。"), _("请与收文方核对后再收。"))
    receipt = to_receipt(found.data)
    month = _month_of(desk, receipt)
    return _keep(desk, file, pdf, found, receipt, month)


def _continues_ours(desk: Desk, pdf: bytes) -> bool:
    """Whether these are the bytes of a month that awaits a signature, with something behind them."""
    for month in months.months(desk.book):
        if month.state is MonthState.SEALED:
            held = sealed.sealed(desk.book, month.id)
            if held is not None and len(pdf) > len(held.pdf) and pdf.startswith(held.pdf):
                return True
    return False


def _month_of(desk: Desk, receipt: Receipt) -> Month:
    """The month whose signed bytes the receipt names."""
    for month in months.months(desk.book):
        held = sealed.mark(desk.book, month.id)
        if held is not None and held.pdf_sha256 == receipt.report_sha256:
            return month
    if receipt.unit_code != desk.unit.code:
        raise ClerkError(
            _("这是发给{other}的回执，本填报簿属于{unit}。").format(other=receipt.unit_name, unit=desk.unit.short_name)
        )
    raise ClerkError(
        _("回执对应的文件（{period} 第{revision}版）与本簿保存的签署原件不一致，没有采用。").format(
            period=receipt.period, revision=receipt.revision
        ),
        _("请核对报送的是不是本簿签署的那一份。"),
    )


def _keep(desk: Desk, file: Path, pdf: bytes, found: Verified, receipt: Receipt, month: Month) -> Taken:
    when = receipt.received_at.strftime("%Y-%m-%d %H:%M")
    effect = _("{period} 第{revision}版已由{bureau}于 {when} 收到，本月办结。").format(
        period=receipt.period, revision=receipt.revision, bureau=receipt.bureau, when=when
    )
    if not found.trusted:
        effect += _("（收文方证书尚未登记，身份未经核对。）")
    closing = month if month.state in (MonthState.SIGNED, MonthState.HANDED_IN) else None
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
    return Taken(str(file), "receipt", effect)
