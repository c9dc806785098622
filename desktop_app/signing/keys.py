"""A unit's signing keys: a folder with the unit's certificate and one key for each person."""

import hashlib
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import ROLE_LABELS, Role
from desktop_app.model.unit import Unit
from desktop_app.signing import records
from desktop_app.signing.fitness import ADVICE, KeyState, judged, refuse_uncomparable
from desktop_app.signing.fitness import refuse_unfit as refuse_unfit_certificate
from desktop_app.signing.private_files import read_private, write_private
from desktop_app.signing.records import Record

if TYPE_CHECKING:  # cryptography is loaded when a key is touched, not when the first screen is drawn
    from cryptography.x509 import Certificate, CertificateRevocationList

    from desktop_app.signing.certificates import PrivateKey
    from desktop_app.signing.p12 import Opened
    from desktop_app.signing.token import TokenKey

UNIT = "unit-ca"


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """What is known of a key without its passphrase.

    `unit_issued` is false where the unit's own certificate did not issue it: then `unit_certificates_pem` carries it
    beside the unit's. `state` is as of the moment asked about; `reason` says in a sentence why a key cannot sign, or
    that it soon cannot. `storage` is `file` or `token`.
    """

    name: str
    role: Role
    subject: str
    kind: str
    not_before: datetime
    not_after: datetime
    fingerprint: str
    unit_issued: bool
    state: KeyState = KeyState.USABLE
    reason: str = ""
    storage: str = "file"

    @property
    def usable(self) -> bool:
        """Whether it can sign."""
        return self.state is KeyState.USABLE


@dataclass(frozen=True)
class LoadedKey:
    """A key ready to sign. `private` is the key itself, or the way to it on a token."""

    info: KeyInfo
    private: "PrivateKey | TokenKey" = field(repr=False)
    certificate: "Certificate"
    chain: "tuple[Certificate, ...]"
    lists: "tuple[CertificateRevocationList, ...]" = ()


