"""The year's outlook in the words of the window."""

from desktop_app.desk.outlook_list import band_words, note
from desktop_app.language import _
from desktop_app.model.outlook import LIKENESS_WORDS, OUTLOOK_WORDS, Standing, TaskOutlook
from desktop_app.model.plain import decimal_text
from ui.models.task_list import shown_id
from ui.theme.colours import Pair

SIGNS = {
    Standing.DONE: ("✓", Pair.ACCENT),
    Standing.ON_COURSE: ("✓", Pair.ACCENT),
    Standing.AT_RISK: ("△", Pair.AMBER),
    Standing.WILL_MISS: ("✕", Pair.RED),
    Standing.MISSED: ("✕", Pair.RED),
    Standing.OPEN: ("○", Pair.QUIET),
}


def cells(task: TaskOutlook) -> tuple[str, str, str, str, str, str]:
    """Number, name, what is reached of what, where it leads, what each month needs, the verdict."""
    return (
        shown_id(task.id),
        title(task),
        _("{actual} / {target}{unit}").format(actual=actual(task), target=decimal_text(task.target), unit=task.unit),
        band_words(task.forecast, "") if task.forecast else "—",
        decimal_text(task.needed) if task.needed else "—",
        f"{SIGNS[task.standing][0]} {_(OUTLOOK_WORDS[task.standing])}",
    )


def title(task: TaskOutlook) -> str:
    """What the task is called."""
    return task.task.title.lstrip("★").strip()


def actual(task: TaskOutlook) -> str:
    """The amount last stated."""
    return "—" if task.actual is None else decimal_text(task.actual)


def words(task: TaskOutlook) -> str:
    """All that is known of one task, in a few sentences."""
    parts = [_("{id} {title}：{reached}。").format(id=task.id, title=title(task), reached=cells(task)[2])]
    if task.forecast is not None:
        parts.append(_("年底 {band}。").format(band=band_words(task.forecast, task.unit)))
    if task.needed:
        parts.append(
            _("时限「{deadline}」，以后每月需 {needed}{unit}。").format(
                deadline=task.task.deadline.raw, needed=decimal_text(task.needed), unit=task.unit
            )
        )
    said = note(task)
    verdict = _(OUTLOOK_WORDS[task.standing])
    parts.append(_("{verdict}：{note}。").format(verdict=verdict, note=said) if said else f"{verdict}。")
    parts.append(_("来源：{period} 第{revision}版。").format(period=task.source.spoken, revision=task.revision))
    if (was := task.last_year) is not None:
        parts.append(
            _("上年 {id} {title}（{how}）：全年 {percent}%，同月 {then}。").format(
                id=was.task.id,
                title=was.task.title.lstrip("★").strip(),
                how=_(LIKENESS_WORDS[was.likeness]),
                percent=decimal_text(was.percents[-1][1]),
                then="—" if was.same_month is None else f"{decimal_text(was.same_month)}%",
            )
        )
    return " ".join(parts)
