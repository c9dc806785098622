"""A unit's twelve signed months on the sample plan, from its first table to its receipts; sample text, made by verbs.

Made once in a run of the tests, by the first worker that asks, and then copied. The same words, figures and days every
time; only keys and signatures, and what hangs on their bytes, are new in every run.
"""

import atexit
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from desktop_app import assets
from desktop_app.desk import bureau, bureau_return, keys, sign_report, take_plan
from desktop_app.desk.check_report import check, explain
from desktop_app.desk.correct import answer, correct
from desktop_app.desk.desk import Desk
from desktop_app.desk.fill_month import fill
from desktop_app.desk.hand_in import hand_in
from desktop_app.desk.month import due, set_people
from desktop_app.desk.open_book import create, create_bureau, open_desk
from desktop_app.desk.receive import receive, trust_bureau
from desktop_app.desk.save_entry import attach, save
from desktop_app.model.finding import Severity
from desktop_app.model.period import Period
from desktop_app.model.report import People, Role
from tests import sample_year_words as words

YEAR = 2023
UNIT = "市交通委"
PERIODS = tuple(Period(YEAR, month) for month in range(1, 13))
AFTER = date(2024, 1, 10)  # the day on which the copy is opened
PREPARER, APPROVER, PHRASE = "王喆", "李堃", "correct horse"
RETURNED, CORRECTED = Period(YEAR, 3), Period(YEAR, 6)  # came back with a remark; put right by the unit itself
ANSWERED = tuple(Period(YEAR, month) for month in (1, 3, 4, 6, 9, 11))  # the others have no receipt yet
# Handed in so many days after the last day; the others on the working day before the third.
LATE = {Period(YEAR, 4): 2, Period(YEAR, 9): 0}
_BEIJING = timezone(timedelta(hours=8))


def year_book(folder: Path) -> Path:
    """A copy of the unit's book in `folder`, its keys beside it; also bureau.yuebao, handed-in/ and answers/."""
    shutil.copytree(_made(), folder, dirs_exist_ok=True)
    return folder / "book.yuebao"


def year_desk(folder: Path, *, today: date = AFTER) -> Desk:
    """The copy, open."""
    return open_desk(year_book(folder), today=today)


def handed_in() -> tuple[Path, ...]:
    """Every report that was handed in, the returned and the corrected one too, by month and revision."""
    return tuple(sorted((_made() / "handed-in").glob("*.pdf")))


@cache
def _made() -> Path:
    """The folder that every test copies: this run's, or this process's where nobody shares one (tests/conftest.py)."""
    shared = os.environ.get("YUEBAO_TESTS_SHARED")
    if shared is None:
        folder = Path(mkdtemp(prefix="yuebao-year-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return _make(folder / "year")
    year, making, failed = (Path(shared) / name for name in ("year", "year-making", "year-failed"))
    try:
        making.mkdir()
    except FileExistsError:
        while not year.exists():
            if failed.exists():
                raise RuntimeError("another worker could not make the sample year") from None
            time.sleep(0.2)
        return year
    try:
        return _make(making / "year").rename(year)
    except BaseException:
        failed.touch()
        raise


def _make(folder: Path) -> Path:
    (folder / "handed-in").mkdir(parents=True)
    with _two_sides(folder) as (unit, office):
        for period in PERIODS:
            _month(folder, unit, office, period)
    return folder


@contextmanager
def _two_sides(folder: Path) -> Iterator[tuple[Desk, Desk]]:
    """The unit's book with the sample plan and two keys, and the bureau's; each knows the other's certificate."""
    first = due(PERIODS[0]).safe
    unit = create(folder / "book.yuebao", UNIT, today=first)
    office = create_bureau(folder / "bureau.yuebao", today=first)
    try:
        _at(unit, first)
        _at(office, first)
        take_plan.import_plan(unit, assets.path("samples", "plan-2023-sample.xlsx"))
        set_people(unit, People(PREPARER, "", APPROVER, "010-00000000"))
        keys.new_key(unit, PREPARER, Role.PREPARER, PHRASE, remember=False)
        keys.new_key(unit, APPROVER, Role.APPROVER, PHRASE, remember=False)
        keys.export(unit, folder / "unit.pem")
        keys.new_key(office, bureau.KEY, Role.APPROVER, PHRASE, remember=False)
        keys.export(office, folder / "bureau.pem")
        bureau.enrol(office, folder / "unit.pem")
        trust_bureau(unit, folder / "bureau.pem")
        yield unit, office
    finally:
        unit.close()
        office.close()


def _month(folder: Path, unit: Desk, office: Desk, period: Period) -> None:
    """Fill, sign and hand in, and what came of it."""
    deadline = due(period)
    day = deadline.last_day + timedelta(days=LATE[period]) if period in LATE else deadline.safe
    _at(unit, day)
    _fill(folder, unit, period)
    report = _send(folder, unit, period)
    if period == RETURNED:
        _at(office, day)
        remarks = words.write_remarks(folder / "remarks.json")
        _home(unit, bureau_return.return_report(office, str(report), remarks, PHRASE, folder / "answers").path)
        day += timedelta(days=1)
        _at(unit, day)
        correct(unit, period, words.RETURN_REASON)
        save(unit, period, words.REMARK["task"], words.PUT_RIGHT)
        save(unit, period, words.REMOVED_TASK, {"problems": "无"})
        answer(unit, period, words.REMARK["task"], words.REMARK["field"], words.ANSWER)
        report = _send(folder, unit, period)
    if period in ANSWERED:
        _receipt(folder, unit, office, report, day)
    if period == CORRECTED:
        _at(unit, day := day + timedelta(days=5))
        correct(unit, period, words.CORRECTION_REASON)
        save(unit, period, *words.CORRECTION)
        _receipt(folder, unit, office, _send(folder, unit, period), day)


def _fill(folder: Path, unit: Desk, period: Period) -> None:
    file = words.write_month(folder / "month.json", period)
    filled = fill(unit, period, file)
    if filled.refused:
        raise AssertionError(filled.refused)
    for task, name, text in words.EVIDENCE.get(period.month, ()):
        (folder / name).write_text(text, encoding="utf-8")
        attach(unit, period, task, folder / name)
        (folder / name).unlink()


def _send(folder: Path, unit: Desk, period: Period) -> Path:
    """Explain what the checks ask about, sign by both, hand in."""
    for finding in check(unit, period).findings:
        if finding.severity is Severity.WARNING and finding.blocks:
            explain(unit, period, finding.task, finding.code, words.explanation(finding, period))
    sign_report.sign(unit, period, Role.PREPARER, PREPARER, PHRASE)
    sign_report.sign(unit, period, Role.APPROVER, APPROVER, PHRASE)
    return hand_in(unit, period, folder / "handed-in").path


def _receipt(folder: Path, unit: Desk, office: Desk, report: Path, day: date) -> None:
    _at(office, day)
    _home(unit, bureau.accept(office, str(report), PHRASE, folder / "answers").path)


def _home(unit: Desk, file: Path) -> None:
    came = receive(unit, [file])
    if came.refused:
        raise AssertionError(came.refused)


def _at(desk: Desk, day: date) -> None:
    """Ten in the morning of a day, on the desk's own clock."""
    desk.rehearsal = None
    desk.clock = lambda: datetime(day.year, day.month, day.day, 10, tzinfo=_BEIJING)
