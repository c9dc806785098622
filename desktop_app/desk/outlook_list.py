"""The year's outlook as a list to hand on: a workbook or pages, and the curves on one page to print."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from desktop_app.desk import fonts
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.desk.ledger import PDF, archived, write_as
from desktop_app.desk.ledger_tables import sources_sheet
from desktop_app.desk.outlook import METHOD, outlook_of, share, signed_until
from desktop_app.errors import UsageError
from desktop_app.language import N_, _, speaking
from desktop_app.model.ledger import Cell, CellKind, Column, Ledger, Sheet, Total
from desktop_app.model.outlook import (
    LIKENESS_WORDS,
    OUTLOOK_WORDS,
    WHY_NOT,
    ArchivedCourses,
    Forecast,
    Outlook,
    Standing,
    TaskOutlook,
)
from desktop_app.model.period import Period

WORD = N_("全年预测")
_MISSING = (Standing.MISSED, Standing.WILL_MISS)


def missing(found: Outlook) -> tuple[TaskOutlook, ...]:
    """The tasks that will miss their date or have, those first of which each month needs the most of the target."""
    chosen = [task for task in found.tasks if task.standing in _MISSING]
    return tuple(sorted(chosen, key=_urgency, reverse=True))


def _urgency(task: TaskOutlook) -> Decimal:
    lacking = Decimal(100) - (share(task.actual, task.target) if task.actual is not None else 0)
    return 1000 + lacking if task.needed is None else task.needed / task.target * 100


def as_list(desk: Desk, year: int, through: Period | None = None) -> Ledger:
    """The outlook as tables: what will miss its date, every task, last year beside this one, the sources."""
    months = signed_until(desk, year, through)
    found = outlook_of(desk, year, months)
    sheets = [
        Sheet(_("预计完不成的任务"), _columns(), tuple(map(_row, missing(found)))),
        Sheet(_("各项任务"), _columns(), tuple(map(_row, found.tasks))),
    ]
    if found.compared:
        sheets.append(_last_year(found))
    notes = (said(found), _(METHOD), *compared_words(found))
    title = _("{unit}{year}年{list}").format(unit=desk.unit.name, year=year, list=_(WORD))
    return Ledger(None, year, desk.unit, title, notes, (*sheets, sources_sheet(months)), found.sample)


def write_list(desk: Desk, year: int, out: Path, through: Period | None = None) -> Ledger:
    """Write it to .xlsx or .pdf; UsageError for another kind of file."""
    return write_as(desk, out, WORD, lambda: as_list(desk, year, through))


def write_chart(desk: Desk, year: int, out: Path, through: Period | None = None) -> Outlook:
    """Every curve of the year on one page, as PDF/A; UsageError for another kind of file."""
    if out.suffix.lower() != PDF:
        raise UsageError(_("曲线图不能存成 {name}。").format(name=out.name), _("文件名请以 .pdf 结尾。"))
    from desktop_app.rendering.year_page import render_year

    found = outlook_of(desk, year, signed_until(desk, year, through))
    fonts.make_ready()
    with speaking("zh"):  # paper is Chinese whatever the screen speaks
        title = f"{desk.unit.name}{year}年重点工作进度"
        pages = render_year(found, desk.unit.name, title, (said(found), METHOD))
        write_file(out, archived(pages.pdf, title, desk.unit, year, WORD, desk.today()))
    return found


def said(found: Outlook) -> str:
    """How many of each, in one line."""
    counts = {standing: sum(task.standing is standing for task in found.tasks) for standing in Standing}
    parts = [f"{_(OUTLOOK_WORDS[standing])} {count}" for standing, count in counts.items() if count]
    text = _("截至{period}已签署 {months} 个月；有数量目标的任务 {count} 项：{parts}。").format(
        period=found.last.spoken, months=found.months, count=len(found.tasks), parts=_("、").join(parts) or "—"
    )
    return text + (_("另有 {left} 项没有数量目标。").format(left=found.left) if found.left else "")


def compared_words(found: Outlook) -> tuple[str, ...]:
    """What is to be known of the comparison with last year."""
    if found.compared is None:
        return (_("填报簿里没有上一年签署的月报，没有与上年比较；可以指定上一年的归档文件夹。"),)
    text = _("与上年对应的任务 {count} 项，是按措施文字找出来的，逐项注明依据，请核对。")
    words = (text.format(count=found.compared),)
    return words if found.archive is None else (*words, *archive_words(found.archive))


def archive_words(archive: ArchivedCourses) -> tuple[str, ...]:
    """Where last year's figures come from, and what was not checked of it."""
    said = _("上年数取自归档「{folder}」的 {months} 个月签名月报，{day} 核对无误（清单 {sum}…）。").format(
        folder=Path(archive.folder).name,
        months=archive.months,
        day=archive.at.date().isoformat(),
        sum=archive.listing_sha256[:16],
    )
    return (said,) if archive.trusted else (said, _("归档里签名人的证书没有在本簿登记，身份没有核对。"))