@dataclass(frozen=True)
class KeyFolder:
    """The keys in one folder: unit-ca.p12 and key-NAME.p12, each with its certificate beside it as .crt.pem."""

    path: Path

    def new_key(
        self,
        name: str,
        role: Role,
        unit: Unit,
        passphrase: str,
        *,
        at: datetime,
        unit_passphrase: str | None = None,
        kind: str = "ec",
    ) -> KeyInfo:
        """A key for a person (`ec` or `rsa`). The first one also makes the unit's certificate, under its passphrase.

        Where that certificate's key opens with neither passphrase, the new key certifies itself.
        """
        from desktop_app.signing import certificates
        from desktop_app.signing.p12 import Opened

        clean = records.free_name(self.path, name)
        refuse_empty(passphrase)
        issuer = self.issuer(unit, (unit_passphrase, passphrase), at, make=True)
        private = certificates.new_private_key(kind)
        person = (unit.name, ROLE_LABELS[role], clean)
        certificate = certificates.person_certificate(person, private, at, issuer)
        chain = (issuer[0],) if issuer else ()
        self.keep(Opened(private, certificate, chain), clean, {"Role": role.value}, passphrase)
        return self.info(clean, at)

    def import_p12(self, data: bytes, name: str, role: Role, passphrase: str, *, at: datetime | None = None) -> KeyInfo:
        """Take a key made elsewhere; it is kept under the same passphrase, encrypted anew.

        A file that was left open, without any passphrase, is kept under this one from now on.
        """
        from desktop_app.signing import certificates
        from desktop_app.signing.p12 import Opened, unpack

        clean = records.free_name(self.path, name)
        refuse_empty(passphrase)
        held = unpack(data, passphrase) or unpack(data, "")
        if held is None:
            raise ClerkError(_("口令不对，没有导入。"), _("请核对导出这个文件时设的口令。"))
        refuse_unfit_certificate(held.certificate, at, self.lists())
        refuse_uncomparable(held.certificate)
        chain = certificates.chain_to_root(held.certificate, held.chain) or ()
        self.keep(Opened(held.key, held.certificate, chain), clean, {"Role": role.value}, passphrase)
        return self.info(clean, at)

    def list_keys(self, at: datetime | None = None) -> tuple[KeyInfo, ...]:
        """All keys by name, as they stand at `at`; needs no passphrase."""
        return tuple(self.info(name, at) for name in records.names(self.path))

    def load_key(self, name: str, passphrase: str, at: datetime | None = None) -> LoadedKey:
        """A key ready to sign; ClerkError where it is missing, damaged, unfit at `at` or the passphrase is wrong.

        For a key on a token the passphrase is its PIN.
        """
        record = self.record(name)
        if record.waiting or record.retired:
            info = self.info(record.name, at)
            raise ClerkError(info.reason, _(ADVICE[info.state]))
        if record.on_token:
            from desktop_app.signing import token

            refuse_unfit_certificate(record.certificate, at, self.lists())
            private = token.TokenKey.noted(record.heads, passphrase)
            private.refuse_unless_open()
            return LoadedKey(self.info(record.name, at), private, record.certificate, self.above(record), self.lists())
        held = self.open(record, passphrase)
        certificate = record.certificate if record.certificate.public_key() == held.key.public_key() else None
        if certificate is None:
            raise self._swapped(record.name)
        refuse_unfit_certificate(certificate, at, self.lists())
        return LoadedKey(self.info(record.name, at), held.key, certificate, self.above(record, held), self.lists())

    def record(self, name: str) -> Record:
        """The notes on a key; ClerkError where there is none of that name."""
        clean = unicodedata.normalize("NFC", name.strip())
        if not records.record_file(self.path, clean).is_file():
            raise ClerkError(
                _("找不到「{name}」的密钥文件。").format(name=clean), _("可用 key list 查看已有的密钥，或从备份恢复。")
            )
        return records.read(self.path, clean)

    def open(self, record: Record, passphrase: str) -> "Opened":
        """What a key's file holds; ClerkError where it is missing, damaged, or the passphrase is wrong."""
        from desktop_app.signing.p12 import looks_whole, unpack

        data = read_private(records.key_file(self.path, record))
        if data is None:
            raise ClerkError(
                _("找不到「{name}」的密钥文件。").format(name=record.name),
                _("可用 key list 查看已有的密钥，或从备份恢复。"),
            )
        held = unpack(data, passphrase) if looks_whole(data) else None
        if held is not None:
            return held
        # a wrong passphrase and a damaged file look alike to PKCS#12; the digest noted beside tells them apart
        noted = record.heads.get("Key-SHA256")
        if noted is not None and hashlib.sha256(data).hexdigest() != noted:
            raise self._swapped(record.name)
        raise ClerkError(_("「{name}」的口令不对。").format(name=record.name), _("请核对大小写和输入法后再试。"))

    def above(self, record: Record, held: "Opened | None" = None) -> "tuple[Certificate, ...]":
        """The issuers of a key, the unit's newest certificate before the one that came with the key."""
        from desktop_app.signing import certificates

        pool = [*self.unit_chain(), *record.certificates[1:], *(held.chain if held else ())]
        return certificates.chain_to_root(record.certificate, pool) or ()

    def unit_certificates_pem(self) -> bytes:
        """What a bureau enrols: the unit's certificate, then those of keys that it did not issue."""
        from desktop_app.signing import certificates

        unit = self.unit_chain()[:1]
        found = [records.read(self.path, name) for name in records.names(self.path)]
        own = [record.certificate for record in found if not record.waiting]
        strangers = [one for one in (*own, *records.archived(self.path)) if not _issued_by(unit, one)]
        if not (*unit, *strangers):
            raise ClerkError(_("还没有密钥，也就没有单位证书可以导出。"), _("请先新建密钥：key new。"))
        return certificates.pem([*unit, *strangers])

    def unit_chain(self) -> "tuple[Certificate, ...]":
        """The unit's certificate and those above it; () before the first key."""
        from desktop_app.signing import certificates

        data = read_private(self.path / f"{UNIT}.crt.pem")
        return certificates.read_certificates(data) if data is not None else ()

    def lists(self) -> "tuple[CertificateRevocationList, ...]":
        """The revocation lists kept here."""
        from desktop_app.signing import revocation

        return revocation.held(self.path) if any(self.path.glob("crl-*.crl")) else ()

    def issuer(
        self, unit: Unit, candidates: tuple[str | None, ...], at: datetime, *, make: bool = False
    ) -> "tuple[Certificate, PrivateKey] | None":
        """The unit's certificate and key, made now where there is none and `make` is asked for.

        None where it does not open with one of the candidates or has expired.
        """
        from desktop_app.signing import certificates
        from desktop_app.signing.p12 import Opened, looks_whole, pack, unpack

        data = read_private(self.path / f"{UNIT}.p12")
        words = [word for word in candidates if word]
        if data is not None:
            opened = (unpack(data, word) for word in words) if looks_whole(data) else ()
            held = next((found for found in opened if found is not None), None)
            if held is None:
                return None
            newest = next(iter(self.unit_chain()), held.certificate)
            return (newest, held.key) if certificates.valid_on(newest, at) else None
        if not make:
            return None
        private = certificates.new_private_key()
        made = certificates.unit_certificate(unit.name, private, at)
        write_private(
            self.path / f"{UNIT}.p12", pack(Opened(private, made, ()), made.subject.rfc4514_string(), words[-1])
        )
        write_private(self.path / f"{UNIT}.crt.pem", certificates.pem([made]))
        return made, private

    def keep(self, held: "Opened", name: str, heads: dict[str, str], passphrase: str, file: str | None = None) -> None:
        """The certificate comes last: a key is listed, or replaced, only when it is whole."""
        from desktop_app.signing.p12 import pack

        data = pack(held, name, passphrase)
        digest = {"Key-SHA256": hashlib.sha256(data).hexdigest()} | ({"File": file} if file else {})
        record = Record(name, heads | digest, (held.certificate, *held.chain))
        write_private(records.key_file(self.path, record), data)
        records.write(self.path, record)

    def info(self, name: str, at: datetime | None = None) -> KeyInfo:
        """What is known of a key."""
        from desktop_app.signing import certificates

        record = records.read(self.path, name)
        certificate = record.certificate
        state, reason = _standing(record, at, self.lists())
        return KeyInfo(
            name=name,
            role=record.role,
            subject=certificates.subject(certificate),
            kind=certificates.kind(certificate) or "?",
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            fingerprint=certificates.fingerprint(certificate),
            unit_issued=_issued_by(self.unit_chain(), certificate),
            state=state,
            reason=reason,
            storage="token" if record.on_token else "file",
        )

    def _swapped(self, name: str) -> ClerkError:
        return ClerkError(
            _("「{name}」的密钥文件损坏或被换过，打不开。").format(name=name), _("请从备份恢复密钥文件夹。")
        )


