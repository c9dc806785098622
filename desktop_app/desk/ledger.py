"""台账: a year's ledgers from its signed months, as values, as a workbook or as pages."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

from desktop_app.desk import fonts, ledger_tables, listed_tables
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.desk.ledger_facts import BookFacts, Facts
from desktop_app.desk.listed_items import Listed
from desktop_app.desk.make_report import BEIJING
from desktop_app.desk.performance import STATUS_POINTS, key_tasks
from desktop_app.desk.signed_months import SignedMonth, signed_months
from desktop_app.desk.timeliness import record
from desktop_app.desk.weights import PARTS
from desktop_app.errors import UsageError
from desktop_app.language import _, speaking
from desktop_app.model.ledger import LEDGER_WORDS, Ledger, LedgerKind, Sheet
from desktop_app.model.plain import decimal_text
from desktop_app.model.unit import Unit

XLSX, PDF = ".xlsx", ".pdf"


def ledger(desk: Desk, year: int, kind: LedgerKind, *, every: bool = False) -> Ledger:
    """One ledger of a year; ClerkError where the year has no signed month. `every`: all tasks, not only key ones."""
    months = signed_months(desk, year)
    return ledger_of(BookFacts(desk, year, months), year, kind, months, every=every)


def ledger_of(
    facts: Facts, year: int, kind: LedgerKind, months: tuple[SignedMonth, ...], *, every: bool = False
) -> Ledger:
    """The same of months already read, and of what is known beside them."""
    notes = [
        _("取自 {first} 至 {last} 共 {count} 个月签署完毕的月报，每行注明来源月报和校验码；制表日期 {day}。").format(
            first=months[0].period, last=months[-1].period, count=len(months), day=facts.day.isoformat()
        )
    ]
    if kind in (LedgerKind.INSPECTION, LedgerKind.PROBLEMS):
        sheets = _of_items(kind, facts.listed)
        notes += [_how_closed(), *facts.listed.notes]
    elif kind is LedgerKind.PERFORMANCE:
        sheets, more = _performance(facts, months, every=every)
        notes += more
    else:
        sheets = (ledger_tables.timeliness_sheet(record(facts, year, months)),)
        notes.append(_("是否按时以首次报送的日期为准；更正的版次不改变首次报送的记录。"))
    title = _("{unit}{year}年{ledger}").format(unit=facts.unit.name, year=year, ledger=_(LEDGER_WORDS[kind]))
    sample = any(month.report.plan.sample for month in months)
    return Ledger(kind, year, facts.unit, title, tuple(notes), (*sheets, ledger_tables.sources_sheet(months)), sample)


def _of_items(kind: LedgerKind, found: Listed) -> tuple[Sheet, ...]:
    if kind is LedgerKind.PROBLEMS:
        return (listed_tables.problems_sheet(found.items),)
    return listed_tables.inspection_sheet(found.items), listed_tables.follow_sheet(found.items)


def _performance(facts: Facts, months: tuple[SignedMonth, ...], *, every: bool) -> tuple[tuple[Sheet, ...], list[str]]:
    scores = facts.weights
    years = key_tasks(facts, months, every=every)
    parts = {part: decimal_text(value) for part, value in zip(PARTS, scores.values, strict=True)}
    points = _("、").join(f"{_(status.label)} {decimal_text(value)}" for status, value in STATUS_POINTS.items())
    notes = [
        _(
            "得分＝完成情况×{progress}＋按时报送×{on_time}＋一次通过×{first_pass}，"
            "再除以可计的权重之和；三项各以 100 分计。"
        ).format(**parts),
        _("完成情况：有数量的任务为完成率÷序时进度（不超过 100）；没有数量的按进展状态计：{points}。").format(
            points=points
        ),
        _("按时报送：按时的月数÷已到期的月数；一次通过：未因本任务或整份月报被退回的月数÷报送的月数。"),
    ]
    left = _count(months) - len(years)
    if left > 0 and not every:
        notes.append(_("只列标 ★ 的重点任务；另有 {count} 项主责任务没有列入。").format(count=left))
    return (ledger_tables.performance_sheet(years, scores), ledger_tables.months_sheet(years)), notes


def _count(months: tuple[SignedMonth, ...]) -> int:
    return len({month.name(item.task.id) for month in months for item in month.report.tasks if item.required})


def _how_closed() -> str:
    return _("事项自月报首次反映起挂账；月报不再反映的为待销号，经人确认并写明依据的才算销号。")


def write(desk: Desk, year: int, kind: LedgerKind, out: Path, *, every: bool = False) -> Ledger:
    """Write a ledger to a file, .xlsx in the language of the moment or .pdf in Chinese; UsageError for another kind."""
    return write_as(desk, out, LEDGER_WORDS[kind], lambda: ledger(desk, year, kind, every=every))


def write_as(desk: Desk, out: Path, word: str, made: Callable[[], Ledger]) -> Ledger:
    """Make a ledger, or a list like one, that is called `word`, and write it to a workbook or to pages."""
    ending = out.suffix.lower()
    if ending not in (XLSX, PDF):
        raise UsageError(
            _("{word}不能存成 {name}。").format(word=_(word), name=out.name), _("文件名请以 .xlsx 或 .pdf 结尾。")
        )
    if ending == XLSX:
        from desktop_app.rendering.ledger_workbook import ledger_workbook

        found = made()
        write_file(out, ledger_workbook(found))
        return found
    with speaking("zh"):  # what goes on paper is Chinese whatever the screen speaks
        found = made()
        write_file(out, pages(found, word, desk.today()))
    return made()


def pages(found: Ledger, word: str, day: date) -> bytes:
    """A ledger's pages as PDF/A; `word` is what it is in one word."""
    from desktop_app.rendering.ledger_pages import render_ledger

    fonts.make_ready()
    return archived(render_ledger(found).pdf, found.title, found.unit, found.year, word, day)


def archived(pdf: bytes, title: str, unit: Unit, year: int, word: str, day: date) -> bytes:
    """Pages as PDF/A, which an archive can take in."""
    from desktop_app.rendering.pdfa import to_pdfa3

    return to_pdfa3(
        pdf,
        [],
        title=title,
        author=unit.name,
        subject=f"{year}年{word}",
        keywords=f"{year},{unit.code},{word}",
        created=datetime.combine(day, time(), BEIJING),
    )
