"""What a unit settles for itself: how 「前」 is read, its internal cut-off day, the bounds of the checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from desktop_app.checks.thresholds import LAG_MEASURES, Thresholds
from desktop_app.desk.desk import Desk
from desktop_app.desk.settled import CUTOFF, DUE_INCLUSIVE, due_inclusive, internal_cutoff
from desktop_app.desk.weights import PARTS, WEIGHTS, Weights, set_weight, weights
from desktop_app.errors import UsageError
from desktop_app.language import N_, _
from desktop_app.model.plain import decimal_text
from desktop_app.store import settings as kept

THRESHOLDS = "thresholds"
LAST_CUTOFF = 28  # every month has this day
YES, NO, NONE, DEFAULT = "yes", "no", "none", "default"

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        DUE_INCLUSIVE: N_("第三个工作日当天报送算不算按时：yes 算，no 不算（须在前一个工作日报送）"),
        CUTOFF: N_("内部截止日：各街道、乡镇、部门每月几日前把当月进展交齐，1 到 28，none 为不设"),
        "thresholds.behind": N_("落后序时进度多少个百分点起算滞后"),
        "thresholds.serious": N_("落后序时进度多少个百分点起算严重滞后"),
        "thresholds.lag_measure": N_("滞后怎么算：看差多少个百分点，还是看达到序时进度的百分之几"),
        "thresholds.behind_ratio": N_("按比例算时，低于序时进度的百分之几起算滞后"),
        "thresholds.serious_ratio": N_("按比例算时，低于序时进度的百分之几起算严重滞后"),
        "thresholds.percent_ceiling": N_("完成率超过百分之多少时视为填错"),
        "thresholds.rate_tolerance": N_("填报的完成率与按数字算出的相差几个百分点以内不提醒"),
        "thresholds.sum_tolerance": N_("累计完成与上月累计加本月相差多少以内不提醒（按任务自己的计量单位）"),
        "thresholds.short_narrative": N_("滞后任务的本月进展少于多少字时提醒"),
        "thresholds.late_start": N_("序时进度到百分之几还没启动、没写原因时提醒"),
        "thresholds.evidence_megabytes": N_("单个佐证文件超过多少 MB 时提醒"),
        **{f"{WEIGHTS}.{part}": text for part, text in PARTS.items()},
    }
)
_YES = ("yes", "true", "on", "1", "是")
_NO = ("no", "false", "off", "0", "否")
_NONE = ("none", "null", "", "-", "无", "不设")


@dataclass(frozen=True)
class Setting:
    """One thing that can be settled, its values as one types them; `choices` are the only ones where there are any."""

    name: str
    value: str
    default: str
    meaning: str
    choices: tuple[tuple[str, str], ...] = ()


def thresholds(desk: Desk) -> Thresholds:
    """The bounds of the checks as they are settled here."""
    return Thresholds.from_mapping(kept.get(desk.book, THRESHOLDS) or {})


def settings(desk: Desk) -> tuple[Setting, ...]:
    """Everything that can be settled, in the order of the page."""
    values = _plain(due_inclusive(desk), internal_cutoff(desk), thresholds(desk), weights(desk))
    defaults = _plain(True, None, Thresholds(), Weights())
    return tuple(
        Setting(name, values[name], defaults[name], _(text), _choices(name)) for name, text in MEANINGS.items()
    )


def change(desk: Desk, name: str, value: str) -> Setting:
    """Settle one thing; `default` takes it back. UsageError lists what is possible and nothing changes."""
    if name not in MEANINGS:
        raise UsageError(
            _("没有名为「{name}」的设置。").format(name=name),
            _("可用的名称：{names}。").format(names="、".join(MEANINGS)),
        )
    text = value.strip().lower()
    if name == DUE_INCLUSIVE:
        set_due_inclusive(desk, inclusive=text == DEFAULT or _yes_or_no(value))
    elif name == CUTOFF:
        set_internal_cutoff(desk, None if text == DEFAULT else _day(value))
    elif name.startswith(f"{WEIGHTS}."):
        set_weight(desk, name.removeprefix(f"{WEIGHTS}."), None if text == DEFAULT else value)
    else:
        set_threshold(desk, name.removeprefix(f"{THRESHOLDS}."), None if text == DEFAULT else value.strip())
    return next(setting for setting in settings(desk) if setting.name == name)


def set_due_inclusive(desk: Desk, *, inclusive: bool) -> None:
    """From now on the third working day itself counts as in time, or does not."""
    if inclusive is not due_inclusive(desk):
        _put(desk, DUE_INCLUSIVE, inclusive)


def set_internal_cutoff(desk: Desk, day: int | None) -> None:
    """From now on the unit's own towns and departments hand in by this day (1 to 28), or no day is set."""
    if day is not None and not 1 <= day <= LAST_CUTOFF:
        raise UsageError(
            _("内部截止日 {day} 不合适。").format(day=day),
            _("请写 1 到 28 之间的日子（每个月都有的），或 none（不设）。"),
        )
    if day != internal_cutoff(desk):
        _put(desk, CUTOFF, day)


def set_threshold(desk: Desk, name: str, value: str | None) -> None:
    """One bound of the checks, None for its default; UsageError where it makes no sense beside the others."""
    given: dict[str, Any] = {**(kept.get(desk.book, THRESHOLDS) or {}), name: value}
    given = {key: text for key, text in given.items() if text is not None}
    settled = Thresholds.from_mapping(given)
    plain = {key: text for key, text in settled.texts().items() if key in given}
    if plain != (kept.get(desk.book, THRESHOLDS) or {}):
        _put(desk, THRESHOLDS, plain)


def restore_thresholds(desk: Desk) -> None:
    """All bounds of the checks as they were at first."""
    if kept.get(desk.book, THRESHOLDS):
        _put(desk, THRESHOLDS, {})


def _choices(name: str) -> tuple[tuple[str, str], ...]:
    """The values that a setting can have, each with a word for it; empty where it is free."""
    measures = LAG_MEASURES if name == f"{THRESHOLDS}.lag_measure" else {}
    return tuple((value, _(text)) for value, text in measures.items())


def _put(desk: Desk, key: str, value: Any) -> None:
    kept.put(desk.book, key, value, at=desk.now(), actor=desk.actor)


def _plain(
    inclusive: bool,  # noqa: FBT001 - a row of values
    cutoff: int | None,
    bounds: Thresholds,
    scores: Weights,
) -> dict[str, str]:
    return {
        DUE_INCLUSIVE: YES if inclusive else NO,
        CUTOFF: NONE if cutoff is None else str(cutoff),
        **{f"{THRESHOLDS}.{name}": text for name, text in bounds.texts().items()},
        **{f"{WEIGHTS}.{part}": decimal_text(weight) for part, weight in zip(PARTS, scores.values, strict=True)},
    }


def _yes_or_no(value: str) -> bool:
    text = value.strip().lower()
    if text not in (*_YES, *_NO):
        raise UsageError(_("「{value}」不是 yes 或 no。").format(value=value), _("请写 yes（算按时）或 no（不算）。"))
    return text in _YES


def _day(value: str) -> int | None:
    text = value.strip().lower()
    if text in _NONE:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        raise UsageError(
            _("内部截止日 {day} 不合适。").format(day=value),
            _("请写 1 到 28 之间的日子（每个月都有的），或 none（不设）。"),
        )
    return int(text)
