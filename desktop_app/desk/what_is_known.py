"""What this book knows of a file that is verified: its revision, a newer one, the plan it answers."""

from collections.abc import Iterator
from typing import Any

from desktop_app.desk.desk import Desk
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.store import months, plans
from desktop_app.store import report_digests as kept


def notes(desk: Desk, kind: str | None, data: dict[str, Any] | None) -> tuple[str, ...]:
    """Sentences that do not speak against a file, and matter to who holds it beside the book."""
    if kind != "report" or data is None:
        return ()
    period, revision = Period.parse(str(data["period"])), int(data["revision"])
    return (*_revisions(desk, data["unit"], period, revision), *_plan(desk, data["plan"]))


def _revisions(desk: Desk, unit: dict[str, Any], period: Period, revision: int) -> Iterator[str]:
    if desk.kind == "unit" and unit["code"] == desk.unit.code:
        known = [month.revision for month in months.months(desk.book) if month.period == period]
    else:  # by its name: the code of a town is its own invention
        known = [row.revision for row in kept.heads(desk.book, period) if row.unit_name == unit["name"]]
        if desk.kind == "unit" and not known:
            return  # another unit's, and none that reports here
    newest = max(known, default=0)
    if newest > revision:
        yield _("本簿里已有第{newest}版，这份是第{revision}版，已被取代。").format(newest=newest, revision=revision)
    elif revision not in known:
        yield _("本簿里还没有{period}的第{revision}版。").format(period=period.spoken, revision=revision)


def _plan(desk: Desk, plan: dict[str, Any]) -> Iterator[str]:
    held = {known.id for known in plans.plans(desk.book)}
    if held and plan.get("sha256") not in held:
        yield _("这份月报所依据的任务表（{number}）不在本簿里，任务编号可能对不上。").format(
            number=plan.get("document_number") or plan.get("title") or "?"
        )
