"""What is noted of each key beside it: whose it is, what for, where the private half lies, and its certificates.

key-NAME.crt.pem begins with lines `Name: value` (ASCII, passed over by PEM readers); the key's own certificate follows,
then those above it.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import Role
from desktop_app.signing.private_files import read_private, write_private

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

PREFIX, OLD_PREFIX = "key-", "old-"  # no person's name becomes a reserved name (CON, NUL) or the unit's own file
ENDING = ".crt.pem"
_LONGEST_NAME, _LONGEST_FILE_NAME = 64, 200


@dataclass(frozen=True)
class Record:
    """One key's notes. `heads` are the lines above the certificates, values percent-decoded."""

    name: str
    heads: Mapping[str, str]
    certificates: "tuple[Certificate, ...]"

    @property
    def role(self) -> Role:
        """Which role it signs in."""
        return Role(self.heads["Role"])

    @property
    def certificate(self) -> "Certificate":
        """Its own."""
        return self.certificates[0]

    @property
    def waiting(self) -> bool:
        """Whether its certificate has been asked for and has not come; the one here only holds its place."""
        return "Waiting" in self.heads

    @property
    def retired(self) -> str | None:
        """The day it was laid down, YYYY-MM-DD."""
        return self.heads.get("Retired")

    @property
    def on_token(self) -> bool:
        """Whether the private half lies on a token."""
        return "Token-Module" in self.heads


def names(folder: Path) -> list[str]:
    """Of all keys, sorted by file."""
    return [unquote(file.name[len(PREFIX) : -len(ENDING)]) for file in sorted(folder.glob(f"{PREFIX}*{ENDING}"))]


def safe(name: str) -> str:
    """The name as part of a file's: letters and digits of any script stay readable, all else becomes %XX."""
    return "".join(
        character if character.isalnum() else "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
        for character in name
    )


def record_file(folder: Path, name: str) -> Path:
    """Where the notes lie."""
    return folder / f"{PREFIX}{safe(name)}{ENDING}"


def key_file(folder: Path, record: Record) -> Path:
    """Where the private half lies: beside the notes, with a number behind ~ after a renewal."""
    return folder / (record.heads.get("File") or f"{PREFIX}{safe(record.name)}.p12")


def next_key_file(folder: Path, name: str) -> str:
    """A file name that no earlier key of this person had."""
    count = sum(1 for _file in folder.glob(f"{PREFIX}{safe(name)}*.p12"))
    return f"{PREFIX}{safe(name)}~{count + 1}.p12"


def read(folder: Path, name: str) -> Record:
    """The notes on a key; ClerkError where they are damaged or missing."""
    from desktop_app.signing import certificates

    file = record_file(folder, name)
    data = read_private(file) or b""
    try:
        found = certificates.read_certificates(data)
    except ClerkError as problem:
        raise ClerkError(
            _("「{name}」的证书文件 {file} 损坏了。").format(name=name, file=file), _("请从备份恢复密钥文件夹。")
        ) from problem
    lines = data.partition(b"-----BEGIN")[0].decode("ascii", "replace").splitlines()
    parts = (line.partition(": ") for line in lines)
    heads = {key: unquote(value) for key, separator, value in parts if separator}
    if heads.get("Role") not in set(Role):
        raise ClerkError(
            _("「{name}」的证书文件损坏了：看不出签署身份。").format(name=name), _("请从备份恢复密钥文件夹。")
        )
    return Record(name, heads, found)


def write(folder: Path, record: Record) -> None:
    """Keep the notes, whole or not at all."""
    write_private(record_file(folder, record.name), plain(record))


def plain(record: Record) -> bytes:
    """The bytes of the notes."""
    from desktop_app.signing import certificates

    heads = "".join(f"{key}: {quote(value, safe='/:. +-')}\n" for key, value in record.heads.items())
    return heads.encode("ascii") + certificates.pem(record.certificates)


def archive(folder: Path, record: Record) -> None:
    """Keep a certificate that is about to be replaced: what it signed is still to be verified."""
    from cryptography.hazmat.primitives import hashes

    mark = record.certificate.fingerprint(hashes.SHA256()).hex()[:12]
    write_private(folder / f"{OLD_PREFIX}{safe(record.name)}~{mark}{ENDING}", plain(record))


def archived(folder: Path) -> "tuple[Certificate, ...]":
    """Every certificate that was replaced, by file."""
    from desktop_app.signing import certificates

    files = sorted(folder.glob(f"{OLD_PREFIX}*{ENDING}"))
    return tuple(certificates.read_certificates(read_private(file) or b"")[0] for file in files)


def free_name(folder: Path, name: str) -> str:
    """The name as it is kept (NFC); ClerkError where it is no name or is taken, whatever its case."""
    clean = unicodedata.normalize("NFC", name.strip())
    writable = clean.isprintable() and 0 < len(clean) <= _LONGEST_NAME
    if not writable or len(record_file(folder, clean).name.encode("utf-8")) > _LONGEST_FILE_NAME:
        raise ClerkError(_("「{name}」不能用作密钥的名字。").format(name=name), _("请写签名人的姓名。"))
    if clean.casefold() in {known.casefold() for known in names(folder)}:
        raise ClerkError(
            _("已经有「{name}」的密钥。").format(name=clean), _("请直接使用它，或在姓名后加以区别后另建一把。")
        )
    return clean
