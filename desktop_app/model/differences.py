"""What changed between two revisions of one month's report."""

from collections.abc import Iterator
from decimal import Decimal

from desktop_app.language import N_
from desktop_app.model.correction import Difference
from desktop_app.model.entry import ENTRY_FIELDS, FIELD_LABELS, Entry, Status
from desktop_app.model.plain import decimal_text
from desktop_app.model.report_body import Report

_EVIDENCE, _TASK = "evidence", "task"
LABELS = {**FIELD_LABELS, _TASK: N_("任务")}  # by the field of a Difference


def differences(before: Report, after: Report) -> tuple[Difference, ...]:
    """Every difference in what was filled in, in the order of the newer report's tasks, dropped tasks last."""
    now = [item.task.id for item in after.tasks]
    then = {item.task.id: item.task.title for item in before.tasks}
    order = [*now, *(task_id for task_id in then if task_id not in now)]
    titles = {item.task.id: item.task.title for item in after.tasks}
    return tuple(found for task_id in order for found in _of_task(task_id, before, after, then, titles))


def _of_task(
    task_id: str, before: Report, after: Report, then: dict[str, str], now: dict[str, str]
) -> Iterator[Difference]:
    if (task_id in then) is not (task_id in now):
        yield Difference(task_id, _TASK, then.get(task_id, ""), now.get(task_id, ""))
    old, new = (report.entry(task_id) or Entry(task_id) for report in (before, after))
    for field in ENTRY_FIELDS:
        was, is_now = getattr(old, field), getattr(new, field)
        if was != is_now:
            yield Difference(task_id, field, _text(was), _text(is_now))
    files = ["、".join(item.name for item in report.evidence if item.task_id == task_id) for report in (before, after)]
    digests = [{item.sha256 for item in report.evidence if item.task_id == task_id} for report in (before, after)]
    if digests[0] != digests[1]:
        yield Difference(task_id, _EVIDENCE, files[0], files[1])


def _text(value: object) -> str:
    """A value as it is printed."""
    if value is None:
        return ""
    if isinstance(value, Status):
        return value.label
    if isinstance(value, bool):
        return "是" if value else "否"
    return decimal_text(value) if isinstance(value, Decimal) else str(value)
