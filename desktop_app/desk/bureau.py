"""The receiving desk: enrol units, receive their reports, answer with a receipt."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.desk import enrolling, keys, received_at, reporting_units, revision_chain
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file, write_file
from desktop_app.desk.letters import Letter
from desktop_app.desk.letters import signed as signed_letter
from desktop_app.desk.month import due
from desktop_app.desk.receive import NotTaken, Received, Taken
from desktop_app.desk.recheck import Rechecked, recheck
from desktop_app.desk.settings import thresholds
from desktop_app.desk.steps import Steps, at_once
from desktop_app.desk.units import is_own
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.errors import ClerkError
from desktop_app.exchange import KIND_WORDS, canonical, open_envelope, receipt_json, to_receipt, to_report
from desktop_app.exchange.folder import report_name
from desktop_app.language import _
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import DueDate, Report, Role
from desktop_app.model.unit import Directory
from desktop_app.store import Enrolled, KeptReport, ReportDigest, report_digests
from desktop_app.store import bureau as kept

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

KEY = "收文专用"


@dataclass(frozen=True)
class Accepted:
    """The receipt that answers a report; `note` says what was left out of the answer, "" where nothing was."""

    receipt: Receipt
    path: Path
    sha256: str
    note: str = ""


def make_key(desk: Desk, passphrase: str) -> keys.KeyInfo:
    """The key that signs receipts."""
    return keys.new_key(desk, KEY, Role.APPROVER, passphrase)


def signing_key(desk: Desk, wanted: str | None = None) -> str:
    """The key that signs what this desk answers: the bureau's own, or a unit's approver's; ClerkError."""
    return KEY if desk.kind == "bureau" and wanted is None else keys.approver_key(desk, wanted)


def enrol(desk: Desk, certificate: Path) -> Enrolled:
    """Trust a unit's certificate from now on, and expect its reports. The unit is the one the certificate names."""
    done = enrolling.enrol(desk, certificate)
    reporting_units.expect(desk, done.unit_code)
    return done


def receive(desk: Desk, files: Sequence[Path]) -> Received:
    """Take in reports, each whole or not at all; one bad file does not stop the others."""
    return at_once(receiving(desk, files))


def receiving(desk: Desk, files: Sequence[Path]) -> Steps[Received]:
    """The same step by step."""
    taken: list[Taken] = []
    refused: list[NotTaken] = []
    for file in files:
        try:
            _row, effect = yield from taking(desk, read_file(file))
            taken.append(Taken(str(file), "report", effect))
        except ClerkError as problem:
            refused.append(NotTaken(str(file), str(problem)))
    return Received(tuple(taken), tuple(refused))


def accept(
    desk: Desk, report: str, passphrase: str, out: Path | None = None, *, key_name: str | None = None
) -> Accepted:
    """Answer a report (a file, its sha256 or its check code) with a signed receipt.

    A file that has not been received yet is received first. Accepting twice gives the same receipt again.
    """
    found = answerable(desk, report)
    pdf, receipt, note = _receipt(desk, found, passphrase, key_name)
    target = answer_file(desk, found, report, out, "回执")
    write_file(target, pdf)
    return Accepted(receipt, target, hashlib.sha256(pdf).hexdigest(), note)


def take_bytes(desk: Desk, pdf: bytes) -> tuple[KeptReport, str]:
    """Take one report in from its bytes; what is held now, and what that did. ClerkError where it does not hold.

    Verified against the certificate enrolled for the unit that the data names, and checked with the same rules. A copy
    that somebody put a timestamp behind is the report before it: the unit has those bytes, and an answer names them.
    """
    return at_once(taking(desk, pdf))


