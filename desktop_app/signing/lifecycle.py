"""A key's later life: renewed in time, laid down when the clerk changes; what it signed is verified for ever."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

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


def revocation_list(folder: KeyFolder, unit: Unit, passphrase: str, *, at: datetime) -> tuple[bytes, int]:
    """A list (DER) of the unit's keys that were laid down, for the bureau, and how many it names."""
    issuer = folder.issuer(unit, (passphrase,), at)
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
