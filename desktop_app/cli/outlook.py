"""The command on the year so far: forecasts, what will miss its date, last year beside it."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import last_year_archive, outlook_list
from desktop_app.desk.desk import Desk
from desktop_app.desk.outlook import METHOD, outlook
from desktop_app.desk.signed_months import years
from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.outlook import OUTLOOK_WORDS, ArchivedCourses, Forecast, LastYear, Outlook, TaskOutlook
from desktop_app.model.period import Period
from desktop_app.model.plain import decimal_text


def year(options: Namespace) -> Answer:
    """year YEAR [--through MONTH] [--last DIR [--trust CERT] | --no-last] [--out FILE.xlsx|FILE.pdf] [--chart FILE]."""
    refuse_year(options.year)
    through = Period.parse(options.through) if options.through else None
    with opened(options, reading=options.last is None and not options.no_last) as desk:
        kept = _settle_last(desk, options)
        if kept is not None and options.year not in years(desk):
            nothing_yet = _("{year}年还没有签署完毕的月报，签署以后就与上年比较。").format(year=options.year)
            return Answer(
                {"year": options.year, "tasks": [], "last_archive": _archive(kept)},
                [*outlook_list.archive_words(kept), nothing_yet],
            )
        found = outlook(desk, options.year, through=through)
        if options.out is not None:
            outlook_list.write_list(desk, options.year, options.out, through)
        if options.chart is not None:
            outlook_list.write_chart(desk, options.year, options.chart, through)
    document = {
        "year": found.year,
        "last": str(found.last),
        "months": found.months,
        "method": _(METHOD),
        "tasks": [_task(task) for task in found.tasks],
        "will_miss": [task.id for task in outlook_list.missing(found)],
        "without_amount": found.left,
        "compared": found.compared,
        "last_archive": _archive(found.archive),
        "path": str(options.out) if options.out else None,
        "chart": str(options.chart) if options.chart else None,
    }
    return Answer(document, _lines(found, options))


def _settle_last(desk: Desk, options: Namespace) -> ArchivedCourses | None:
    """Verify and keep the archive that was named, or forget the one that is kept; gives what was named."""
    if options.last is not None and options.no_last:
        raise UsageError(_("--last 和 --no-last 只能写一个。"))
    if options.trust and options.last is None:
        raise UsageError(_("--trust 只在指定上一年的归档时用。"), _("写成 year 年份 --last 文件夹 --trust 证书。"))
    if options.no_last:
        last_year_archive.forget(desk, options.year - 1)
    if options.last is None:
        return None
    found = last_year_archive.looking(desk, options.year - 1, options.last, options.trust)(lambda: None)
    last_year_archive.keep(desk, found)
    return found


def refuse_year(asked: int) -> None:
    """UsageError for what is no year of a report."""
    if not 2000 <= asked <= 2100:
        raise UsageError(
            _("「{year}」不是报告的年份。").format(year=asked), _("请写 2000 到 2100 之间的年份，例如 2023。")
        )


def _task(task: TaskOutlook) -> dict[str, Any]:
    return {
        "id": task.id,
        "title": task.task.title.lstrip("★").strip(),
        "indicator": next((each.indicator for each in task.task.targets if each.value == task.target), task.task.title),
        "unit": task.unit,
        "target": decimal_text(task.target),
        "actual": None if task.actual is None else decimal_text(task.actual),
        "deadline": task.task.deadline.raw,
        "due_month": task.due_month,
        "forecast": _band(task.forecast),
        "at_deadline": _band(task.at_date),
        "no_forecast": str(task.why_not) if task.why_not else None,
        "needed_per_month": None if task.needed is None else decimal_text(task.needed),
        "standing": str(task.standing),
        "will_miss": task.will_miss,
        "beyond_fastest": task.beyond_fastest,
        "months": [{"month": each.month, "cumulative": decimal_text(each.cumulative)} for each in task.stated],
        "last_year": _before(task.last_year),
        "source": {"period": str(task.source), "revision": task.revision, "check_code": task.check_code},
    }


def _band(found: Forecast | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "low": decimal_text(found.low),
        "mid": decimal_text(found.mid),
        "high": decimal_text(found.high),
        "until_month": found.until,
        "months": found.months,
    }


def _archive(found: ArchivedCourses | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "path": found.folder,
        "listing_sha256": found.listing_sha256,
        "months": found.months,
        "trusted": found.trusted,
        "verified_at": found.at.isoformat(),
    }


def _before(was: LastYear | None) -> dict[str, Any] | None:
    if was is None:
        return None
    return {
        "task": was.task.id,
        "title": was.task.title.lstrip("★").strip(),
        "likeness": str(was.likeness),
        "unit": was.unit,
        "target": decimal_text(was.target),
        "actual": decimal_text(was.actual),
        "percents": {str(month): decimal_text(percent) for month, percent in was.percents},
        "same_month": None if was.same_month is None else decimal_text(was.same_month),
        "source": {"period": str(was.period), "check_code": was.check_code},
    }


def _lines(found: Outlook, options: Namespace) -> list[str]:
    lines = [outlook_list.said(found)]
    rest = [task for task in found.tasks if not task.will_miss]
    lines += [_line(task) for task in (*outlook_list.missing(found), *rest)]
    lines += [_(METHOD), *outlook_list.compared_words(found)]
    return [*lines, *(str(file) for file in (options.out, options.chart) if file)]


def _line(task: TaskOutlook) -> str:
    reached = "—" if task.actual is None else decimal_text(task.actual)
    said = _("{id}  {standing}  {title}  累计 {actual} / {target}{unit}").format(
        id=task.id,
        standing=_(OUTLOOK_WORDS[task.standing]),
        title=task.task.title.lstrip("★").strip(),
        actual=reached,
        target=decimal_text(task.target),
        unit=task.unit,
    )
    if task.forecast is not None:
        said += _("，年底 {band}").format(band=outlook_list.band_words(task.forecast, task.unit))
    if task.needed:
        said += _("，到期前每月需 {needed}{unit}").format(needed=decimal_text(task.needed), unit=task.unit)
    note = outlook_list.note(task)
    return said + (_("（{note}）").format(note=note) if note else "")
