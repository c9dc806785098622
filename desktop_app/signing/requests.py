"""Certificates from elsewhere: a request to an authority, and its answer matched to the key that is waiting for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import ROLE_LABELS, Role
from desktop_app.model.unit import Unit
from desktop_app.signing import certificates, records
from desktop_app.signing.fitness import refuse_uncomparable, refuse_unfit
from desktop_app.signing.keys import UNIT, KeyFolder, KeyInfo, refuse_empty
from desktop_app.signing.p12 import Opened
from desktop_app.signing.private_files import read_private, write_private
from desktop_app.signing.records import Record

if TYPE_CHECKING:
    from desktop_app.signing.certificates import PrivateKey

_NOT_SIGNED = "Waiting"


@dataclass(frozen=True)
class Answered:
    """Whose certificate came: a person's key, or None for the unit's own certificate."""

    key: KeyInfo | None
    fingerprint: str
    chain: int


def request_for_person(
    folder: KeyFolder, name: str, role: Role, unit: Unit, passphrase: str, *, at: datetime, kind: str = "ec"
) -> bytes:
    """A request (PEM) for a person's key; a key that is not there yet is made, and waits for its certificate."""
    if name.strip() in records.names(folder.path):
        record = folder.record(name)
        if record.on_token:
            raise ClerkError(
                _("「{name}」的密钥在令牌里，不能由本程序申请证书。").format(name=name), _("请用令牌自带的工具申请。")
            )
        private = folder.open(record, passphrase).key
        return _request(certificates.person_name((unit.name, ROLE_LABELS[record.role], record.name)), private, ca=False)
    clean = records.free_name(folder.path, name)
    refuse_empty(passphrase)
    private = certificates.new_private_key(kind)
    person = (unit.name, ROLE_LABELS[role], clean)
    placeholder = certificates.person_certificate(person, private, at, None)
    folder.keep(Opened(private, placeholder, ()), clean, {"Role": role.value, _NOT_SIGNED: at.isoformat()}, passphrase)
    return _request(placeholder.subject, private, ca=False)


def request_for_unit(folder: KeyFolder, unit: Unit, passphrase: str, *, at: datetime) -> bytes:
    """A request (PEM) for the unit's own certificate, that it may issue the persons' under the authority."""
    refuse_empty(passphrase)
    issuer = folder.issuer(unit, (passphrase,), at, make=True)
    if issuer is None:
        raise ClerkError(_("单位证书的口令不对，或单位证书已过期。"), _("请用建第一把密钥时的口令。"))
    return _request(issuer[0].subject, issuer[1], ca=True)


def _request(whose: x509.Name, key: "PrivateKey", *, ca: bool) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(whose)
    builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
    builder = builder.add_extension(
        certificates.usage(key_cert_sign=ca, crl_sign=ca, digital_signature=not ca, content_commitment=not ca),
        critical=True,
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def read_answer(data: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a .pem, .cer or .p7b file; ClerkError for anything else."""
    for load in (pkcs7.load_der_pkcs7_certificates, pkcs7.load_pem_pkcs7_certificates):
        try:
            return tuple(load(data))
        except (ValueError, UnsupportedAlgorithm):
            continue
    return certificates.read_certificates(data)


def take_answer(folder: KeyFolder, data: bytes, unit: Unit, *, at: datetime) -> Answered:
    """Give the certificate that came to the key it belongs to; ClerkError, and nothing changed, where it fits none."""
    found = read_answer(data)
    for certificate in found:
        others = tuple(other for other in found if other != certificate)
        record = _waiting_for(folder, certificate)
        if record is not None:
            return _give_to_person(folder, record, certificate, others, unit, at)
        if any(_same_key(own, certificate) for own in folder.unit_chain()[:1]):
            return _give_to_unit(folder, certificate, others, unit, at)
    raise ClerkError(_("文件里没有一张证书是本填报簿的密钥申请的。"), _("请核对是不是用本机导出的申请文件办的证书。"))


def _give_to_person(
    folder: KeyFolder,
    record: Record,
    certificate: x509.Certificate,
    others: tuple[x509.Certificate, ...],
    unit: Unit,
    at: datetime,
) -> Answered:
    refuse_unfit(certificate, max(at, certificate.not_valid_before_utc), folder.lists())
    refuse_uncomparable(certificate)
    _refuse_foreign(certificate, unit)
    chain = certificates.chain_to_root(certificate, (*others, *folder.unit_chain())) or ()
    if not record.waiting:
        records.archive(folder.path, record)
    heads = {key: value for key, value in record.heads.items() if key not in (_NOT_SIGNED, "Retired")}
    records.write(folder.path, Record(record.name, heads, (certificate, *chain)))
    return Answered(folder.info(record.name, at), certificates.fingerprint(certificate), len(chain))


def _give_to_unit(
    folder: KeyFolder, certificate: x509.Certificate, others: tuple[x509.Certificate, ...], unit: Unit, at: datetime
) -> Answered:
    if not certificates.may_issue(certificate):
        raise ClerkError(
            _("发来的单位证书不能签发个人证书，没有采用。"), _("请发证方按申请文件签发（CA:TRUE，路径长度 0）。")
        )
    if certificate.not_valid_after_utc <= at:
        raise ClerkError(_("发来的单位证书已经过期，没有采用。"), _("请发证方重新签发，并检查电脑的日期。"))
    refuse_uncomparable(certificate)
    _refuse_foreign(certificate, unit)
    before = folder.unit_chain()[0]
    if before.subject != certificate.subject:
        raise ClerkError(
            _("发来的单位证书改了名称，个人证书会对不上，没有采用。"), _("请发证方照申请文件上的名称签发。")
        )
    chain = certificates.chain_to_root(certificate, others) or ()
    keep_unit_certificate(folder, (certificate, *chain))
    return Answered(None, certificates.fingerprint(certificate), len(chain))


def keep_unit_certificate(folder: KeyFolder, found: tuple[x509.Certificate, ...]) -> None:
    """Put a new certificate of the unit in place; the one before it is kept."""
    file = folder.path / f"{UNIT}{records.ENDING}"
    before = read_private(file)
    if before is not None:
        mark = certificates.read_certificates(before)[0].fingerprint(hashes.SHA256()).hex()[:12]
        write_private(folder.path / f"{UNIT}~{mark}{records.ENDING}", before)
    write_private(file, certificates.pem(found))


def _waiting_for(folder: KeyFolder, certificate: x509.Certificate) -> Record | None:
    for name in records.names(folder.path):
        record = records.read(folder.path, name)
        if _same_key(record.certificate, certificate):
            return record
    return None


def _same_key(one: x509.Certificate, other: x509.Certificate) -> bool:
    try:
        public = other.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return False
    return isinstance(public, ec.EllipticCurvePublicKey | rsa.RSAPublicKey) and one.public_key() == public


def _refuse_foreign(certificate: x509.Certificate, unit: Unit) -> None:
    """A certificate that names an organisation must name this one."""
    named = certificates.organisation(certificate)
    if named and named not in {unit.name, unit.short_name, *unit.aliases}:
        raise ClerkError(
            _("证书上的单位是「{named}」，不是「{unit}」，没有采用。").format(named=named, unit=unit.name),
            _("请与发证方核对。"),
        )
