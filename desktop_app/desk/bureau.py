"""The receiving desk: enrol units, receive their reports, answer with a receipt."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop_app.desk import enrolled_units, enrolling, keys, received_at, reporting_units, revision_chain
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file, write_file
from desktop_app.desk.letters import Letter, sender, signed_by
from desktop_app.desk.month import due
from desktop_app.desk.receive import NotTaken, Received, Taken
from desktop_app.desk.recheck import Rechecked, recheck
from desktop_app.desk.settings import thresholds
from desktop_app.desk.steps import Steps, at_once
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.errors import ClerkError
from desktop_app.exchange import KIND_WORDS, canonical, open_envelope, receipt_json, to_receipt, to_report
from desktop_app.exchange.folder import report_name
from desktop_app.language import _
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import DueDate, Role
from desktop_app.model.report_body import Report
from desktop_app.store import Enrolled, KeptReport, ReportDigest, report_digests
from desktop_app.store import bureau as kept

KEY = "收文专用"


@dataclass(frozen=True)
class Accepted:
    """The receipt that answers a report; `note` says what was left out of the answer, "" where nothing was."""

    receipt: Receipt
    path: Path
    sha256: str
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """A receipt as it is kept with the report that it answers."""

    row: KeptReport
    pdf: bytes
    receipt: Receipt
    note: str


def make_key(desk: Desk, passphrase: str) -> keys.KeyInfo:
    """The key that signs receipts."""
    return keys.new_key(desk, KEY, Role.APPROVER, passphrase)


def signing_key(desk: Desk, wanted: str | None = None) -> str:
    """The key that signs what this desk answers: the bureau's own, or a unit's approver's; ClerkError."""
    return KEY if desk.kind == "bureau" and wanted is None else keys.approver_key(desk, wanted)


def enrol(desk: Desk, certificate: Path) -> Enrolled:
    """Trust a unit's certificate from now on, and expect its reports. The unit is the one the certificate names."""
    return at_once(taking_on(desk, certificate))


def taking_on(desk: Desk, certificate: Path) -> Steps[Enrolled]:
    """The same step by step: a signed file that carries a certificate is verified."""
    done = yield from enrolling.trusting(desk, certificate)
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
    return at_once(accepting(desk, report, passphrase, out, key_name=key_name))


def accepting(
    desk: Desk, report: str, passphrase: str, out: Path | None = None, *, key_name: str | None = None
) -> Steps[Accepted]:
    """The same step by step."""
    answer = yield from answering(desk, report, passphrase, key_name)
    return (yield from writing(desk, answer, report, out))


def answering(desk: Desk, report: str, passphrase: str, key_name: str | None) -> Steps[Answer]:
    """The receipt, signed in any thread and kept; nothing is written yet."""
    row = yield from finding(desk, report)
    return (yield from _receipt(desk, row, passphrase, key_name))


def writing(desk: Desk, answer: Answer, report: str, out: Path | None) -> Steps[Accepted]:
    """The receipt as a file: where it was asked for, else beside the report."""
    target = answer_file(desk, answer.row, report, out, "回执")
    yield lambda: write_file(target, answer.pdf)
    return Accepted(answer.receipt, target, hashlib.sha256(answer.pdf).hexdigest(), answer.note)


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
    lists, trust, at = keys.key_folder(desk).lists(), enrolled_units.certificates_for(desk), desk.clock()
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
    code = enrolled_units.refuse_stranger(desk, found, report)
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
    return at_once(finding(desk, report))


def finding(desk: Desk, report: str) -> Steps[KeptReport]:
    """The same step by step."""
    file = Path(report)
    if file.is_file():
        row, _effect = yield from taking(desk, read_file(file))
        return row
    found = kept.report(desk.book, report.strip())
    if found is None:
        raise ClerkError(
            _("收件簿里没有「{report}」。").format(report=report), _("请给出月报文件、校验码或文件的 SHA-256。")
        )
    return found


def last_day(desk: Desk, row: KeptReport) -> Steps[date]:
    """The day by which a report held here was due, as this desk reads it."""
    data = revision_chain.reading(desk, row.sha256)
    report: Report = yield lambda: to_report(data())
    return judged(desk, report).last_day


def answer_file(desk: Desk, found: KeptReport, report: str, out: Path | None, word: str) -> Path:
    """Where an answer goes: as asked, else beside the report's file; `word` begins its name."""
    file = Path(report)
    name = f"{word}_" + report_name(_short(desk, found.unit_code), found.period, found.revision, found.check_code)
    folder = out or (file.parent if file.is_file() else Path.cwd())
    return folder if folder.suffix.lower() == ".pdf" else folder / name


def _short(desk: Desk, code: str) -> str:
    unit = desk.directory.find(code)
    return unit.short_name if unit else code


def _receipt(desk: Desk, row: KeptReport, passphrase: str, key_name: str | None) -> Steps[Answer]:
    """A signed receipt for exactly these bytes, and what was left out; the one already given where there is one."""
    if row.answer == "returned":
        raise ClerkError(
            _("{unit} {period} 第{revision}版已经退回，不能再出回执。").format(
                unit=row.unit_name, period=row.period, revision=row.revision
            ),
            _("请等报送单位更正后的新一版。"),
        )
    if (given := row.receipt_pdf) is not None:
        receipt = yield lambda: to_receipt(open_envelope(given).data)
        return Answer(row, given, receipt, "")
    revision_chain.refuse_superseded(desk, row)
    load, at, by = keys.loading(desk, signing_key(desk, key_name), passphrase), desk.now(), sender(desk)
    receipt = _receipt_of(desk, row, (yield from last_day(desk, row)))
    signed: bytes = yield lambda: signed_by(by, _letter(receipt), load())[0]
    note = yield from received_at.stamping_with(desk, row, passphrase)
    revision_chain.refuse_superseded(desk, row)  # it was signed elsewhere: a later one may have come meanwhile
    kept.set_answer(desk.book, row.sha256, "accepted", hashlib.sha256(signed).hexdigest(), signed, at, desk.actor)
    return Answer(row, signed, receipt, note)


def _receipt_of(desk: Desk, row: KeptReport, due_on: date) -> Receipt:
    return Receipt(
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        period=row.period,
        revision=row.revision,
        report_sha256=row.sha256,
        data_sha256=row.data_sha256,
        check_code=row.check_code,
        received_at=row.received_at,
        due=due_on,
        on_time=row.on_time,
        bureau=desk.unit.name,
    )


def _letter(receipt: Receipt) -> Letter:
    from desktop_app.rendering import render_receipt

    return Letter(
        "receipt.json",
        receipt_json(receipt),
        "回执数据",
        f"回执 {receipt.unit_name} {receipt.period}",
        f"{receipt.period},{receipt.unit_code},{receipt.check_code}",
        lambda code, sha256: render_receipt(receipt, code, sha256=sha256),
    )
