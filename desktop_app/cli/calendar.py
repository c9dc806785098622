"""Commands on the working-day calendars."""

from argparse import Namespace

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened_either
from desktop_app.desk import workday_settings as calendars
from desktop_app.desk.workday_settings import CalendarInfo, DueChange
from desktop_app.language import N_, _

_SOURCES = {calendars.SHIPPED: N_("程序自带"), calendars.IMPORTED: N_("已导入")}


def show(options: Namespace) -> Answer:
    """calendar list."""
    with opened_either(options) as desk:
        found = calendars.calendars(desk)
        coming = calendars.first_missing(desk)
    document = {"calendars": [_plain(row) for row in found], "estimated_from": coming}
    lines = [
        _("{year}年  {notice}  放假 {holidays} 天、调休上班 {makeup} 天（{source}）").format(
            year=row.year, notice=row.notice, holidays=row.holidays, makeup=row.makeup, source=_(_SOURCES[row.source])
        )
        for row in found
    ]
    lines.append(_("{year}年：尚无通知，按估计。").format(year=coming))
    return Answer(document, lines)


def take(options: Namespace) -> Answer:
    """calendar import FILE."""
    with opened_either(options) as desk:
        taken = calendars.import_calendar(desk, options.file)
    document = {
        "year": taken.year,
        "notice": taken.notice,
        "title": taken.title,
        "outcome": taken.outcome,
        "changed_due": _changes(taken.changed_due),
        "doubts": list(taken.doubts),
    }
    return Answer(document, [taken.effect])


def remove(options: Namespace) -> Answer:
    """calendar remove YEAR."""
    with opened_either(options) as desk:
        changed = calendars.remove_calendar(desk, options.year)
    lines = [_("已删除导入的{year}年工作日历。").format(year=options.year), *map(calendars.moved, changed)]
    return Answer({"year": options.year, "changed_due": _changes(changed)}, lines)


def _plain(row: CalendarInfo) -> dict[str, object]:
    return {
        "year": row.year,
        "notice": row.notice,
        "title": row.title,
        "source": row.source,
        "holidays": row.holidays,
        "makeup": row.makeup,
        "replaces": row.replaces,
    }


def _changes(changed: tuple[DueChange, ...]) -> list[dict[str, str]]:
    return [
        {
            "period": str(row.period),
            "before": row.before.last_workday.isoformat(),
            "after": row.after.last_workday.isoformat(),
        }
        for row in changed
    ]
