"""Whose files are taken here: certificates that are trusted from now on."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.desk import keys, units
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.verify_file import verify_bytes
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.unit import Unit
from desktop_app.store import Enrolled
from desktop_app.store import bureau as kept

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_PDF = b"%PDF-"


def enrol(desk: Desk, certificate: Path) -> Enrolled:
    """Trust whoever the certificate names; `certificate` may also be a signed file, which carries its own.

    A unit's own desk learns the name of a town or department by it. The fingerprint is for comparing by telephone:
    nothing in a file says that it is not a forger's.
    """
    from desktop_app.signing.certificates import fingerprint, organisation, pem

    found = _certificates(desk, certificate)
    unit = _unit(desk, organisation(found[0]))
    mark = fingerprint(found[0])
    return kept.enrol(desk.book, unit.code, unit.name, pem(found), mark, desk.now(), desk.actor)


def anchor(pdf: bytes) -> "Certificate | None":
    """The certificate that a signed file's last signature leads to, as the file carries it; None where it has none."""
    from desktop_app.signing.carried import roots

    return next(iter(roots(pdf)), None)


def _certificates(desk: Desk, file: Path) -> "tuple[Certificate, ...]":
    """What to trust: of a signed file the roots of its signatures, which must hold and name one organisation."""
    from desktop_app.signing.carried import roots
    from desktop_app.signing.certificates import organisation, read_certificates

    data = read_file(file)
    if not data.startswith(_PDF):
        return read_certificates(data)
    said = verify_bytes(data, (), desk.clock(), lists=keys.key_folder(desk).lists())
    if not said.valid:
        raise ClerkError(_("没有通过核验：{problem}").format(problem=said.problems[0]), _("没有登记任何证书。"))
    found = roots(data)
    if len({organisation(each) for each in found}) != 1:
        raise ClerkError(
            _("{name} 里没有可以登记的证书：签名人不属于同一单位。").format(name=file.name),
            _("请向对方索取单位证书。"),
        )
    return found


def _unit(desk: Desk, name: str) -> Unit:
    """The unit that a certificate names. Only a unit's book learns new names: a bureau's directory is official."""
    known = desk.directory.find(name)
    if known is not None:
        return known
    if desk.kind == "unit" and name:
        return units.add_unit(desk, name)
    raise ClerkError(
        _("证书上的单位「{name}」不在单位名录里，没有登记。").format(name=name), _("请向对方索取单位证书。")
    )
