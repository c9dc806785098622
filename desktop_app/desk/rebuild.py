"""A new book from one's own signed reports and what answered them, when the old one is gone and so are its backups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop_app.desk.desk import Desk, local_now, login
from desktop_app.desk.files import read_file
from desktop_app.desk.month import set_people
from desktop_app.desk.rebuild_letters import NotUsed
from desktop_app.desk.rebuild_sorting import Sorted, read_files, sort_out
from desktop_app.desk.rebuilt_plan import plans_of
from desktop_app.desk.receive import trust_bureau
from desktop_app.desk.settled import DUE_INCLUSIVE
from desktop_app.desk.take_plan import Reading
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.activity import Activity
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.report import MonthState
from desktop_app.model.report_body import Report
from desktop_app.model.unit import Unit
from desktop_app.plans import shipped_directory
from desktop_app.store import activities, months, settings
from desktop_app.store.fresh import made_beside
from desktop_app.store.rebuilding import RebuiltMonth
from desktop_app.store.rebuilding import rebuild as put_back


@dataclass(frozen=True)
class MonthBack:
    """A month that is in the new book; `remarks` are those with which it came back."""

    period: Period
    revision: int
    state: MonthState
    remarks: int = 0


@dataclass(frozen=True)
class Rebuilt:
    """What became of the files. `book` is None where nothing could be used and no book was made.

    `missing` says in sentences what no report could bring back; `notes` what to look at.
    """

    book: Path | None
    months: tuple[MonthBack, ...]
    refused: tuple[NotUsed, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...] = ()


def rebuild(
    book: Path,
    files: Sequence[Path],
    *,
    unit: str | None = None,
    tables: Sequence[Path] = (),
    trust: Sequence[Path] = (),
    today: date | None = None,
) -> Rebuilt:
    """Make a book from signed reports, their receipts and returns; what does not hold is left out and says why.

    `unit` is whose reports count (else the one unit that all name), `tables` the task tables they were filled by,
    `trust` certificates. ClerkError where a book of that name is there: it is never touched.
    """
    if book.exists() or book.is_symlink():
        raise ClerkError(
            _("{name} 已经存在，没有改动它。").format(name=book.name), _("请用 --book 指定一个新的文件名。")
        )
    found = sort_out(read_files(files, _trusted(book, trust)), unit)
    if not found.months:
        return Rebuilt(None, (), found.refused, ())
    reports = [month.report for month in found.months]
    known, unused = _tables(tables, reports)
    back, lost = _write(book, found, plans_of(reports, known), trust, today)
    whole = {report.plan.sha256 for report in reports} <= set(known)
    missing = (*_unasked(found.months, lost), *_missing(book, found.months, whole=whole))
    return Rebuilt(book, back, (*found.refused, *unused), missing, found.notes)


def _trusted(book: Path, trust: Sequence[Path]) -> bytes:
    """Certificates in PEM: those given, and the unit's own where the folder of its keys was spared."""
    from desktop_app.signing.certificates import pem, read_certificates
    from desktop_app.signing.keys import KeyFolder

    given = [pem(read_certificates(read_file(path, largest=1024 * 1024))) for path in trust]
    folder = book.with_name(book.stem + ".keys")
    if folder.is_dir():
        given.append(KeyFolder(folder).unit_certificates_pem())
    return b"".join(given)


def _tables(files: Sequence[Path], reports: Sequence[Report]) -> tuple[dict[str, Plan], tuple[NotUsed, ...]]:
    """The task tables that the reports were filled by, by their digest, and those that belong to no report."""
    wanted = {report.plan.sha256 for report in reports}
    known: dict[str, Plan] = {}
    unused = []
    for file in files:
        plan = Reading(read_file(file), file.name, shipped_directory(), {}, ()).read().taken.plan
        if plan.id in wanted:
            known[plan.id] = plan
        else:
            unused.append(NotUsed(str(file), _("没有一份月报是按这份任务表填报的，没有采用。")))
    return known, tuple(unused)


