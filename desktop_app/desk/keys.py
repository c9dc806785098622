"""The unit's signing keys, and where their passphrases are."""

import secrets
from collections.abc import Callable
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import Role
from desktop_app.signing import vault
from desktop_app.signing.keys import KeyFolder, KeyInfo, LoadedKey

__all__ = [
    "SHORTEST_PASSPHRASE",
    "KeyInfo",
    "account",
    "approver_key",
    "export",
    "key_folder",
    "list_keys",
    "load",
    "loading",
    "new_key",
    "passphrase_in_vault",
    "recall_passphrase",
    "refuse_short",
    "remember_passphrase",
    "unit_passphrase",
    "vault_status",
]

SHORTEST_PASSPHRASE = 4


def key_folder(desk: Desk) -> KeyFolder:
    """The keys beside this book."""
    return KeyFolder(desk.key_folder)


def new_key(desk: Desk, name: str, role: Role, passphrase: str, *, remember: bool = True, kind: str = "ec") -> KeyInfo:
    """A key for a person, certified by the unit's own certificate, which is made with the first key."""
    if not name.strip():
        raise ClerkError(_("没有写姓名。"), _("请写明这把密钥属于谁。"))
    refuse_short(passphrase)
    made = key_folder(desk).new_key(
        name.strip(), role, desk.unit, passphrase, at=desk.clock(), unit_passphrase=unit_passphrase(desk), kind=kind
    )
    if remember:
        vault.remember(account(desk, made.name), passphrase)
        if unit_passphrase(desk) is None:
            vault.remember(account(desk, "*"), passphrase)
    return made


def refuse_short(passphrase: str) -> None:
    """ClerkError for a passphrase that is too short to keep anybody out."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ClerkError(_("口令太短。"), _("请至少用 {count} 个字符。").format(count=SHORTEST_PASSPHRASE))


def passphrase_in_vault(desk: Desk, key_name: str) -> str | None:
    """A passphrase that only the system's keyring knows; None where there is no safe one or it does not keep it.

    Read back before any key is made under it: a key whose passphrase is lost is a lost key.
    """
    word = secrets.token_urlsafe(24)
    place = account(desk, key_name.strip())
    return word if vault.remember(place, word) and vault.recall(place) == word else None


def list_keys(desk: Desk) -> tuple[KeyInfo, ...]:
    """The keys of this book as they stand now; needs no passphrase."""
    return key_folder(desk).list_keys(desk.clock())


def load(desk: Desk, name: str, passphrase: str) -> LoadedKey:
    """A key ready to sign; ClerkError where it is missing, expired or the passphrase is wrong."""
    return loading(desk, name, passphrase)()


def loading(desk: Desk, name: str, passphrase: str) -> Callable[[], LoadedKey]:
    """The same, to be done in any thread: opening a key takes time by design."""
    folder, at = key_folder(desk), desk.clock()
    return lambda: folder.load_key(name, passphrase, at=at)


def recall_passphrase(desk: Desk, key_name: str) -> str | None:
    """The passphrase from the system's keyring; None where there is none or no safe one."""
    return vault.recall(account(desk, key_name))


def remember_passphrase(desk: Desk, key_name: str, passphrase: str) -> bool:
    """Keep a passphrase in the system's keyring; False where there is no safe one."""
    return vault.remember(account(desk, key_name), passphrase)


def vault_status() -> vault.VaultStatus:
    """Whether this system has a safe keyring, in words."""
    return vault.status()


def approver_key(desk: Desk, wanted: str | None = None) -> str:
    """The key that signs for the unit: as named, else the only usable one of an approver; ClerkError."""
    found = list_keys(desk)
    if wanted is not None:
        if any(key.name == wanted and key.role is not Role.APPROVER for key in found):
            raise ClerkError(_("「{name}」的密钥不是单位负责人的，不能代表单位签。").format(name=wanted))
        return wanted
    usable = [key.name for key in found if key.role is Role.APPROVER and key.usable]
    if len(usable) != 1:
        raise ClerkError(
            _("本单位有 {count} 个单位负责人的密钥，不能确定用哪一个签。").format(count=len(usable)),
            _("请用 --key 写明；还没有的先新建：key new。"),
        )
    return usable[0]


def export(desk: Desk, file: Path) -> tuple[str, ...]:
    """Write the unit's certificate as PEM, for the bureau to enrol; gives the fingerprints."""
    pem = key_folder(desk).unit_certificates_pem()
    write_file(file, pem)
    from desktop_app.signing.certificates import fingerprint, read_certificates

    return tuple(fingerprint(certificate) for certificate in read_certificates(pem))


def unit_passphrase(desk: Desk) -> str | None:
    """The passphrase of the unit's own certificate, where the keyring keeps it."""
    return vault.recall(account(desk, "*"))


def account(desk: Desk, key_name: str) -> str:
    """Where in the keyring: the folder tells two books of one unit apart."""
    return f"{desk.unit.code}/{key_name}@{desk.key_folder}"