def _columns() -> tuple[Column, ...]:
    number = CellKind.NUMBER
    return (
        Column("id", _("任务编号"), 8, total=Total.COUNT, paper=34),
        Column("title", _("重点任务"), 22, paper=66),
        Column("deadline", _("完成时限"), 14, paper=44),
        Column("unit", _("计量单位"), 9, paper=34),
        Column("target", _("目标值"), 10, number, paper=38),
        Column("actual", _("累计完成"), 10, number, paper=38),
        Column("percent", _("完成率"), 10, CellKind.PERCENT, paper=40),
        Column("scheduled", _("序时进度"), 10, CellKind.PERCENT, paper=40),
        Column("low", _("年底最低"), 10, number, paper=38),
        Column("mid", _("年底中间"), 10, number, paper=38),
        Column("high", _("年底最高"), 10, number, paper=38),
        Column("needed", _("以后每月需完成"), 12, number, paper=42),
        Column("standing", _("判断"), 18, paper=56),
        Column("note", _("说明"), 30, paper=72),
        Column("source", _("来源月报"), 10),
        Column("revision", _("版次"), 6, number),
        Column("check_code", _("校验码"), 22),
    )


def _row(task: TaskOutlook) -> tuple[Cell, ...]:
    band = task.forecast
    return (
        task.id,
        ("★" if task.task.key else "") + task.task.title.lstrip("★").strip(),
        task.task.deadline.raw,
        task.unit,
        task.target,
        task.actual,
        None if task.actual is None else share(task.actual, task.target),
        scheduled(task),
        *((band.low, band.mid, band.high) if band else (None, None, None)),
        task.needed or None,
        _(OUTLOOK_WORDS[task.standing]),
        note(task),
        str(task.source),
        Decimal(task.revision),
        task.check_code,
    )


def scheduled(task: TaskOutlook) -> Decimal | None:
    """序时进度 in the month of the source, to one place."""
    expected = dict(task.schedule).get(task.source.month)
    return None if expected is None else share(expected, Decimal(100))


def note(task: TaskOutlook) -> str:
    """Why nothing is forecast, or what the forecast rests on."""
    if task.standing is Standing.MISSED:
        return _("时限已到")
    if task.why_not is not None:
        return _(WHY_NOT[task.why_not])
    if task.beyond_fastest:
        return _("以后每月都像最快的那个月也不够")
    return _("依据 {months} 个月").format(months=task.forecast.months) if task.forecast else ""


def _last_year(found: Outlook) -> Sheet:
    """Side by side with what seems to be the same task a year ago."""
    columns: Sequence[Column] = (
        Column("id", _("任务编号"), 8, total=Total.COUNT, paper=34),
        Column("title", _("重点任务"), 22, paper=80),
        Column("percent", _("今年完成率"), 10, CellKind.PERCENT, paper=46),
        Column("then", _("上年同月完成率"), 12, CellKind.PERCENT, paper=50),
        Column("last_percent", _("上年最后完成率"), 12, CellKind.PERCENT, paper=50),
        Column("last_id", _("上年编号"), 8, paper=40),
        Column("last_title", _("上年任务"), 22, paper=80),
        Column("last_target", _("上年目标值"), 10, CellKind.NUMBER, paper=46),
        Column("last_actual", _("上年累计完成"), 10, CellKind.NUMBER, paper=46),
        Column("last_unit", _("上年计量单位"), 10, paper=40),
        Column("likeness", _("对应依据"), 24, paper=70),
        Column("source", _("上年来源月报"), 12, paper=46),
        Column("check_code", _("校验码"), 22),
    )
    rows = [
        (
            task.id, task.task.title.lstrip("★").strip(),
            None if task.actual is None else share(task.actual, task.target),
            was.same_month, was.percents[-1][1], was.task.id, was.task.title.lstrip("★").strip(), was.target,
            was.actual, was.unit, _(LIKENESS_WORDS[was.likeness]), str(was.period), was.check_code,
        )
        for task in found.tasks
        if (was := task.last_year) is not None
    ]  # fmt: skip
    return Sheet(_("与上年比较"), tuple(columns), tuple(rows))


def band_words(found: Forecast, unit: str) -> str:
    """124—174（中间 134.4）家."""
    from desktop_app.model.plain import decimal_text

    low, mid, high = map(decimal_text, (found.low, found.mid, found.high))
    if low == high:
        return f"{mid}{unit}"
    return _("{low}—{high}{unit}（中间 {mid}）").format(low=low, high=high, mid=mid, unit=unit)
