"""A plan's own schedule: for each task the percent of its target that is expected by the end of each month."""

from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.plain import decimal_text

Curves = Mapping[str, tuple[Decimal, ...]]
_MONTHS = 12
_ALL = Decimal(100)


def curves_from(data: Any, known: Collection[str]) -> dict[str, tuple[Decimal, ...]]:
    """Curves from JSON: {task id: [12 percents, January to December]}. UsageError with one sentence for each nonsense.

    `known` are the ids of the plan's tasks. A curve never falls and ends at 100.
    """
    if not isinstance(data, Mapping):
        raise UsageError(_("进度曲线应当按任务编号列出。"), _('例如 {"3-9": [0, 5, 10, …, 100]}，每项任务 12 个数。'))
    unknown = sorted(str(task) for task in data if task not in known)
    if unknown:
        raise UsageError(
            _("进度曲线提到的任务 {task} 不在任务表里。").format(task="、".join(unknown[:5])), _("请核对任务编号。")
        )
    return {str(task): _curve(str(task), numbers) for task, numbers in data.items()}


def as_texts(curves: Curves) -> dict[str, list[str]]:
    """The same as JSON keeps it: numbers as decimal texts."""
    return {task: [decimal_text(number) for number in numbers] for task, numbers in sorted(curves.items())}


def _curve(task: str, numbers: Any) -> tuple[Decimal, ...]:
    if not isinstance(numbers, list | tuple) or len(numbers) != _MONTHS:
        raise UsageError(
            _("任务 {task} 的进度曲线不是 12 个数。").format(task=task), _("请从 1 月到 12 月各写一个百分数。")
        )
    curve = tuple(_percent(task, month, number) for month, number in enumerate(numbers, 1))
    for month in range(1, _MONTHS):
        if curve[month] < curve[month - 1]:
            raise UsageError(
                _("任务 {task} 的进度曲线 {month} 月（{now}）比上个月（{before}）还低。").format(
                    task=task, month=month + 1, now=decimal_text(curve[month]), before=decimal_text(curve[month - 1])
                ),
                _("序时进度是累计数，只能持平或上升。"),
            )
    if curve[-1] != _ALL:
        raise UsageError(
            _("任务 {task} 的进度曲线 12 月是 {last}，不是 100。").format(task=task, last=decimal_text(curve[-1])),
            _("到年底应当完成全部任务，12 月请写 100。"),
        )
    return curve


def _percent(task: str, month: int, number: Any) -> Decimal:
    found = Decimal("NaN")
    if isinstance(number, int | float | str | Decimal) and not isinstance(number, bool):
        try:
            found = Decimal(str(number))
        except InvalidOperation:
            found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found <= _ALL:
        raise UsageError(
            _("任务 {task} 的进度曲线 {month} 月的「{value}」不是 0 到 100 之间的数。").format(
                task=task, month=month, value=str(number)[:20]
            ),
            _("请写累计应完成的百分数。"),
        )
    return found