def taking(desk: Desk, pdf: bytes) -> Steps[tuple[KeptReport, str]]:
    """The same step by step: verifying and checking again take long."""
    known = kept.report(desk.book, hashlib.sha256(pdf).hexdigest())
    if known is not None:
        return known, _("这份月报以前已经收过，没有变化。")
    lists, trust, at = keys.key_folder(desk).lists(), _enrolled_for(desk), desk.clock()
    found: Verified = yield lambda: verify_bytes(pdf, trust, at, lists=lists)
    if found.kind not in (None, "report"):
        raise ClerkError(
            _("这是{kind}，不是月报。").format(kind=_(KIND_WORDS[found.kind])), _("请检查是否选错了文件。")
        )
    if not found.valid or found.data is None:
        raise ClerkError(_("没有通过核验：{problem}").format(problem=found.problems[0]), _("没有收下。"))
    if found.stamp is None:
        return (yield from _keep(desk, found, to_report(found.data)))
    known = kept.report(desk.book, hashlib.sha256(found.signed).hexdigest())
    if known is not None:
        return known, _("这份月报以前已经收过，这一份只是后来加盖了时间戳，没有变化。")
    row, effect = yield from _keep(desk, found, to_report(found.data))
    return row, effect + _("收下的是签署的原件，不含后来加盖的时间戳。")


def _keep(desk: Desk, found: Verified, report: Report) -> Steps[tuple[KeptReport, str]]:
    """Keep what was signed, with what will be asked of it."""
    sha256 = hashlib.sha256(found.signed).hexdigest()
    code = _refuse_stranger(desk, found, report)
    rechecked: Rechecked = yield _recheck(desk, report, code)  # before anything is kept: it may not be possible
    known = kept.report(desk.book, sha256)
    if known is not None:  # it came another way meanwhile
        return known, _("这份月报以前已经收过，没有变化。")
    chain = revision_chain.look(desk, report, code, found.data_sha256 or "")
    on_time = desk.today() <= judged(desk, report).last_day
    checked = rechecked.checked
    kept.keep_report(
        desk.book,
        sha256,
        code,
        report.unit.name,
        report.period,
        report.revision,
        found.check_code or "",
        found.data_sha256 or "",
        on_time,
        found.signed,
        desk.now(),
        desk.actor,
        ReportDigest(
            checked.errors,
            checked.warnings,
            checked.unexplained,
            checked.hints,
            report.follows.data_sha256 if report.follows else None,
            canonical(found.data or {}),
        ),
    )
    row = kept.report(desk.book, sha256)
    if row is None:
        raise LookupError(f"report {sha256} was kept and is not there")
    return row, "".join((_effect(report, rechecked, on_time=on_time), *chain))


def judged(desk: Desk, report: Report) -> DueDate:
    """The due date as this desk reads it; where only the unit has the year's notice, by the unit's calendar."""
    own = due(report.period, desk)
    return replace(report.due, inclusive=own.inclusive) if report.due.certain and not own.certain else own


def _enrolled_rows(desk: Desk, unit: dict[str, Any]) -> list[Enrolled]:
    """The enrolments of the very unit that a report's data names."""
    return _rows_of(kept.enrolled(desk.book), desk.directory, unit)


def _rows_of(enrolled: Sequence[Enrolled], directory: Directory, unit: dict[str, Any]) -> list[Enrolled]:
    """By its name: the code of a town is its own invention. A code that is known here must be that unit's, though."""
    name, known = unit.get("name"), directory.find(str(unit.get("code")))
    if known is not None and known.name != name and not is_own(known):
        return []
    return [row for row in enrolled if row.unit_name == str(name)]


def _enrolled_for(desk: Desk) -> "Callable[[dict[str, Any]], list[Certificate]]":
    """Their certificates, by a report's data; what it gives may be asked in any thread."""
    from desktop_app.signing.certificates import read_certificates

    enrolled, directory = kept.enrolled(desk.book), desk.directory

    def certificates(data: dict[str, Any]) -> "list[Certificate]":
        rows = _rows_of(enrolled, directory, data.get("unit", {}))
        return [certificate for row in rows for certificate in read_certificates(row.certificate_pem)]

    return certificates


