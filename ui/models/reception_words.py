"""How a unit's month is said in the receiving desk's table."""

from desktop_app.language import N_, _
from desktop_app.model.collation import MonthStanding, Standing, UnitStanding
from ui.theme.colours import Pair

HEADS = (N_("单位"), N_("状态"), N_("版次"), N_("收到时间"), N_("校验码"), N_("答复"), N_("复核"))
ANSWERS = {Standing.ACCEPTED: N_("已出回执"), Standing.RETURNED: N_("已退回"), Standing.RECEIVED: N_("未答复")}


def cells(row: UnitStanding) -> tuple[str, ...]:
    """One unit's line, column by column."""
    if row.standing is Standing.MISSING:
        return row.name, _("✗ 逾期未报") if row.late else _("✗ 未收到"), "", "", "", "", ""
    state = _("⚠ 逾期") if row.late else _("✓ 按时")
    when = f"{row.received_at:%Y-%m-%d %H:%M}" if row.received_at else ""
    revision = _("第 {n} 版").format(n=row.revision)
    return row.name, state, revision, when, row.check_code, _(ANSWERS[row.standing]), _findings(row)


def colour(row: UnitStanding) -> Pair | None:
    """What the state is written in, beside its sign; None for the usual ink."""
    if row.standing is Standing.MISSING:
        return Pair.RED
    return Pair.AMBER if row.late else None


def counts(month: MonthStanding) -> str:
    """The month in one line."""
    missing = month.count(Standing.MISSING)
    return _("已收 {here} / {all}，逾期 {late}，未收到 {missing}，已出回执 {accepted}，已退回 {returned}").format(
        here=len(month.units) - missing,
        all=len(month.units),
        late=month.late,
        missing=missing,
        accepted=month.count(Standing.ACCEPTED),
        returned=month.count(Standing.RETURNED),
    )


def _findings(row: UnitStanding) -> str:
    if row.errors is None:
        return ""
    if not (row.errors or row.unexplained):
        return _("通过")
    return _("{errors} 个错误，{open} 个警示未说明").format(errors=row.errors, open=row.unexplained)
