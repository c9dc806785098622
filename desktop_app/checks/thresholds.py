"""Bounds and tolerances: they differ from place to place, so they are data."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop_app.errors import UsageError
from desktop_app.language import N_, _
from desktop_app.model.plain import decimal_text

_LABELS = {
    "lag_measure": N_("滞后的算法"),
    "behind": N_("滞后"),
    "serious": N_("严重滞后"),
    "behind_ratio": N_("滞后（按比例）"),
    "serious_ratio": N_("严重滞后（按比例）"),
    "percent_ceiling": N_("完成率上限"),
    "rate_tolerance": N_("完成率容差"),
    "sum_tolerance": N_("累计容差"),
    "short_narrative": N_("进展最少字数"),
    "late_start": N_("未启动的期限"),
    "evidence_megabytes": N_("佐证文件大小"),
}
POINTS, RATIO = "points", "ratio"
LAG_MEASURES = {POINTS: N_("百分点"), RATIO: N_("比例")}
_WHOLE = ("short_narrative", "evidence_megabytes")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Lags and tolerances in percentage points, `percent_ceiling` in percent, lengths in characters, files in MB.

    `lag_measure` says which bounds count: `behind` and `serious` (points below schedule), or `behind_ratio` and
    `serious_ratio` (percent of what the schedule expects). `late_start` is the percent of schedule by which a task must
    have begun. `sum_tolerance` is in the unit of the task's own amount. Raises UsageError on values that make no sense.
    """

    lag_measure: str = POINTS
    behind: Decimal = Decimal(10)
    serious: Decimal = Decimal(30)
    behind_ratio: Decimal = Decimal(80)
    serious_ratio: Decimal = Decimal(60)
    percent_ceiling: Decimal = Decimal(1000)
    rate_tolerance: Decimal = Decimal(1)
    sum_tolerance: Decimal = Decimal(0)
    short_narrative: int = 40
    late_start: Decimal = Decimal(50)
    evidence_megabytes: int = 10

    def __post_init__(self) -> None:
        if self.lag_measure not in LAG_MEASURES:
            raise UsageError(
                _("校验阈值{name}的值「{value}」不认识。").format(name=_named("lag_measure"), value=self.lag_measure),
                _("请写 points（差多少个百分点）或 ratio（达到序时进度的百分之几）。"),
            )
        _within("behind", self.behind, Decimal("0.1"), Decimal(100))
        _within("serious", self.serious, self.behind, Decimal(100))
        _within("behind_ratio", self.behind_ratio, Decimal(1), Decimal(100))
        _within("serious_ratio", self.serious_ratio, Decimal(0), self.behind_ratio)
        _within("percent_ceiling", self.percent_ceiling, Decimal(100), Decimal(100_000))
        _within("rate_tolerance", self.rate_tolerance, Decimal(0), Decimal(100))
        _within("sum_tolerance", self.sum_tolerance, Decimal(0), Decimal(1_000_000))
        _within("short_narrative", Decimal(self.short_narrative), Decimal(0), Decimal(1000))
        _within("late_start", self.late_start, Decimal(1), Decimal(100))
        _within("evidence_megabytes", Decimal(self.evidence_megabytes), Decimal(1), Decimal(1000))

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
        values: dict[str, Any] = {
            name: str(value).strip().lower() if name == "lag_measure" else _number(name, value)
            for name, value in data.items()
        }
        for name in _WHOLE:
            if name in values:
                values[name] = _whole(name, values[name])
        return cls(**values)

    def texts(self) -> dict[str, str]:
        """Every bound by name as one types it."""
        found = {item.name: getattr(self, item.name) for item in fields(self)}
        return {
            name: decimal_text(value) if isinstance(value, Decimal) else str(value) for name, value in found.items()
        }

    def changed(self) -> dict[str, str]:
        """Only those that are not the default: what must travel with a report."""
        usual = Thresholds().texts()
        return {name: text for name, text in self.texts().items() if text != usual[name]}


def label(name: str) -> str:
    """What a bound is called, in the language of the moment."""
    return _(_LABELS[name])


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
