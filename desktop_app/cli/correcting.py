"""Commands by which a signed month is put right, and the bureau's remarks are answered."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import correct as correcting
from desktop_app.language import _
from desktop_app.model.differences import LABELS
from desktop_app.model.period import Period
from desktop_app.model.standing_remark import StandingRemark


def run(options: Namespace) -> Answer:
    """correct PERIOD --reason TEXT: opens the next revision."""
    with opened(options) as desk:
        done = correcting.correct(desk, Period.parse(options.period), options.reason)
    view = done.view
    lines = [
        _("{period} 第{revision}版已打开，内容与第{before}版相同；第{before}版的签署原件保持不变。").format(
            period=view.period.spoken, revision=view.revision, before=view.revision - 1
        ),
        *([_("报送期限已过，校验会要求说明逾期原因。")] if done.late else []),
        *remark_lines(view.remarks),
    ]
    return Answer(
        {
            "period": str(view.period),
            "revision": view.revision,
            "state": str(view.state),
            "reason": view.reason,
            "late": done.late,
            "remarks": [remark_plain(remark) for remark in view.remarks],
        },
        lines,
    )


def answer(options: Namespace) -> Answer:
    """answer PERIOD TASK|report FIELD TEXT."""
    with opened(options) as desk:
        found = correcting.answer(desk, Period.parse(options.period), options.task, options.field, options.text)
        left = [each for each in correcting.remarks(desk, Period.parse(options.period)) if each.open]
    return Answer(
        {"remarks": [remark_plain(remark) for remark in found], "open": len(left)},
        [_("已记下答复，还有 {count} 条退回意见没有答复。").format(count=len(left))],
    )


def remark_plain(remark: StandingRemark) -> dict[str, Any]:
    """A remark with its answer, as scripts read it; field is null for the whole task."""
    return {
        "revision": remark.revision,
        "task": remark.task,
        "field": remark.field or None,
        "text": remark.text,
        "bureau": remark.bureau,
        "returned_at": remark.returned_at.isoformat(),
        "answer": remark.answer or None,
        "open": remark.open,
    }


def remark_lines(remarks: tuple[StandingRemark, ...]) -> list[str]:
    """The remarks that wait for an answer."""
    text = _("退回意见  {task} {field}：{text}")
    return [
        text.format(task=each.task, field=_(LABELS[each.field]) if each.field in LABELS else "", text=each.text)
        for each in remarks
        if each.open
    ]