def load_file(data: bytes, role: Role, passphrase: str, at: datetime) -> LoadedKey:
    """A key out of a PKCS#12 file that stays where it is; ClerkError where it must not sign at `at`."""
    from desktop_app.signing import certificates
    from desktop_app.signing.p12 import unpack

    held = unpack(data, passphrase)
    if held is None:
        raise ClerkError(_("密钥文件的口令不对。"), _("请核对大小写和输入法后再试。"))
    refuse_unfit_certificate(held.certificate, at)
    refuse_uncomparable(held.certificate)
    own = held.certificate
    info = KeyInfo(
        name=certificates.common_name(own),
        role=role,
        subject=certificates.subject(own),
        kind=certificates.kind(own) or "?",
        not_before=own.not_valid_before_utc,
        not_after=own.not_valid_after_utc,
        fingerprint=certificates.fingerprint(own),
        unit_issued=False,
    )
    return LoadedKey(info, held.key, own, certificates.chain_to_root(own, held.chain) or ())


def _issued_by(unit: "tuple[Certificate, ...]", certificate: "Certificate") -> bool:
    from desktop_app.signing import certificates

    return any(certificates.issued(issuer, certificate) for issuer in unit[:1])


def _standing(
    record: Record, at: datetime | None, lists: "tuple[CertificateRevocationList, ...]"
) -> tuple[KeyState, str]:
    if record.waiting:
        return KeyState.WAITING, _("「{name}」的证书已经申请，还没有导入发证方发回的证书。").format(name=record.name)
    if record.retired:
        return KeyState.RETIRED, _("「{name}」的密钥已在 {day} 停用，不能再签。").format(
            name=record.name, day=record.retired
        )
    return judged(record.certificate, at or record.certificate.not_valid_before_utc, lists)


def refuse_empty(passphrase: str) -> None:
    """ClerkError for no passphrase at all."""
    if not passphrase:
        raise ClerkError(_("口令是空的。"), _("请设一个口令：没有口令的密钥谁拿到都能用。"))


def refuse_unfit(key: LoadedKey, at: datetime) -> None:
    """ClerkError where this key must not sign at `at`."""
    refuse_unfit_certificate(key.certificate, at, key.lists)
