"""Certificate revocation lists, as files: signed by the issuer or refused, and how fresh they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.signing import certificates
from desktop_app.signing.private_files import read_private, write_private

if TYPE_CHECKING:
    from desktop_app.signing.certificates import PrivateKey

_ENDING = ".crl"
_GOOD_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Revoked:
    """When a certificate was revoked; `stolen`: its key is in other hands, so its own word on the time is worthless."""

    at: datetime
    stolen: bool


@dataclass(frozen=True)
class ListTaken:
    """A list that was taken in. `stale` where its issuer should have published another by now."""

    issuer: str
    count: int
    published: datetime
    next_due: datetime | None
    stale: bool


def read(data: bytes) -> x509.CertificateRevocationList:
    """A list in DER or PEM; ClerkError for anything else."""
    try:
        load = x509.load_pem_x509_crl if b"-----BEGIN" in data else x509.load_der_x509_crl
        found = load(data)
        whole = not any(extension.critical for extension in found.extensions) and len(found) >= 0
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise ClerkError(_("这不是证书吊销名单文件。"), _("请向发证方索取 .crl 文件。")) from problem
    if not whole:  # a delta, or a list of one distribution point: read as a whole list it would acquit the others
        raise ClerkError(_("这份吊销名单只是一部分，没有采用。"), _("请向发证方索取完整的吊销名单。"))
    return found


def signed_by(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether this issuer published the list."""
    if found.issuer != issuer.subject or not certificates.may_issue(issuer):
        return False
    try:
        return found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type] # wrong kinds raise TypeError
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


def take(folder: Path, data: bytes, issuers: Iterable[x509.Certificate], at: datetime) -> ListTaken:
    """Keep a list that one of these issuers signed, in place of an older one; ClerkError for any other."""
    found = read(data)
    issuer = next((known for known in issuers if signed_by(found, known)), None)
    if issuer is None:
        raise ClerkError(
            _("吊销名单不是本机认识的发证方签发的，没有采用。"), _("请先登记或导入发证方的证书，或核对名单的来源。")
        )
    if found.last_update_utc > at + timedelta(days=1):
        raise ClerkError(_("吊销名单的签发时间晚于现在，没有采用。"), _("请检查电脑的日期。"))
    file = folder / f"crl-{issuer.fingerprint(hashes.SHA256()).hex()[:16]}{_ENDING}"
    held = read_private(file)
    if held is not None and read(held).last_update_utc > found.last_update_utc:
        raise ClerkError(_("手上已有更新的吊销名单，这一份没有采用。"), _("请向发证方索取最新的名单。"))
    write_private(file, found.public_bytes(Encoding.DER))
    return told(found, at)


def told(found: x509.CertificateRevocationList, at: datetime) -> ListTaken:
    """What a list is, and whether it is still fresh."""
    name = found.issuer.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    issuer = certificates.spoken(str(name[0].value)) if name else certificates.spoken(found.issuer.rfc4514_string())
    due = found.next_update_utc
    return ListTaken(issuer, len(found), found.last_update_utc, due, due is not None and due < at)


def held(folder: Path) -> tuple[x509.CertificateRevocationList, ...]:
    """Every list kept here."""
    return tuple(read(read_private(file) or b"") for file in sorted(folder.glob(f"crl-*{_ENDING}")))


def revoked(certificate: x509.Certificate, lists: Sequence[x509.CertificateRevocationList]) -> Revoked | None:
    """When one of these lists, each checked when it was taken in, says it was revoked."""
    for found in lists:
        if found.issuer != certificate.issuer:
            continue
        entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is not None:
            return Revoked(entry.revocation_date_utc, _reason(entry) in _STOLEN)
    return None


def publish(
    issuer: tuple[x509.Certificate, "PrivateKey"], entries: Iterable[tuple[x509.Certificate, datetime]], at: datetime
) -> bytes:
    """A list in DER under this issuer, good for ninety days: each certificate and when it was revoked."""
    certificate, key = issuer
    builder = x509.CertificateRevocationListBuilder().issuer_name(certificate.subject)
    builder = builder.last_update(at).next_update(at + _GOOD_FOR)
    for gone, since in entries:
        row = x509.RevokedCertificateBuilder().serial_number(gone.serial_number).revocation_date(since)
        row = row.add_extension(x509.CRLReason(x509.ReasonFlags.cessation_of_operation), critical=False)
        builder = builder.add_revoked_certificate(row.build())
    known_as = x509.AuthorityKeyIdentifier.from_issuer_public_key(certificate.public_key())  # type: ignore[arg-type]
    builder = builder.add_extension(known_as, critical=False)
    builder = builder.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


_STOLEN = {x509.ReasonFlags.key_compromise, x509.ReasonFlags.ca_compromise, x509.ReasonFlags.aa_compromise}


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, ValueError):
        return None
