"""Is this file what it says: signatures, completeness, data, and the code printed on its pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.desk.desk import Desk, local_now
from desktop_app.desk.files import read_file
from desktop_app.errors import ClerkError
from desktop_app.exchange import Envelope, check_code, digest, open_envelope, printed_check_codes
from desktop_app.language import _
from desktop_app.model.report import Role
from desktop_app.store import bureau as enrolments

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from desktop_app.signing.verify import SignatureReport

EXPECTED = {"report": (Role.PREPARER, Role.APPROVER), "receipt": (Role.APPROVER,)}


@dataclass(frozen=True)
class Verified:
    """What a file is and whether it holds. `problems` are plain sentences; `notes` do not speak against it."""

    kind: str | None
    signatures: "tuple[SignatureReport, ...]"
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    check_code: str | None
    data_sha256: str | None
    data: dict[str, Any] | None
    pdf: bytes

    @property
    def valid(self) -> bool:
        """Whether nothing speaks against it: every expected signature holds and paper and data agree."""
        return not self.problems

    @property
    def trusted(self) -> bool:
        """Whether every signature leads to a certificate that was enrolled or given."""
        return bool(self.signatures) and all(signature.trusted for signature in self.signatures)


def verify(file: Path, trust: Sequence[Path] = (), desk: Desk | None = None) -> Verified:
    """Verify a file against the certificates given and those enrolled in the book."""
    from desktop_app.signing.certificates import read_certificates

    given: list[Certificate] = []
    for path in trust:
        given += read_certificates(read_file(path, largest=1024 * 1024))
    if desk is not None:
        for enrolled in enrolments.enrolled(desk.book):
            given += read_certificates(enrolled.certificate_pem)
    return verify_bytes(read_file(file), given, desk.clock() if desk else local_now())


def verify_bytes(
    pdf: bytes, trust: "Sequence[Certificate] | Callable[[dict[str, Any]], Sequence[Certificate]]", at: datetime
) -> Verified:
    """The same over bytes; never raises for anything that is wrong with them.

    `trust` may be a function of the embedded data: whose certificate must it be that signed what is said here?
    """
    from desktop_app.signing.verify import verify as verify_signatures

    envelope, kind, data_problems = _opened(pdf)
    if envelope is None:
        # what could not be opened within bounds is not handed to a parser without any
        return Verified(None, (), tuple(data_problems), (), None, None, None, pdf)
    if callable(trust):
        trust = trust(envelope.data)
    said = verify_signatures(pdf, trust, expected=EXPECTED[envelope.kind], at=at)
    notes = []
    if said.signatures and not all(signature.trusted for signature in said.signatures):
        notes.append(_("签名人的证书还没有在本机登记，身份未经核对：请向对方核对证书指纹后登记。"))
    sha256 = digest(envelope.data_bytes)
    return Verified(
        kind=kind,
        signatures=said.signatures,
        problems=tuple(dict.fromkeys((*said.problems, *data_problems))),
        notes=tuple(notes),
        check_code=check_code(sha256),
        data_sha256=sha256,
        data=envelope.data,
        pdf=pdf,
    )


def _opened(pdf: bytes) -> tuple[Envelope | None, str | None, list[str]]:
    """The envelope where there is one, its kind, and what is wrong with what it carries."""
    try:
        envelope = open_envelope(pdf)
    except ClerkError as problem:
        return None, None, [str(problem)]
    try:
        return envelope, envelope.kind, _data_problems(pdf, envelope)
    except ClerkError as problem:
        return envelope, envelope.kind, [str(problem)]


def _data_problems(pdf: bytes, envelope: Envelope) -> list[str]:
    problems = list(envelope.problems)
    code = check_code(digest(envelope.data_bytes))
    wrong = [number for number, codes in enumerate(printed_check_codes(pdf), start=1) if code not in codes]
    if wrong:
        pages = "、".join(str(number) for number in wrong[:5])
        problems.append(
            _("第 {pages} 页上印的校验码与内嵌数据算出的校验码 {code} 不一致。").format(pages=pages, code=code)
        )
    return problems


def read(
    file: Path, trust: Sequence[Path] = (), desk: Desk | None = None, *, untrusted: bool = False
) -> dict[str, Any]:
    """The embedded data of a file that verifies; of any readable file where `untrusted` is asked for."""
    if untrusted:
        return open_envelope(read_file(file)).data
    found = verify(file, trust, desk)
    if not found.valid or found.data is None:
        raise ClerkError(
            _("{name} 没有通过核验，不读取其中的数据：{problem}").format(name=file.name, problem=found.problems[0]),
            _("只想查看内容可加 --untrusted。"),
        )
    return found.data
