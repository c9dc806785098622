"""How the revisions of one month hang together at the desk that receives them, in whatever order they come."""

from collections.abc import Callable, Iterator
from typing import Any

from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError
from desktop_app.exchange import open_envelope
from desktop_app.language import _
from desktop_app.model.report_body import Report
from desktop_app.store import KeptReport, ReportHead, report_digests
from desktop_app.store import bureau as kept


def look(desk: Desk, report: Report, code: str, data_sha256: str) -> tuple[str, ...]:
    """Sentences on where a report stands among its revisions.

    ClerkError for a second report of the same number that says something else: a number is given once, and the unit can
    send it as a correction. One that corrects what this desk has not seen is taken, and that is said.
    """
    held = report_digests.heads(desk.book, report.period, code)
    twin = next((row for row in held if row.revision == report.revision), None)
    if twin is not None and twin.data_sha256 != data_sha256:
        raise ClerkError(
            _("{unit} {period} 的第{revision}版已经收过，校验码 {code}，与这一份内容不同。").format(
                unit=report.unit.short_name, period=report.period, revision=report.revision, code=twin.check_code
            ),
            _("没有收下；请报送单位用「更正」另起一版再报送。"),
        )
    return tuple(_said(report, data_sha256, {row.revision: row for row in held}))


def _said(report: Report, data_sha256: str, held: dict[int, ReportHead]) -> Iterator[str]:
    before, newest = report.follows, max(held, default=0)
    if before is not None:
        known = held.get(before.revision)
        if known is None:
            yield _("它更正的第{revision}版没有收到过。").format(revision=before.revision)
        elif known.data_sha256 != before.data_sha256:
            yield _(
                "它更正的第{revision}版（校验码 {theirs}）与本处收下的第{revision}版（{ours}）不是同一份，请核实。"
            ).format(revision=before.revision, theirs=before.check_code, ours=known.check_code)
        else:
            yield _("更正第{revision}版，已取代。").format(revision=before.revision)
    elif report.revision > 1:
        yield _("它没有写明更正的是哪一版。")
    later = held.get(report.revision + 1)
    if later is not None and later.follows not in (None, data_sha256):
        yield _("先收下的第{revision}版更正的不是这一份，请核实。").format(revision=later.revision)
    if newest > report.revision:
        yield _("本处已有第{newest}版，这一版只作存档。").format(newest=newest)


def refuse_superseded(desk: Desk, row: KeptReport) -> None:
    """Raise ClerkError where a later revision is here: the answer is to that one."""
    newest = max(each.revision for each in report_digests.heads(desk.book, row.period, row.unit_code))
    if newest > row.revision:
        raise ClerkError(
            _("{unit} {period} 已有第{newest}版，第{revision}版不再答复。").format(
                unit=row.unit_name, period=row.period, newest=newest, revision=row.revision
            ),
            _("请答复最新的一版。"),
        )


def data_of(desk: Desk, sha256: str) -> dict[str, Any]:
    """report.json of a report held here, without reading its PDF where that was noted when it came."""
    return reading(desk, sha256)()


def reading(desk: Desk, sha256: str) -> Callable[[], dict[str, Any]]:
    """The same, its bytes taken from the book now; what they say may be read in any thread."""
    found = report_digests.packed(desk.book, sha256)
    if found is not None:
        return found
    row = kept.report(desk.book, sha256)
    if row is None:
        raise LookupError(f"no report {sha256}")
    return lambda: open_envelope(row.pdf).data