def _refuse_stranger(desk: Desk, found: Verified, report: Report) -> str:
    """The code under which the unit is enrolled; ClerkError where it is not, or somebody else signed for it."""
    rows = _enrolled_rows(desk, {"code": report.unit.code, "name": report.unit.name})
    if not rows:
        raise ClerkError(
            _("{unit}的证书还没有登记，不能确认是谁签的。").format(unit=report.unit.name),
            _("请先核对指纹并登记：bureau enrol 证书文件，也可以是它签的这份文件。"),
        )
    if not found.trusted:
        raise ClerkError(
            _("签名用的不是{unit}登记的证书，没有收下。").format(unit=report.unit.name),
            _("请与报送单位核对证书指纹。"),
        )
    return rows[0].unit_code


def _recheck(desk: Desk, report: Report, code: str) -> Callable[[], Rechecked]:
    """What the rules here say of it, ready to be asked in any thread."""
    before = report_digests.heads(desk.book, report.period.previous, code) if report.period.month > 1 else ()
    last = max(before, key=lambda row: row.revision, default=None)
    data, bounds = revision_chain.data_of(desk, last.sha256) if last else None, thresholds(desk)
    return lambda: recheck(report, to_report(data) if data is not None else None, bounds)


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


def answerable(desk: Desk, report: str) -> KeptReport:
    """The report meant by a file, a sha256 or a check code, received first where it is a file that is new."""
    file = Path(report)
    if file.is_file():
        return take_bytes(desk, read_file(file))[0]
    found = kept.report(desk.book, report.strip())
    if found is None:
        raise ClerkError(
            _("收件簿里没有「{report}」。").format(report=report), _("请给出月报文件、校验码或文件的 SHA-256。")
        )
    return found


def answer_file(desk: Desk, found: KeptReport, report: str, out: Path | None, word: str) -> Path:
    """Where an answer goes: as asked, else beside the report's file; `word` begins its name."""
    file = Path(report)
    name = f"{word}_" + report_name(_short(desk, found.unit_code), found.period, found.revision, found.check_code)
    folder = out or (file.parent if file.is_file() else Path.cwd())
    return folder if folder.suffix.lower() == ".pdf" else folder / name


def _short(desk: Desk, code: str) -> str:
    unit = desk.directory.find(code)
    return unit.short_name if unit else code


def _receipt(desk: Desk, row: KeptReport, passphrase: str, key_name: str | None) -> tuple[bytes, Receipt, str]:
    """A signed receipt for exactly these bytes, and what was left out; the one already given where there is one."""
    from desktop_app.rendering import render_receipt

    if row.answer == "returned":
        raise ClerkError(
            _("{unit} {period} 第{revision}版已经退回，不能再出回执。").format(
                unit=row.unit_name, period=row.period, revision=row.revision
            ),
            _("请等报送单位更正后的新一版。"),
        )
    if row.receipt_pdf is not None:
        return row.receipt_pdf, to_receipt(open_envelope(row.receipt_pdf).data), ""
    revision_chain.refuse_superseded(desk, row)
    key = keys.load(desk, signing_key(desk, key_name), passphrase)
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
        due=judged(desk, to_report(revision_chain.data_of(desk, row.sha256))).last_day,
        on_time=row.on_time,
        bureau=desk.unit.name,
    )
    letter = Letter(
        "receipt.json",
        receipt_json(receipt),
        "回执数据",
        f"回执 {row.unit_name} {row.period}",
        f"{row.period},{row.unit_code},{row.check_code}",
        lambda code, sha256: render_receipt(receipt, code, sha256=sha256),
    )
    signed, _code = signed_letter(desk, letter, key)
    note = received_at.stamp_with(desk, row, passphrase)
    kept.set_answer(desk.book, row.sha256, "accepted", hashlib.sha256(signed).hexdigest(), signed, at, desk.actor)
    return signed, receipt, note
