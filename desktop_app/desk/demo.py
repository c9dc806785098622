"""A whole month on the sample plan, in a fresh book: from the bureau's table to its receipt."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app import assets
from desktop_app.desk import bureau, keys, sign_report, take_plan
from desktop_app.desk.check_report import Checked, check, explain
from desktop_app.desk.desk import Desk
from desktop_app.desk.fill_month import fill
from desktop_app.desk.hand_in import HandedIn, hand_in
from desktop_app.desk.month import open_month, set_people
from desktop_app.desk.open_book import create, create_bureau
from desktop_app.desk.receive import receive
from desktop_app.desk.save_entry import attach, save
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import ENTRY_FIELDS
from desktop_app.model.finding import REPORT, Severity
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState, People, Role

UNIT = "朝阳区政府"
FEBRUARY, MARCH = Period(2023, 2), Period(2023, 3)
DAY = date(2023, 4, 4)
PREPARER, APPROVER = "王喆", "李堃"

# The sample month holds two typing errors on purpose; this is what the figures should have been.
CORRECTIONS: Mapping[str, Mapping[str, object]] = {
    "3-9": {"cumulative": "26", "percent": "86.7"},
    "2-14": {"cumulative": "181", "percent": "34.8"},
}
EXPLANATION = "（示例说明）前期准备已就绪，任务安排在二、三季度集中实施，预计上半年赶上序时进度。"


@dataclass(frozen=True)
class DemoResult:
    """What the demonstration made; `seconds` by the clock on the wall."""

    book: Path
    report_pdf: Path
    receipt_pdf: Path
    unit_certificate: Path
    bureau_certificate: Path
    period: Period
    tasks: int
    errors: int
    warnings: int
    hints: int
    signatures: int
    check_code: str
    state: MonthState
    seconds: float


def sample_book(path: Path, *, today: date | None = None) -> Desk:
    """A book to try things in: the sample plan, February filled, March filled but for a few tasks and two slips."""
    desk = create(path, UNIT, today=today or DAY)
    desk.actor = PREPARER
    take_plan.import_plan(desk, _sample("plan-2023-sample.xlsx"))
    set_people(desk, People(PREPARER, "", APPROVER, "010-00000000"))
    fill(desk, FEBRUARY, _sample("progress-chaoyang-2023-02.json"))
    fill(desk, MARCH, _sample("progress-chaoyang-2023-03.json"))
    for task_id in ("2-31", "3-20", "5-14"):
        save(desk, MARCH, task_id, {field: False if field == "nil" else None for field in ENTRY_FIELDS})
    return desk


def run_demo(out: Path, *, today: date | None = None) -> DemoResult:
    """Do the whole month below `out`; a demonstration that is there already is left alone."""
    started = time.monotonic()
    folder = _fresh(out)
    passphrase = secrets.token_urlsafe(18)
    desk = create(folder / "sample.yuebao", UNIT, today=today or DAY)
    try:
        checked = _fill(desk)
        keys.new_key(desk, PREPARER, Role.PREPARER, passphrase)
        keys.new_key(desk, APPROVER, Role.APPROVER, passphrase)
        sign_report.sign(desk, MARCH, Role.PREPARER, PREPARER, passphrase)
        signed = sign_report.sign(desk, MARCH, Role.APPROVER, APPROVER, passphrase)
        unit_certificate = folder / "unit-certificate.pem"
        keys.export(desk, unit_certificate)
        (folder / "handed-in").mkdir()
        handed = hand_in(desk, MARCH, folder / "handed-in")
        receipt, bureau_certificate = _answer(folder, handed, unit_certificate, desk.rehearsal)
        home = receive(desk, [receipt])
        if home.refused:
            raise ClerkError(home.refused[0].reason)
        view = open_month(desk, MARCH)
    finally:
        desk.close()
    return DemoResult(
        book=folder / "sample.yuebao",
        report_pdf=handed.path,
        receipt_pdf=receipt,
        unit_certificate=unit_certificate,
        bureau_certificate=bureau_certificate,
        period=MARCH,
        tasks=view.required,
        errors=checked.errors,
        warnings=checked.warnings,
        hints=checked.hints,
        signatures=signed.signatures,
        check_code=signed.check_code,
        state=view.state,
        seconds=round(time.monotonic() - started, 2),
    )


def _fresh(out: Path) -> Path:
    """A folder without an earlier demonstration in it."""
    folder, count = out, 1
    while (folder / "sample.yuebao").exists():
        count += 1
        folder = out / f"again-{count}"
    return folder


def _sample(name: str) -> Path:
    return assets.path("samples", name)


def _fill(desk: Desk) -> Checked:
    """February and March as a clerk would: fill, correct what the checks found, explain the rest."""
    desk.actor = PREPARER
    take_plan.import_plan(desk, _sample("plan-2023-sample.xlsx"))
    set_people(desk, People(PREPARER, "", APPROVER, "010-00000000"))
    for period in (FEBRUARY, MARCH):
        filled = fill(desk, period, _sample(f"progress-chaoyang-{period}.json"))
        if filled.refused:
            raise ClerkError(filled.refused[0].reason)
    attach(desk, MARCH, "4-8", _sample("evidence-sample.txt"))
    for task_id, figures in CORRECTIONS.items():
        save(desk, MARCH, task_id, figures)
    for finding in check(desk, MARCH).findings:
        if finding.severity is Severity.WARNING:
            late = finding.task == REPORT
            explain(
                desk, MARCH, finding.task, finding.code, _("（示例说明）演练日期晚于截止日。") if late else EXPLANATION
            )
    return check(desk, MARCH)


def _answer(folder: Path, handed: HandedIn, unit_certificate: Path, today: date | None) -> tuple[Path, Path]:
    """The other side of the street: the bureau enrols the unit, receives the report and answers."""
    passphrase = secrets.token_urlsafe(18)
    desk = create_bureau(folder / "bureau.yuebao", today=today)
    try:
        bureau.make_key(desk, passphrase)
        certificate = folder / "bureau-certificate.pem"
        keys.export(desk, certificate)
        bureau.enrol(desk, unit_certificate)
        received = bureau.receive(desk, [handed.path])
        if received.refused:
            raise ClerkError(received.refused[0].reason)
        return bureau.accept(desk, str(handed.path), passphrase, folder / "receipts").path, certificate
    finally:
        desk.close()
