"""The receiving desk: enrol units, receive their reports, answer with a receipt."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.desk import fonts, keys, received_at
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file, write_file
from desktop_app.desk.month import due
from desktop_app.desk.receive import NotTaken, Received, Taken
from desktop_app.desk.recheck import Rechecked, recheck
from desktop_app.desk.settings import thresholds
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.errors import ClerkError
from desktop_app.exchange import canonical, check_code, digest, open_envelope, receipt_json, to_report
from desktop_app.exchange.folder import report_name
from desktop_app.language import _
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import DueDate, Report, Role
from desktop_app.store import Enrolled, KeptReport
from desktop_app.store import bureau as kept

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

KEY = "收文专用"


@dataclass(frozen=True)
class Accepted:
    """The receipt that answers a report."""

    receipt: Receipt
    path: Path
    sha256: str


def make_key(desk: Desk, passphrase: str) -> keys.KeyInfo:
    """The key that signs receipts."""
    return keys.new_key(desk, KEY, Role.APPROVER, passphrase)


def enrol(desk: Desk, certificate: Path) -> Enrolled:
    """Trust a unit's certificate from now on. The unit is the one the certificate names."""
    from cryptography.hazmat.primitives.serialization import Encoding

    from desktop_app.signing.certificates import fingerprint, organisation, read_certificates

    data = read_file(certificate, largest=1024 * 1024)
    found = read_certificates(data)
    first = found[0]
    name = organisation(first)
    unit = desk.directory.find(name)
    if unit is None:
        raise ClerkError(
            _("证书上的单位「{name}」不在单位名录里，没有登记。").format(name=name), _("请向对方索取单位证书。")
        )
    pem = b"".join(certificate.public_bytes(Encoding.PEM) for certificate in found)
    return kept.enrol(desk.book, unit.code, unit.name, pem, fingerprint(first), desk.now(), desk.actor)


def receive(desk: Desk, files: Sequence[Path]) -> Received:
    """Take in reports, each whole or not at all; one bad file does not stop the others."""
    taken: list[Taken] = []
    refused: list[NotTaken] = []
    for file in files:
        try:
            taken.append(Taken(str(file), "report", _take(desk, read_file(file))[1]))
        except ClerkError as problem:
            refused.append(NotTaken(str(file), str(problem)))
    return Received(tuple(taken), tuple(refused))


def accept(desk: Desk, report: str, passphrase: str, out: Path | None = None) -> Accepted:
    """Answer a report (a file, its sha256 or its check code) with a signed receipt.

    A file that has not been received yet is received first. Accepting twice gives the same receipt again.
    """
    file = Path(report)
    if file.is_file():
        found = _take(desk, read_file(file))[0]
    else:
        looked_up = kept.report(desk.book, report.strip())
        if looked_up is None:
            raise ClerkError(
                _("收件簿里没有「{report}」。").format(report=report),
                _("请给出月报文件、校验码或文件的 SHA-256。"),
            )
        found = looked_up
    pdf, receipt = _receipt(desk, found, passphrase)
    name = "回执_" + report_name(_short(desk, found.unit_code), found.period, found.revision, found.check_code)
    target = _target(out or (file.parent if file.is_file() else Path.cwd()), name)
    write_file(target, pdf)
    return Accepted(receipt, target, hashlib.sha256(pdf).hexdigest())


def _target(out: Path, name: str) -> Path:
    return out if out.suffix.lower() == ".pdf" else out / name


def _short(desk: Desk, code: str) -> str:
    unit = desk.directory.find(code)
    return unit.short_name if unit else code


