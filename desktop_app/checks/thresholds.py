"""Bounds and tolerances: they differ from place to place, so they are data."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop_app.errors import UsageError
from desktop_app.language import N_, _

_LABELS = {
    "behind": N_("滞后"),
    "serious": N_("严重滞后"),
    "percent_ceiling": N_("完成率上限"),
    "rate_tolerance": N_("完成率容差"),
    "sum_tolerance": N_("累计容差"),
    "short_narrative": N_("进展最少字数"),
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Lags and tolerances in percentage points, `percent_ceiling` in percent, lengths in characters.

    `sum_tolerance` is in the unit of the task's own amount. Raises UsageError on values that make no sense.
    """

    behind: Decimal = Decimal(10)
    serious: Decimal = Decimal(30)
    percent_ceiling: Decimal = Decimal(1000)
    rate_tolerance: Decimal = Decimal(1)
    sum_tolerance: Decimal = Decimal(0)
    short_narrative: int = 40

    def __post_init__(self) -> None:
        _within("behind", self.behind, Decimal("0.1"), Decimal(100))
        _within("serious", self.serious, self.behind, Decimal(100))
        _within("percent_ceiling", self.percent_ceiling, Decimal(100), Decimal(100_000))
        _within("rate_tolerance", self.rate_tolerance, Decimal(0), Decimal(100))
        _within("sum_tolerance", self.sum_tolerance, Decimal(0), Decimal(1_000_000))
        _within("short_narrative", Decimal(self.short_narrative), Decimal(0), Decimal(1000))

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "Thresholds":
        """Thresholds by name, the rest as they are by default; raises UsageError on unknown names and nonsense."""
        known = {item.name for item in fields(cls)}
        unknown = sorted(set(data) - known)
        if unknown:
            raise UsageError(
                _("没有名为「{name}」的校验阈值。").format(name="、".join(unknown)),
                _("可用的名称：{names}。").format(names="、".join(sorted(known))),
            )
        numbers: dict[str, Any] = {name: _number(name, value) for name, value in data.items()}
        if "short_narrative" in numbers:
            numbers["short_narrative"] = _whole("short_narrative", numbers["short_narrative"])
        return cls(**numbers)


def _number(name: str, value: Any) -> Decimal:
    """A JSON number or its text as a decimal."""
    if isinstance(value, int | float | str | Decimal) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise UsageError(
        _("校验阈值{name}的值「{value}」不是数字。").format(name=_named(name), value=value), _("请填写数字。")
    )


def _whole(name: str, value: Decimal) -> int:
    if value != value.to_integral_value():
        raise UsageError(
            _("校验阈值{name}的值「{value}」不是整数。").format(name=_named(name), value=value), _("请填写整数。")
        )
    return int(value)


def _named(name: str) -> str:
    """「严重滞后」（serious）: for those who read and those who type."""
    return _("「{label}」（{name}）").format(label=_(_LABELS[name]), name=name)


def _within(name: str, value: Decimal, least: Decimal, most: Decimal) -> None:
    if not value.is_finite() or not least <= value <= most:
        raise UsageError(
            _("校验阈值{name}的值 {value} 不合理。").format(name=_named(name), value=value),
            _("应在 {least} 到 {most} 之间。").format(least=least, most=most),
        )
