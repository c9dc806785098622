"""A key's later life: renewed in time, laid down when the clerk changes; what it signed is verified for ever."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import ROLE_LABELS
from desktop_app.model.unit import Unit
from desktop_app.signing import certificates, records, revocation
from desktop_app.signing.keys import UNIT, KeyFolder, KeyInfo
from desktop_app.signing.p12 import Opened, unpack
from desktop_app.signing.private_files import read_private
from desktop_app.signing.requests import keep_unit_certificate

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from desktop_app.signing.certificates import PrivateKey


def renew(
    folder: KeyFolder, name: str, unit: Unit, passphrase: str, *, at: datetime, unit_passphrase: str | None = None
) -> KeyInfo:
    """A new key and certificate under the unit for the same person, of the same kind, under the same passphrase."""
    record = folder.record(name)
    if record.retired or record.waiting:
        info = folder.info(record.name, at)
        raise ClerkError(info.reason, _("请用 key new 另建一把。"))
    if record.on_token:
        raise ClerkError(
            _("「{name}」的密钥在令牌里，不能由本程序续期。").format(name=record.name),
            _("请发放令牌的单位换发证书，再用 key token 登记。"),
        )
    folder.open(record, passphrase)
    unit_certificate = next(iter(folder.unit_chain()), None)
    if unit_certificate is None or not certificates.issued(unit_certificate, record.certificate):
        raise ClerkError(
            _("「{name}」的证书不是本单位签发的，不能由本程序续期。").format(name=record.name),
            _("请用 key request 向发证方申请换证。"),
        )
    issuer = folder.issuer(unit, (unit_passphrase, passphrase), at)
    if issuer is None:
        raise ClerkError(
            _("单位证书打不开或已过期，不能签发新证书。"),
            _("单位证书的口令是建第一把密钥时的口令；过期的用 key renew --unit 续期。"),
        )
    sort = "rsa" if (certificates.kind(record.certificate) or "").startswith("RSA") else "ec"
    private = certificates.new_private_key(sort)
    person = (unit.name, ROLE_LABELS[record.role], record.name)
    made = certificates.person_certificate(person, private, at, issuer)
    records.archive(folder.path, record)
    file = records.next_key_file(folder.path, record.name)
    folder.keep(Opened(private, made, (issuer[0],)), record.name, {"Role": record.role.value}, passphrase, file)
    return folder.info(record.name, at)


def renew_unit(folder: KeyFolder, unit: Unit, passphrase: str, *, at: datetime) -> "Certificate":
    """A new certificate for the unit's same key: persons' keys go on under it, and the bureau enrols it anew."""
    certificate, key = _unit_key(folder, passphrase)
    if not certificates.issued(certificate, certificate):
        raise ClerkError(_("单位证书是上级发证方签发的，不能自己续期。"), _("请用 key request --unit 申请换证。"))
    made = certificates.unit_certificate(unit.name, key, at)
    keep_unit_certificate(folder, (made,))
    return made


def retire(folder: KeyFolder, name: str, *, at: datetime) -> KeyInfo:
    """Lay a key down: it signs nothing any more, and what it signed goes on being verified."""
    record = folder.record(name)
    if not record.retired:
        heads = dict(record.heads) | {"Retired": at.date().isoformat(), "Retired-At": at.isoformat()}
        records.write(folder.path, replace(record, heads=heads))
    return folder.info(record.name, at)


def issue(
    folder: KeyFolder, request: bytes, unit: Unit, passphrases: tuple[str | None, ...], *, at: datetime
) -> tuple[tuple[str, str], bytes]:
    """A certificate under the unit for a person whose key was made on another machine.

    Gives subject and fingerprint, and the certificate with the unit's (PEM). What the request asks for is not believed:
    only its key and its name are taken, and the name must be of this unit.
    """
    asked = _asked(request)
    parts = [asked.subject.get_attributes_for_oid(kind_of) for kind_of in _NAMED]
    whose = [certificates.spoken(str(part[0].value)) if part else "" for part in parts]
    if whose[0] != unit.name or not all(whose):
        raise ClerkError(
            _("申请文件上的单位是「{named}」，不是「{unit}」，没有签发。").format(named=whose[0], unit=unit.name),
            _("请对方在本单位的填报簿里重新申请。"),
        )
    issuer = folder.issuer(unit, passphrases, at)
    if issuer is None:
        raise ClerkError(_("单位证书的口令不对，或单位证书已过期。"), _("请用建第一把密钥时的口令。"))
    public = asked.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise LookupError(f"{type(public)} was taken for a kind that signs here")
    made = certificates.person_certificate((whose[0], whose[1], whose[2]), issuer[1], at, issuer, public)
    return (certificates.subject(made), certificates.fingerprint(made)), certificates.pem([made, *folder.unit_chain()])


_NAMED = (NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.COMMON_NAME)


def _asked(data: bytes) -> x509.CertificateSigningRequest:
    """A request that its own key signed; ClerkError for anything else."""
    try:
        load = x509.load_pem_x509_csr if b"-----BEGIN" in data else x509.load_der_x509_csr
        found = load(data)
        whole = found.is_signature_valid and certificates.key_kind(found.public_key()) is not None
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise ClerkError(_("这不是证书申请文件。"), _("请选择对方用 key request 导出的 .csr 文件。")) from problem
    if not whole:
        raise ClerkError(_("申请文件损坏，或密钥的种类不支持。"), _("请对方重新申请。"))
    return found


def revocation_list(
    folder: KeyFolder, unit: Unit, passphrases: tuple[str | None, ...], *, at: datetime
) -> tuple[bytes, int]:
    """A list (DER) of the unit's keys that were laid down, for the bureau, and how many it names."""
    issuer = folder.issuer(unit, passphrases, at)
    if issuer is None:
        raise ClerkError(_("单位证书的口令不对，或单位证书已过期。"), _("请用建第一把密钥时的口令。"))
    found = [records.read(folder.path, name) for name in records.names(folder.path)]
    gone = [
        (record.certificate, datetime.fromisoformat(record.heads["Retired-At"]))
        for record in found
        if record.retired and certificates.issued(issuer[0], record.certificate)
    ]
    data = revocation.publish(issuer, gone, at - timedelta(minutes=1))
    return data, len(gone)


def _unit_key(folder: KeyFolder, passphrase: str) -> "tuple[Certificate, PrivateKey]":
    data = read_private(folder.path / f"{UNIT}.p12")
    held = unpack(data, passphrase) if data is not None else None
    if held is None:
        raise ClerkError(_("单位证书还没有建，或口令不对。"), _("请用建第一把密钥时的口令。"))
    return next(iter(folder.unit_chain()), held.certificate), held.key
