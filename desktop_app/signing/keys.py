"""A unit's signing keys: a folder with the unit's certificate and one key for each person."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import ROLE_LABELS, Role
from desktop_app.model.unit import Unit
from desktop_app.signing.private_files import read_private, write_private

if TYPE_CHECKING:  # cryptography is loaded when a key is touched, not when the first screen is drawn
    from cryptography.x509 import Certificate

    from desktop_app.signing.certificates import PrivateKey
    from desktop_app.signing.p12 import Opened

_UNIT = "unit-ca"
_PREFIX = "key-"  # no person's name becomes a reserved name (CON, NUL) or the unit's own file
_LONGEST_NAME, _LONGEST_FILE_NAME = 64, 200


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """What is known of a key without its passphrase.

    `unit_issued` is false where the unit's own certificate did not issue it: then `unit_certificates_pem` carries it
    beside the unit's.
    """

    name: str
    role: Role
    subject: str
    kind: str
    not_before: datetime
    not_after: datetime
    fingerprint: str
    unit_issued: bool


@dataclass(frozen=True)
class LoadedKey:
    """A key ready to sign."""

    info: KeyInfo
    private: "PrivateKey"
    certificate: "Certificate"
    chain: "tuple[Certificate, ...]"


@dataclass(frozen=True)
class KeyFolder:
    """The keys in one folder: unit-ca.p12 and key-NAME.p12, each with its certificate beside it as .crt.pem."""

    path: Path

    def new_key(
        self, name: str, role: Role, unit: Unit, passphrase: str, *, at: datetime, unit_passphrase: str | None = None
    ) -> KeyInfo:
        """A key for a person. The first one also makes the unit's certificate, under the same passphrase.

        Where that certificate's key opens with neither passphrase, the new key certifies itself.
        """
        from desktop_app.signing import certificates
        from desktop_app.signing.p12 import Opened

        clean = self._free_name(name)
        if not passphrase:
            raise ClerkError(_("口令是空的。"), _("请设一个口令：没有口令的密钥谁拿到都能用。"))
        issuer = self._issuer(unit, (unit_passphrase, passphrase), at)
        private = certificates.new_private_key()
        person = (unit.name, ROLE_LABELS[role], clean)
        certificate = certificates.person_certificate(person, private, at, (issuer[0], issuer[1]) if issuer else None)
        chain = (issuer[0],) if issuer else ()
        return self._keep(Opened(private, certificate, chain), clean, role, passphrase)

    def import_p12(self, data: bytes, name: str, role: Role, passphrase: str) -> KeyInfo:
        """Take a key made elsewhere; it is kept under the same passphrase, encrypted anew."""
        from desktop_app.signing import certificates
        from desktop_app.signing.p12 import Opened, unpack

        clean = self._free_name(name)
        held = unpack(data, passphrase)
        if held is None:
            raise ClerkError(_("口令不对，没有导入。"), _("请核对导出这个文件时设的口令。"))
        _refuse_unfit(held.certificate, None)
        if not certificates.comparable(held.certificate):
            raise ClerkError(
                _("证书上的姓名或单位名含有旧标准不认的字，签名会无法核验。"),
                _("请向发证方换一张证书，或用 key new 新建。"),
            )
        chain = certificates.chain_to_root(held.certificate, held.chain) or ()
        return self._keep(Opened(held.key, held.certificate, chain), clean, role, passphrase)

    def list_keys(self) -> tuple[KeyInfo, ...]:
        """All keys by name; needs no passphrase."""
        found = sorted(self.path.glob(f"{_PREFIX}*.crt.pem"))
        return tuple(self._info(unquote(file.name[len(_PREFIX) : -len(".crt.pem")])) for file in found)

    def load_key(self, name: str, passphrase: str, at: datetime | None = None) -> LoadedKey:
        """A key ready to sign; ClerkError where it is missing, damaged, expired at `at` or the passphrase is wrong."""
        from desktop_app.signing.p12 import looks_whole, unpack

        clean = unicodedata.normalize("NFC", name.strip())
        data = read_private(self._file(clean, "p12"))
        if data is None:
            raise ClerkError(
                _("找不到「{name}」的密钥文件。").format(name=clean), _("可用 key list 查看已有的密钥，或从备份恢复。")
            )
        info = self._info(clean)
        held = unpack(data, passphrase) if looks_whole(data) else None
        if held is None:
            raise self._why_shut(clean, data)
        _refuse_unfit(held.certificate, at)
        return LoadedKey(info, held.key, held.certificate, held.chain)

    def unit_certificates_pem(self) -> bytes:
        """What a bureau enrols: the unit's certificate, then those of keys that it did not issue."""
        from desktop_app.signing import certificates

        unit = self._unit_certificate()
        own = [self._certificate(info.name) for info in self.list_keys() if not info.unit_issued]
        bundle = ([unit] if unit else []) + own
        if not bundle:
            raise ClerkError(_("还没有密钥，也就没有单位证书可以导出。"), _("请先新建密钥：key new。"))
        return certificates.pem(bundle)

    def _issuer(
        self, unit: Unit, candidates: tuple[str | None, ...], at: datetime
    ) -> "tuple[Certificate, PrivateKey] | None":
        """The unit's certificate and key, made now where there is none; None where it does not open or has expired."""
        from desktop_app.signing import certificates
        from desktop_app.signing.p12 import Opened, looks_whole, pack, unpack

        data = read_private(self.path / f"{_UNIT}.p12")
        words = [word for word in candidates if word]
        if data is not None:
            opened = (unpack(data, word) for word in words) if looks_whole(data) else ()
            held = next((found for found in opened if found is not None), None)
            usable = held is not None and certificates.valid_on(held.certificate, at)
            return (held.certificate, held.key) if held is not None and usable else None
        private = certificates.new_private_key()
        made = certificates.unit_certificate(unit.name, private, at)
        write_private(
            self.path / f"{_UNIT}.p12", pack(Opened(private, made, ()), made.subject.rfc4514_string(), words[-1])
        )
        write_private(self.path / f"{_UNIT}.crt.pem", certificates.pem([made]))
        return made, private

    def _keep(self, held: "Opened", name: str, role: Role, passphrase: str) -> KeyInfo:
        """The certificate comes last: a key is listed only when it is whole."""
        from desktop_app.signing import certificates
        from desktop_app.signing.p12 import pack

        data = pack(held, name, passphrase)
        head = f"Role: {role.value}\nKey-SHA256: {hashlib.sha256(data).hexdigest()}\n"
        write_private(self._file(name, "p12"), data)
        write_private(self._file(name, "crt.pem"), head.encode("ascii") + certificates.pem([held.certificate]))
        return self._info(name)

    def _free_name(self, name: str) -> str:
        """The name as it is kept (NFC); ClerkError where it is no name or is taken, whatever its case."""
        clean = unicodedata.normalize("NFC", name.strip())
        writable = clean.isprintable() and 0 < len(clean) <= _LONGEST_NAME
        if not writable or len(self._file(clean, "crt.pem").name.encode("utf-8")) > _LONGEST_FILE_NAME:
            raise ClerkError(_("「{name}」不能用作密钥的名字。").format(name=name), _("请写签名人的姓名。"))
        taken = {
            unquote(file.name[len(_PREFIX) : -len(".crt.pem")]).casefold()
            for file in self.path.glob(f"{_PREFIX}*.crt.pem")
        }
        if clean.casefold() in taken:
            raise ClerkError(
                _("已经有「{name}」的密钥。").format(name=clean), _("请直接使用它，或在姓名后加以区别后另建一把。")
            )
        return clean

    def _info(self, name: str) -> KeyInfo:
        from desktop_app.signing import certificates

        certificate = self._certificate(name)
        unit = self._unit_certificate()
        return KeyInfo(
            name=name,
            role=self._role(name),
            subject=certificates.subject(certificate),
            kind=certificates.kind(certificate) or "?",
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            fingerprint=certificates.fingerprint(certificate),
            unit_issued=unit is not None and certificates.issued(unit, certificate),
        )

    def _certificate(self, name: str) -> "Certificate":
        from desktop_app.signing import certificates

        file = self._file(name, "crt.pem")
        try:
            return certificates.read_certificates(read_private(file) or b"")[0]
        except ClerkError as problem:
            raise ClerkError(
                _("「{name}」的证书文件 {file} 损坏了。").format(name=name, file=file), _("请从备份恢复密钥文件夹。")
            ) from problem

    def _unit_certificate(self) -> "Certificate | None":
        from desktop_app.signing import certificates

        data = read_private(self.path / f"{_UNIT}.crt.pem")
        return certificates.read_certificates(data)[0] if data is not None else None

    def _heading(self, name: str) -> dict[str, str]:
        """The lines above the certificate, which PEM readers pass over."""
        text = (read_private(self._file(name, "crt.pem")) or b"").decode("ascii", "replace")
        lines = text.partition("-----BEGIN")[0].splitlines()
        return {key: value for key, separator, value in (line.partition(": ") for line in lines) if separator}

    def _role(self, name: str) -> Role:
        try:
            return Role(self._heading(name).get("Role", ""))
        except ValueError as problem:
            raise ClerkError(
                _("「{name}」的证书文件损坏了：看不出签署身份。").format(name=name), _("请从备份恢复密钥文件夹。")
            ) from problem

    def _why_shut(self, name: str, data: bytes) -> ClerkError:
        """A wrong passphrase and a damaged file look alike to PKCS#12; the digest noted beside tells them apart."""
        noted = self._heading(name).get("Key-SHA256")
        if noted is not None and hashlib.sha256(data).hexdigest() != noted:
            return ClerkError(
                _("「{name}」的密钥文件损坏或被换过，打不开。").format(name=name), _("请从备份恢复密钥文件夹。")
            )
        return ClerkError(_("「{name}」的口令不对。").format(name=name), _("请核对大小写和输入法后再试。"))

    def _file(self, name: str, ending: str) -> Path:
        """Letters and digits of any script stay readable, all else becomes %XX."""
        safe = "".join(
            character
            if character.isalnum()
            else "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
            for character in name
        )
        return self.path / f"{_PREFIX}{safe}.{ending}"


def _refuse_unfit(certificate: "Certificate", at: datetime | None) -> None:
    """ClerkError where a certificate must not sign (at that moment, where one is given)."""
    from desktop_app.signing import certificates

    who = certificates.common_name(certificate)
    if not certificates.may_sign(certificate) or certificates.may_issue(certificate):
        raise ClerkError(
            _("「{name}」的证书不是用来签名的。").format(name=who), _("请使用用途含“数字签名”或“不可否认”的个人证书。")
        )
    if at is not None and not certificates.valid_on(certificate, at):
        first, last = (
            moment.astimezone(at.tzinfo).strftime("%Y-%m-%d")
            for moment in (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
        )
        raise ClerkError(
            _("「{name}」的证书有效期是 {first} 至 {last}，现在不能用来签名。").format(
                name=who, first=first, last=last
            ),
            _("请检查电脑的日期；证书过期的请新建密钥，并请收文方登记新的证书。"),
        )


def refuse_unfit(key: LoadedKey, at: datetime) -> None:
    """ClerkError where this key must not sign at `at`."""
    _refuse_unfit(key.certificate, at)
