"""Where a month stands, as five steps and a few counts. No widget."""

from collections.abc import Iterable
from typing import NamedTuple

from desktop_app.language import _
from desktop_app.model.report import MonthState
from ui.session import Session
from ui.theme.lights import Light

SIGNED = (MonthState.SIGNED, MonthState.HANDED_IN, MonthState.RECEIVED, MonthState.RETURNED)
GONE = (MonthState.HANDED_IN, MonthState.RECEIVED, MonthState.RETURNED)


class Step(NamedTuple):
    """One of the five; `page` is where it is done."""

    word: str
    said: str
    done: bool
    page: str


class Counts(NamedTuple):
    """What is owed, of required tasks; what only the rules can tell is None until they have run."""

    owed: int
    filled: int
    empty: int
    problems: int | None
    late: int | None


def counts(session: Session) -> Counts:
    """Of the month in view."""
    required = [row for row in session.view.rows if row.required]
    owed, filled = len(required), session.view.filled
    if not session.known:
        return Counts(owed, filled, empty=owed - filled, problems=None, late=None)
    lights = [session.light(row) for row in required]
    return Counts(
        owed=owed,
        filled=filled,
        empty=sum(light in (Light.EMPTY, Light.STARTED) for light in lights),
        problems=sum(light in (Light.ERROR, Light.WARNING) for light in lights),
        late=sum(session.late(row) for row in required),
    )


def steps(session: Session, count: Counts) -> tuple[Step, ...]:
    """填报 → 校验 → 签署 → 报送 → 回执."""
    view = session.view
    blocking = sum(finding.blocks for finding in session.all_findings()) if session.known else None
    sealed, signed, gone = view.sealed, view.state in SIGNED, view.state in GONE
    received = view.state is MonthState.RECEIVED
    fill = _("{filled}/{owed} 项已填").format(filled=count.filled, owed=count.owed)
    if count.empty:
        fill += _("，还差 {empty} 项").format(empty=count.empty)
    return (
        Step(_("填报"), fill, sealed or not count.empty, "fill"),
        Step(_("校验"), _checked(blocking, sealed=sealed), sealed or blocking == 0, "check"),
        Step(_("签署"), _signing(sealed=sealed, signed=signed), signed, "send"),
        Step(_("报送"), _handing(session, gone=gone), gone, "send"),
        Step(_("回执"), _("已收到，本月办结") if received else _("报送后由市局发回"), received, "send"),
    )


def next_step(found: Iterable[Step]) -> int:
    """Which step is next; 5 when all are done."""
    return next((place for place, step in enumerate(found) if not step.done), 5)


def _checked(blocking: int | None, *, sealed: bool) -> str:
    if blocking is None and not sealed:
        return _("正在校验…")
    if blocking and not sealed:
        return _("{count} 个问题要改正或说明").format(count=blocking)
    return _("没有要处理的问题")


def _signing(*, sealed: bool, signed: bool) -> str:
    if signed:
        return _("填报人、单位负责人均已签署")
    return _("填报人已签署，等单位负责人签署") if sealed else _("填报人先签，单位负责人后签")


def _handing(session: Session, *, gone: bool) -> str:
    when = session.view.handed_in_at
    if gone and when is not None:
        return _("{month}月{day}日 {time} 已报送").format(month=when.month, day=when.day, time=f"{when:%H:%M}")
    return _("写到市局指定的文件夹或移动盘")
