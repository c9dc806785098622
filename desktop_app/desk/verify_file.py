"""Is this file what it says: signatures, completeness, data, and the code printed on its pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.desk import key_care, keys, what_is_known
from desktop_app.desk.desk import Desk, local_now
from desktop_app.desk.files import read_file
from desktop_app.errors import ClerkError
from desktop_app.exchange import Envelope, check_code, digest, open_envelope, printed_check_codes
from desktop_app.language import _
from desktop_app.model.report import ROLE_LABELS, Role
from desktop_app.store import bureau as enrolments

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, CertificateRevocationList

    from desktop_app.signing.stamped import StampReport
    from desktop_app.signing.verify import SignatureReport, Verification

_CODE_PARTS = 7  # YUEBAO:1:REPORT:110105:2023-03:2:<sha256>
# What an office sends out is signed once, by its approver, and locked.
EXPECTED = {
    "report": (Role.PREPARER, Role.APPROVER),
    "receipt": (Role.APPROVER,),
    "return": (Role.APPROVER,),
    "plan": (Role.APPROVER,),
    "calendar": (Role.APPROVER,),
}
_SENDERS = {"receipt": "bureau", "return": "bureau", "plan": "issuer_name", "calendar": "issuer_name"}


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
    stamp: "StampReport | None" = None
    certificates: "tuple[Certificate, ...]" = ()

    @property
    def valid(self) -> bool:
        """Whether nothing speaks against it: every expected signature holds and paper and data agree."""
        return not self.problems

    @property
    def trusted(self) -> bool:
        """Whether every signature leads to a certificate that was enrolled or given."""
        return bool(self.signatures) and all(signature.trusted for signature in self.signatures)

    @property
    def signed(self) -> bytes:
        """The bytes as they were signed: those of the file, less a receiver's timestamp behind them."""
        return self.pdf if self.stamp is None else self.pdf[: max(each.covers for each in self.signatures)]


def against_paper(found: Verified, scanned: str) -> str | None:
    """What speaks against the paper whose code says this, None where it is the paper of this file."""
    parts = scanned.strip().upper().split(":")
    if len(parts) != _CODE_PARTS or parts[:2] != ["YUEBAO", "1"]:
        return _("扫到的二维码不是月报的：{text}").format(text=scanned.strip()[:80])
    if found.data_sha256 is None or found.check_code is None:
        return _("文件里没有可以核对的数据。")
    if parts[-1] not in (found.data_sha256.upper(), found.check_code):
        return _("纸质件与这个文件不一致：纸上的二维码属于 {unit} {period} 第{revision}版的另一份数据。").format(
            unit=parts[3], period=parts[4], revision=parts[5]
        )
    return None


def verify(file: Path, trust: Sequence[Path] = (), desk: Desk | None = None) -> Verified:
    """Verify a file against the certificates given and those enrolled in the book."""
    from desktop_app.signing.certificates import read_certificates

    given: list[Certificate] = []
    for path in trust:
        given += read_certificates(read_file(path, largest=1024 * 1024))
    if desk is not None:
        for enrolled in enrolments.enrolled(desk.book):
            given += read_certificates(enrolled.certificate_pem)
    if desk is None:
        return verify_bytes(read_file(file), given, local_now())
    found = verify_bytes(read_file(file), given, desk.clock(), lists=keys.key_folder(desk).lists())
    known = (
        *found.notes,
        *what_is_known.notes(desk, found.kind, found.data),
        *key_care.stale_lists(desk, desk.clock()),
    )
    return replace(found, notes=known)


def verify_bytes(
    pdf: bytes,
    trust: "Sequence[Certificate] | Callable[[dict[str, Any]], Sequence[Certificate]]",
    at: datetime,
    *,
    expected: Sequence[Role] | None = None,
    lists: "Sequence[CertificateRevocationList]" = (),
) -> Verified:
    """The same over bytes; never raises for anything that is wrong with them.

    `trust` may be a function of the embedded data: whose certificate must it be that signed what is said here?
    `expected` are the roles that must have signed, where not all that the kind of file asks for.
    """
    from desktop_app.signing.verify import verify as verify_signatures

    envelope, kind, data_problems = _opened(pdf)
    if envelope is None:
        # what could not be opened within bounds is not handed to a parser without any
        return Verified(None, (), tuple(data_problems), (), None, None, None, pdf)
    if callable(trust):
        trust = trust(envelope.data)
    roles = EXPECTED[envelope.kind] if expected is None else expected
    said = verify_signatures(pdf, trust, expected=roles, at=at, lists=lists)
    sha256 = digest(envelope.data_bytes)
    return Verified(
        kind=kind,
        signatures=said.signatures,
        problems=tuple(dict.fromkeys((*said.problems, *data_problems))),
        notes=(*said.notes, *_notes(said, envelope)),
        check_code=check_code(sha256),
        data_sha256=sha256,
        data=envelope.data,
        pdf=pdf,
        stamp=said.stamp,
        certificates=said.certificates,
    )


def _notes(said: "Verification", envelope: Envelope) -> Iterator[str]:
    """What has to be said of signatures that hold."""
    if said.signatures and not all(signature.trusted for signature in said.signatures):
        yield _("签名人的证书不在本机登记的和另外给出的证书里，身份未经核对：请向对方核对证书指纹后登记。")
    of_report = envelope.kind == "report"
    unit = str(envelope.data["unit"]["name"] if of_report else envelope.data[_SENDERS[envelope.kind]])
    text = (
        _("「{name}」的证书是「{named}」的，月报是{unit}的。")
        if of_report
        else _("「{name}」的证书是「{named}」的，文件是以{unit}的名义发的。")
    )
    for one in said.signatures:
        if unit and one.organisation and one.organisation != unit:
            yield text.format(name=one.signer, named=one.organisation, unit=unit)
    yield from _signers_differ(said, envelope)
    if said.stamp is not None and said.stamp.problem is None:
        known = _("证书已登记") if said.stamp.trusted else _("证书未登记")
        yield _("{by}在 {time} 加盖了收文时间戳（{known}）。").format(
            by=said.stamp.by, time=said.stamp.at.astimezone().strftime("%Y-%m-%d %H:%M"), known=known
        )


def _signers_differ(said: "Verification", envelope: Envelope) -> Iterator[str]:
    """Who is named at the foot of the form, and who signed."""
    signed = {one.role: one.signer for one in said.signatures}
    for row in envelope.data.get("signers", []) if envelope.kind == "report" else []:
        role, name = Role(row["role"]), str(row["name"])
        if role not in signed and role is Role.REVIEWER:
            yield _("表上列有审核人「{name}」，没有审核人的签名（审核人签名可以没有）。").format(name=name)
        elif role in signed and "".join(signed[role].split()) != "".join(name.split()):
            yield _("表上的{role}是「{name}」，签名的是「{signer}」。").format(
                role=_(ROLE_LABELS[role]), name=name, signer=signed[role]
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
