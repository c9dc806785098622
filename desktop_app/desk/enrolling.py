"""Whose files are taken here: certificates that are trusted from now on."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.desk import keys, reporting_units, units
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.steps import Steps, at_once
from desktop_app.desk.verify_file import Verified, verify_bytes
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.unit import Unit
from desktop_app.store import Enrolled
from desktop_app.store import bureau as kept

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    Roots = tuple[Certificate, ...]

_PDF = b"%PDF-"


@dataclass(frozen=True)
class Offered:
    """A certificate that could be trusted, as it was read; `fingerprint` in groups of four, to be compared.

    `known`: it is enrolled already; `others` counts further certificates enrolled of the same unit.
    """

    unit_name: str
    fingerprint: str
    until: date
    certificate_pem: bytes
    known: bool
    others: int


@dataclass(frozen=True)
class Stranger:
    """A file whose signature holds and whose sender is not enrolled; `said` is what was told of it, in a sentence.

    `refused`: it was not taken in. A receipt is, and only its sender is in doubt.
    """

    name: str
    pdf: bytes
    said: str
    refused: bool
    offered: Offered


class StrangerError(ClerkError):
    """A refusal of what an office sent that is not enrolled; `offered` is the certificate that its file brings."""

    def __init__(self, title: str, advice: str, offered: Offered | None) -> None:
        super().__init__(title, advice)
        self.offered = offered


def enrol(desk: Desk, certificate: Path) -> Enrolled:
    """Trust whoever the certificate names; `certificate` may also be a signed file, which carries its own.

    A unit's own desk learns the name of a town or department by it. The fingerprint is for comparing by telephone:
    nothing in a file says that it is not a forger's.
    """
    return at_once(trusting(desk, certificate))


def trusting(desk: Desk, certificate: Path) -> Steps[Enrolled]:
    """The same step by step."""
    return trust(desk, _offered(desk, (yield from _certificates(desk, certificate))))


def look(desk: Desk, certificate: Path) -> Offered:
    """What enrolling an office by this file would trust; nothing is written. ClerkError for what is no office's."""
    return at_once(looking(desk, certificate))


def looking(desk: Desk, certificate: Path) -> Steps[Offered]:
    """The same step by step."""
    offered = _offered(desk, (yield from _certificates(desk, certificate)))
    known = desk.directory.find(offered.unit_name)
    name = known.name if known is not None else offered.unit_name
    if name == desk.unit.name:
        raise ClerkError(_("这是本单位自己的证书。"), _("请选收文方（例如市局）发来的证书，或它签名的文件。"))
    if name in reporting_units.expected(desk).values():
        raise ClerkError(
            _("{unit}是向本单位报送的单位，不是收文方。").format(unit=name), _("下属单位的证书在「单位名录」里登记。")
        )
    return offered


def trust(desk: Desk, offered: Offered) -> Enrolled:
    """Trust a certificate from now on, exactly as it was looked at."""
    unit = _unit(desk, offered.unit_name)
    mark, now = offered.fingerprint, desk.now()
    return kept.enrol(desk.book, unit.code, unit.name, offered.certificate_pem, mark, now, desk.actor)


def offices(desk: Desk) -> tuple[Enrolled, ...]:
    """Every certificate enrolled of an office, in the order of enrolment; units that report here are none."""
    below = reporting_units.expected(desk)
    return tuple(row for row in kept.enrolled(desk.book) if row.unit_code not in below)


def brought(pdf: bytes) -> "Roots":
    """The certificates that a signed file's signatures lead to, as it carries them, the last first; in any thread."""
    from desktop_app.signing.carried import roots

    return roots(pdf)


def offered_by(desk: Desk, found: "Roots", sender: str) -> Offered | None:
    """The certificate that a file of this sender brings along; None where it brings none, or somebody else's.

    Whether the signatures hold must be known before.
    """
    from desktop_app.signing.certificates import organisation

    return _offered(desk, found) if {organisation(each) for each in found} == {sender} else None


def _offered(desk: Desk, found: "Roots") -> Offered:
    from desktop_app.signing.certificates import fingerprint, organisation, pem

    name, mark = organisation(found[0]), fingerprint(found[0])
    unit = desk.directory.find(name)
    rows = kept.enrolled(desk.book, unit.name if unit is not None else name)
    known = any(row.fingerprint == mark for row in rows)
    return Offered(name, mark, found[0].not_valid_after_utc.date(), pem(found), known, len(rows) - known)


def _certificates(desk: Desk, file: Path) -> "Steps[Roots]":
    """What to trust: of a signed file the roots of its signatures, which must hold and name one organisation."""
    from desktop_app.signing.certificates import organisation, read_certificates

    data = read_file(file)
    if not data.startswith(_PDF):
        return read_certificates(data)
    at, lists = desk.clock(), keys.key_folder(desk).lists()
    said: Verified = yield lambda: verify_bytes(data, (), at, lists=lists)
    if not said.valid:
        raise ClerkError(_("没有通过核验：{problem}").format(problem=said.problems[0]), _("没有登记任何证书。"))
    found: Roots = yield lambda: brought(data)
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