def _write(
    book: Path, found: Sorted, plans: Sequence[Plan], trust: Sequence[Path], today: date | None
) -> tuple[tuple[MonthBack, ...], tuple[int, ...]]:
    """The months of the new book, and how many answers of each are to remarks that no file holds."""
    newest = found.months[-1].report
    unit = shipped_directory().find(newest.unit.code) or newest.unit
    now = local_now()
    with made_beside(book, "unit", unit, now) as made:
        lost = put_back(made, plans, found.months, now, login())
        desk = Desk(made, today)
        set_people(desk, newest.people)
        for certificate in trust:
            if not _names(certificate, unit):
                trust_bureau(desk, certificate)
        for done in _publicised(found, now):
            activities.put(made, done)
        if not newest.due.inclusive:
            settings.put(made, DUE_INCLUSIVE, value=False, at=now, actor=login())
        back = tuple(
            MonthBack(month.period, month.revision, month.state, sum(len(letter.remarks) for letter in given.letters))
            for month, given in zip(months.months(made), found.months, strict=True)
        )
        return back, lost


def _publicised(found: Sorted, now: datetime) -> list[Activity]:
    """The register as far as the newest report of each month tells of it."""
    newest = {month.report.period: month.report for month in found.months}
    return [
        Activity(each.number, period, each.kind, each.day, each.title, each.channel, each.link, each.task, now, login())
        for period, report in newest.items()
        for each in report.activities
    ]


def _names(certificate: Path, unit: Unit) -> bool:
    """Whether a certificate is the unit's own; the others given are those of receiving desks."""
    from desktop_app.signing.certificates import organisation, read_certificates

    return organisation(read_certificates(read_file(certificate, largest=1024 * 1024))[0]) == unit.name


def _missing(book: Path, found: Sequence[RebuiltMonth], *, whole: bool) -> tuple[str, ...]:
    """What the reports do not hold, said plainly."""
    said = [*_gaps(found)]
    open_ = [_spoken(month.report) for month in found if not month.letters]
    if open_:
        said.append(
            _("{months} 没有回执或退回单，记为已签署；收到过的请再收一次，报送过的再报送一次也无妨。").format(
                months="、".join(open_)
            )
        )
    if not whole:
        said.append(_("任务表：月报里只有本单位的任务和指标，其余的要重新导入原来的任务表。"))
    said.append(_("没有签署的草稿，以及签署以前每一处修改的记录。"))
    said.append(_("挂账事项的销号记录：请照以前导出的台账再记一次（item close）。"))
    said.append(_("公开、内部的标记和可以公开的说明；没有印进月报的宣传公开登记。"))
    said.append(_("设置、自己添加的单位、导入的日历、对任务表问题的答复记录，要重新填写。"))
    if not book.with_name(book.stem + ".keys").is_dir():
        said.append(_("签署密钥不在月报里：请把原来的密钥文件夹放回填报簿旁边，或新建密钥并把证书交收文方登记。"))
    return tuple(said)


def _unasked(found: Sequence[RebuiltMonth], lost: Sequence[int]) -> list[str]:
    return [
        _("{month}答复的退回意见有 {count} 条不在给出的退回单里；答复仍在那一版月报里。").format(
            month=_spoken(month.report), count=count
        )
        for month, count in zip(found, lost, strict=True)
        if count
    ]


def _gaps(found: Sequence[RebuiltMonth]) -> list[str]:
    there: dict[Period, set[int]] = {}
    for month in found:
        there.setdefault(month.report.period, set()).add(month.report.revision)
    said = []
    for period, revisions in there.items():
        lost = [number for number in range(1, max(revisions)) if number not in revisions]
        if lost:
            numbers = "、".join(str(number) for number in lost)
            said.append(_("{period} 缺第 {numbers} 版。").format(period=period, numbers=numbers))
    period, last = min(there), max(there)
    while (period := period.next) < last:
        if period not in there:
            said.append(_("{period} 没有月报：前后月份的累计数请自行核对。").format(period=period))
    return said


def _spoken(report: Report) -> str:
    return _("{period} 第{revision}版").format(period=report.period, revision=report.revision)
