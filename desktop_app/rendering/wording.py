"""How values are written on paper. Printed words are always Chinese and never translated."""

from datetime import date
from decimal import Decimal

from desktop_app.model.entry import Entry
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import Target, Task

NONE = "—"  # a figure that is not there or not defined; never 0
SAMPLE = "示例任务集（非官方文本）"
DEPARTMENT = "市生态环境局"


def day(value: date) -> str:
    """Arabic figures, no zero padding: 2023年4月6日."""
    return f"{value.year}年{value.month}月{value.day}日"


def number(value: Decimal | None, unit: str = "") -> str:
    """A figure with its measure word; a dash where there is none."""
    return NONE if value is None else f"{decimal_text(value)}{unit}"


def percent(value: Decimal | None) -> str:
    """完成率; undefined is a dash."""
    return number(value, "%")


def targets(task: Task, unit_code: str) -> str:
    """目标: what the task asks of this unit, as the plan writes it."""
    mine = [target for target in task.targets if target.scope in (None, unit_code)]
    own = [target for target in mine if target.scope == unit_code]
    return "；".join(dict.fromkeys(filter(None, map(target_text, own or mine)))) or NONE


def target_text(target: Target) -> str:
    """One target in the plan's own words where it has them."""
    if target.raw:
        return target.raw
    return f"{target.indicator}{number(target.value, target.unit)}" if target.value is not None else target.indicator


def measure_word(task: Task, unit_code: str) -> str:
    """The unit in which this task's amounts are counted."""
    target = task.target_for(unit_code)
    return target.unit if target else ""


def status(entry: Entry) -> str:
    """进展状态 in a word."""
    if entry.empty:
        return "未填报"
    if entry.status is None:
        return "零报告" if entry.nil else NONE
    return f"{entry.status.label}（零报告）" if entry.nil else entry.status.label


def size(count: int) -> str:
    """A file's size."""
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.1f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
