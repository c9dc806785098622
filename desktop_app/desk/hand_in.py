"""Hand a signed report in: the exact signed bytes, written whole to a folder."""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError, UsageError
from desktop_app.exchange.folder import deliver, report_name
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store import months, sealed, transfers


@dataclass(frozen=True)
class HandedIn:
    """Where the report was put. `verified`: read back after the sync and found the same."""

    path: Path
    sha256: str
    check_code: str
    verified: bool


def hand_in(desk: Desk, period: Period, place: str | Path) -> HandedIn:
    """Write the signed report to a folder and note in the outbox what went where; the same file twice is harmless."""
    if "://" in str(place):
        raise UsageError(_("目前只能报送到文件夹，{place} 不是。").format(place=place), _("请给出文件夹的路径。"))
    month = months.month(desk.book, period)
    held = sealed.sealed(desk.book, month.id) if month else None
    if month is None or held is None or month.state is MonthState.SEALED:
        raise ClerkError(
            _("{period} 的月报还没有签署完毕，不能报送。").format(period=period.spoken),
            _("填报人和单位负责人都签署后再报送。"),
        )
    name = report_name(desk.unit.short_name, period, month.revision, held.check_code)
    delivered = deliver(held.pdf, name, Path(place))
    transfers.record_out(
        desk.book, month, str(Path(place).resolve()), delivered.path.name, delivered.sha256, desk.now(), desk.actor
    )
    return HandedIn(delivered.path, delivered.sha256, held.check_code, delivered.sha256 == held.pdf_sha256)


def signed_pdf(desk: Desk, period: Period) -> bytes:
    """The exact bytes that were signed; ClerkError where nobody has signed yet."""
    month = months.month(desk.book, period)
    held = sealed.sealed(desk.book, month.id) if month else None
    if held is None:
        raise ClerkError(_("{period} 的月报还没有签署。").format(period=period.spoken))
    return held.pdf
