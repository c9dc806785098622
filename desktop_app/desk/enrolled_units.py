"""By which certificates the reports of a unit are taken at the receiving desk."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.desk.desk import Desk
from desktop_app.desk.units import is_own
from desktop_app.desk.verify_file import Verified
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report_body import Report
from desktop_app.model.unit import Directory
from desktop_app.store import Enrolled
from desktop_app.store import bureau as kept

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


def _rows(desk: Desk, unit: dict[str, Any]) -> list[Enrolled]:
    """The enrolments of the very unit that a report's data names."""
    return _rows_of(kept.enrolled(desk.book), desk.directory, unit)


def _rows_of(enrolled: Sequence[Enrolled], directory: Directory, unit: dict[str, Any]) -> list[Enrolled]:
    """By its name: the code of a town is its own invention. A code that is known here must be that unit's, though."""
    name, known = unit.get("name"), directory.find(str(unit.get("code")))
    if known is not None and known.name != name and not is_own(known):
        return []
    return [row for row in enrolled if row.unit_name == str(name)]


def certificates_for(desk: Desk) -> "Callable[[dict[str, Any]], list[Certificate]]":
    """Their certificates, by a report's data; what it gives may be asked in any thread."""
    from desktop_app.signing.certificates import read_certificates

    enrolled, directory = kept.enrolled(desk.book), desk.directory

    def certificates(data: dict[str, Any]) -> "list[Certificate]":
        rows = _rows_of(enrolled, directory, data.get("unit", {}))
        return [certificate for row in rows for certificate in read_certificates(row.certificate_pem)]

    return certificates


def refuse_stranger(desk: Desk, found: Verified, report: Report) -> str:
    """The code under which the unit is enrolled; ClerkError where it is not, or somebody else signed for it."""
    rows = _rows(desk, {"code": report.unit.code, "name": report.unit.name})
    if not rows:
        raise ClerkError(
            _("{unit}的证书还没有登记，不能确认是谁签的。").format(unit=report.unit.name),
            _("请先核对指纹并登记：bureau enrol 证书文件，也可以是它签的这份文件。"),
        )
    if not found.trusted:
        raise ClerkError(
            _("签名用的不是{unit}登记的证书，没有收下。").format(unit=report.unit.name),
            _("请与报送单位核对证书指纹。"),
        )
    return rows[0].unit_code