def _take(desk: Desk, pdf: bytes) -> tuple[KeptReport, str]:
    """Verify against the certificate enrolled for the unit that the data names, check with the same rules, keep."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    known = kept.report(desk.book, sha256)
    if known is not None:
        return known, _("这份月报以前已经收过，没有变化。")
    lists = keys.key_folder(desk).lists()
    found = verify_bytes(pdf, lambda data: _enrolled_for(desk, data), desk.clock(), lists=lists)
    if found.kind not in (None, "report"):
        raise ClerkError(_("这不是月报。"), _("请检查是否选错了文件。"))
    if not found.valid or found.data is None:
        raise ClerkError(_("没有通过核验：{problem}").format(problem=found.problems[0]), _("没有收下。"))
    report = to_report(found.data)
    _refuse_stranger(desk, found, report)
    on_time = desk.today() <= judged(desk, report).last_day
    rechecked = _recheck(desk, report)  # before anything is kept: data that cannot be checked is not taken in
    code, data_sha256 = found.check_code or "", found.data_sha256 or ""
    kept.keep_report(
        desk.book,
        sha256,
        report.unit.code,
        report.unit.name,
        report.period,
        report.revision,
        code,
        data_sha256,
        on_time,
        pdf,
        desk.now(),
        desk.actor,
    )
    row = kept.report(desk.book, sha256)
    if row is None:
        raise LookupError(f"report {sha256} was kept and is not there")
    return row, _effect(report, rechecked, on_time=on_time)


def judged(desk: Desk, report: Report) -> DueDate:
    """The due date as this desk reads it; where only the unit has the year's notice, by the unit's calendar."""
    own = due(report.period, desk)
    return replace(report.due, inclusive=own.inclusive) if report.due.certain and not own.certain else own


def _enrolled_for(desk: Desk, data: dict[str, Any]) -> "list[Certificate]":
    """The certificates enrolled for the very unit that a report's data names."""
    from desktop_app.signing.certificates import read_certificates

    code = data.get("unit", {}).get("code")
    rows = [row for row in kept.enrolled(desk.book) if row.unit_code == code]
    return [certificate for row in rows for certificate in read_certificates(row.certificate_pem)]


def _refuse_stranger(desk: Desk, found: Verified, report: Report) -> None:
    """Raise ClerkError where the unit is not enrolled, or somebody else signed for it."""
    if found.trusted:
        return
    if not any(row.unit_code == report.unit.code for row in kept.enrolled(desk.book)):
        raise ClerkError(
            _("{unit}的证书还没有登记，不能确认是谁签的。").format(unit=report.unit.name),
            _("请先核对指纹并登记：bureau enrol 证书文件。"),
        )
    raise ClerkError(
        _("签名用的不是{unit}登记的证书，没有收下。").format(unit=report.unit.name),
        _("请与报送单位核对证书指纹。"),
    )


def _recheck(desk: Desk, report: Report) -> Rechecked:
    before = [
        row for row in kept.reports(desk.book, report.period.previous, report.unit.code) if report.period.month > 1
    ]
    last = max(before, key=lambda row: row.revision, default=None)
    return recheck(report, to_report(open_envelope(last.pdf).data) if last else None, thresholds(desk))


def _effect(report: Report, result: Rechecked, *, on_time: bool) -> str:
    taken = _("{unit} {period} 第{revision}版已收下（{time}）；复核：{errors} 个错误，{open} 个未说明的警示。").format(
        unit=report.unit.short_name,
        period=report.period,
        revision=report.revision,
        time=_("按时") if on_time else _("逾期"),
        errors=result.checked.errors,
        open=result.checked.unexplained,
    )
    return "".join((taken, *result.notes))


def _receipt(desk: Desk, row: KeptReport, passphrase: str) -> tuple[bytes, Receipt]:
    """A signed receipt for exactly these bytes; the one already given where there is one."""
    from desktop_app.exchange import to_receipt
    from desktop_app.rendering import render_receipt
    from desktop_app.rendering.pdfa import Attachment, to_pdfa3
    from desktop_app.signing.sign import sign_receipt

    if row.receipt_pdf is not None:
        return row.receipt_pdf, to_receipt(open_envelope(row.receipt_pdf).data)
    key = keys.load(desk, KEY, passphrase)
    report = to_report(open_envelope(row.pdf).data)
    at = desk.now()
    receipt = Receipt(
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        period=row.period,
        revision=row.revision,
        report_sha256=row.sha256,
        data_sha256=row.data_sha256,
        check_code=row.check_code,
        received_at=row.received_at,
        due=judged(desk, report).last_day,
        on_time=row.on_time,
        bureau=desk.unit.name,
    )
    data = canonical(receipt_json(receipt))
    code = check_code(digest(data))
    fonts.make_ready()
    rendered = render_receipt(receipt, code, sha256=digest(data))
    pdf = to_pdfa3(
        rendered.pdf,
        [Attachment("receipt.json", "application/json", data, "回执数据", "Data")],
        title=f"回执 {row.unit_name} {row.period}",
        author=desk.unit.name,
        subject=f"校验码 {code}",
        keywords=f"{row.period},{row.unit_code},{row.check_code}",
        created=at,
    )
    signed = sign_receipt(pdf, key, signer_name=desk.unit.name, at=desk.clock(), box=rendered.boxes[Role.APPROVER])
    received_at.stamp(desk, row, passphrase)
    kept.set_answer(desk.book, row.sha256, "accepted", hashlib.sha256(signed).hexdigest(), signed, at, desk.actor)
    return signed, receipt
