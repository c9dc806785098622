"""Passphrases in the system's keyring, and only in one that encrypts: never in plain text, never silently nowhere."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.language import N_, _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "yuebao"

_SAFE = {
    ("keyring.backends.SecretService", "Keyring"): N_("系统密码库（Secret Service）"),
    ("keyring.backends.libsecret", "Keyring"): N_("系统密码库（libsecret）"),
    ("keyring.backends.kwallet", "DBusKeyring"): N_("KDE 钱包"),
    ("keyring.backends.kwallet", "DBusKeyringKWallet4"): N_("KDE 钱包"),
    ("keyring.backends.Windows", "WinVaultKeyring"): N_("Windows 凭据管理器"),
    ("keyring.backends.macOS", "Keyring"): N_("macOS 钥匙串"),
}
_CHAINER = ("keyring.backends.chainer", "ChainerBackend")
_PROBE = "probe"  # reading this entry tells whether the keyring answers; it is never written


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """Whether passphrases can be kept, where, and if not why, in a sentence."""

    safe: bool
    name: str
    reason: str


def status() -> VaultStatus:
    """Whether this system has a safe keyring that answers."""
    backend = _backend()
    if backend is None:
        return VaultStatus(False, "", _("这台电脑没有可靠的系统密码库，每次签署时请输入口令。"))
    name = _(_SAFE[_identity(backend)])
    try:
        backend.get_password(SERVICE, _PROBE)
    except Exception:  # noqa: BLE001 - see recall
        return VaultStatus(False, name, _("{name}没有解锁或没有响应，每次签署时请输入口令。").format(name=name))
    return VaultStatus(True, name, _("口令可以存放在{name}。").format(name=name))


def remember(service_user: str, secret: str) -> bool:
    """Keep a secret; False where it was not kept."""
    backend = _backend()
    if backend is None:
        return False
    try:
        backend.set_password(SERVICE, service_user, secret)
    except Exception:  # noqa: BLE001 - see recall
        return False
    return True


def recall(service_user: str) -> str | None:
    """The secret kept; None where there is none, or no safe keyring, or it is locked."""
    backend = _backend()
    if backend is None:
        return None
    try:
        return backend.get_password(SERVICE, service_user)
    # Behind this stand D-Bus, a daemon and the user's own dialogue: locked, dismissed, gone, timed out each raise
    # something else in each backend. Whatever it is, the passphrase is not there, and the user is asked for it.
    except Exception:  # noqa: BLE001
        return None


def forget(service_user: str) -> bool:
    """Remove a secret; False where there was none to remove."""
    backend = _backend()
    if backend is None:
        return False
    try:
        backend.delete_password(SERVICE, service_user)
    except Exception:  # noqa: BLE001 - see recall
        return False
    return True


def _backend() -> "KeyringBackend | None":
    """The keyring chosen on this system if it is a safe one; of a chain, its first safe part."""
    import keyring

    chosen = keyring.get_keyring()
    parts = list(chosen.backends) if _identity(chosen) == _CHAINER else [chosen]  # type: ignore[attr-defined]
    return next((part for part in parts if _identity(part) in _SAFE), None)


def _identity(backend: "KeyringBackend") -> tuple[str, str]:
    """The exact class: a subclass from elsewhere has other habits."""
    return type(backend).__module__, type(backend).__qualname__
