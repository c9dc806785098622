"""Keys that never leave a token (USB key, smart card), reached through its maker's PKCS#11 library.

The PIN is asked for and never kept. A wrong PIN counts against the token's own limit, so nothing is ever tried twice.
"""

# mypy: allow-untyped-calls

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import N_, _
from desktop_app.signing import certificates

# What the library raises, by name, and what that means; the rest is "did not answer".
_SAID = {
    "PinIncorrect": (N_("PIN 不对。"), N_("请核对后再试；连续输错几次，令牌会锁住。")),
    "PinInvalid": (N_("PIN 不对。"), N_("请核对后再试；连续输错几次，令牌会锁住。")),
    "PinLenRange": (N_("PIN 的长度不对。"), N_("请核对后再试。")),
    "PinLocked": (N_("令牌已因多次输错 PIN 锁住。"), N_("请找发放令牌的单位解锁；文件没有改变。")),
    "PinExpired": (N_("令牌的 PIN 已过期。"), N_("请先用令牌自带的工具改 PIN。")),
    "UserPinNotInitialized": (N_("令牌还没有设 PIN。"), N_("请先用令牌自带的工具设 PIN。")),
    "TokenNotPresent": (N_("令牌没有插好，或中途拔掉了。"), N_("请插上令牌再试；文件没有改变。")),
    "DeviceRemoved": (N_("令牌没有插好，或中途拔掉了。"), N_("请插上令牌再试；文件没有改变。")),
    "SlotIDInvalid": (N_("令牌没有插好，或中途拔掉了。"), N_("请插上令牌再试；文件没有改变。")),
    "TokenNotRecognised": (N_("这个驱动库不认识插着的令牌。"), N_("请用令牌厂商提供的驱动库。")),
}


@dataclass(frozen=True)
class TokenKey:
    """The way to a private key on a token. `key_id` is hexadecimal."""

    module: str
    serial: str
    label: str
    key_id: str
    pin: str = field(repr=False)

    @classmethod
    def noted(cls, heads: Mapping[str, str], pin: str) -> "TokenKey":
        """As it was noted beside the certificate."""
        return cls(heads["Token-Module"], heads["Token-Serial"], heads["Token-Label"], heads["Token-Id"], pin)

    def heads(self) -> dict[str, str]:
        """What is noted; not the PIN."""
        return {
            "Token-Module": self.module,
            "Token-Serial": self.serial,
            "Token-Label": self.label,
            "Token-Id": self.key_id,
        }

    def refuse_unless_open(self) -> None:
        """ClerkError where the token is not there, the PIN is wrong, or the key has gone."""
        with _session(self.module, self.pin, serial=self.serial) as (session, _token):
            if not any(key == self.key_id for key, _handle in _private_keys(session)):
                raise ClerkError(
                    _("令牌「{label}」里没有这把密钥了。").format(label=self.label), _("请检查插的是不是原来的令牌。")
                )

    @contextmanager
    def signer(self, certificate: x509.Certificate, chain: tuple[x509.Certificate, ...]) -> Iterator[Signer]:
        """pyHanko's signer over an open session; whatever the token refuses is told in words."""
        from pyhanko.sign.pkcs11 import PKCS11Signer

        above = SimpleCertificateStore()
        above.register_multiple(asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in chain)

        class OnThisToken(PKCS11Signer):
            """Embeds the signer's own certificate once; pyHanko's puts it among those above, too."""

            cert_registry = above

        with _session(self.module, self.pin, serial=self.serial) as (session, _token):
            yield OnThisToken(
                session,
                signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
                key_id=bytes.fromhex(self.key_id),
                use_raw_mechanism=(certificates.kind(certificate) or "").startswith("EC"),  # few tokens hash for EC
            )


@dataclass(frozen=True)
class OnToken:
    """A key found on a token, with the certificates that were found with it."""

    key: TokenKey
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]


def find(module: Path, pin: str, *, slot: int | None = None, label: str | None = None) -> tuple[OnToken, ...]:
    """Every private key on a token that has a certificate beside it."""
    if not module.is_file():
        raise ClerkError(_("找不到驱动库 {path}。").format(path=module), _("请写令牌厂商提供的 PKCS#11 库文件。"))
    with _session(str(module), pin, slot=slot, label=label) as (session, token):
        held = tuple(_certificates(session))
        mark = (str(module), token.serial.hex(), str(token.label).strip())
        found = []
        for key_id, _handle in _private_keys(session):
            own = next((certificate for known, certificate in held if known == key_id), None)
            if own is not None:
                others = tuple(certificate for _id, certificate in held if certificate != own)
                found.append(OnToken(TokenKey(*mark, key_id, pin), own, others))
    if not found:
        raise ClerkError(
            _("令牌里没有带证书的密钥。"), _("请先用令牌自带的工具写入证书，并确认证书与私钥的编号（ID）相同。")
        )
    return tuple(found)


@contextmanager
def _session(
    module: str, pin: str, *, serial: str | None = None, slot: int | None = None, label: str | None = None
) -> Iterator[tuple[Any, Any]]:
    """An open, logged-in session on the one token meant."""
    pkcs11 = _library()
    try:
        token = _the_token(_tokens(pkcs11, module), serial, slot, label)
        with token.open(user_pin=pin) as session:
            yield session, token
    except pkcs11.PKCS11Error as problem:
        raise _told(problem) from problem


def _library() -> Any:
    try:
        import pkcs11
    except ImportError as missing:
        raise WorldError(
            _("这台电脑上的程序没有带令牌支持。"), _("请重新安装本程序，或改用 .p12 密钥文件。")
        ) from missing
    return pkcs11


def _tokens(pkcs11: Any, module: str) -> list[tuple[int, Any]]:
    """Slot numbers with their tokens, as they are now: a library remembers what was plugged in when it was loaded."""
    try:
        library = pkcs11.lib(module)
        library.reinitialize()
        slots = library.get_slots(token_present=True)
    except (RuntimeError, OSError) as problem:
        raise WorldError(
            _("驱动库 {path} 载入不了。").format(path=module), _("请确认它是与本机系统相配的 PKCS#11 库。")
        ) from problem
    found = []
    for slot in slots:
        try:
            found.append((slot.slot_id, slot.get_token()))
        except pkcs11.PKCS11Error:
            continue  # a reader without a card that answers
    return found


def _the_token(tokens: list[tuple[int, Any]], serial: str | None, slot: int | None, label: str | None) -> Any:
    fitting = [
        token
        for number, token in tokens
        if (serial is None or token.serial.hex() == serial)
        and (slot is None or number == slot)
        and (label is None or str(token.label).strip() == label)
        and _ready(token)
    ]
    if not fitting:
        raise ClerkError(_("没有找到令牌。"), _("请插上令牌再试；几个令牌时用 --label 或 --slot 指明哪一个。"))
    if len(fitting) > 1:
        names = "、".join(f"{str(token.label).strip()}（{token.slot.slot_id}）" for token in fitting)
        raise ClerkError(_("插着几个令牌：{names}。").format(names=names), _("请用 --label 或 --slot 指明哪一个。"))
    return fitting[0]


def _ready(token: Any) -> bool:
    """An empty slot of a soft token counts as a token that nobody set up yet."""
    from pkcs11 import TokenFlag

    return TokenFlag.TOKEN_INITIALIZED in token.flags


def _private_keys(session: Any) -> Iterator[tuple[str, Any]]:
    from pkcs11 import Attribute, ObjectClass

    for handle in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.SIGN: True}):
        yield handle[Attribute.ID].hex(), handle


def _certificates(session: Any) -> Iterator[tuple[str, x509.Certificate]]:
    from pkcs11 import Attribute, ObjectClass

    for handle in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            yield handle[Attribute.ID].hex(), x509.load_der_x509_certificate(handle[Attribute.VALUE])
        except ValueError:
            continue  # some tokens keep other things there


def _told(problem: Exception) -> ClerkError:
    """What a token refused, in words."""
    kinds = [kind.__name__ for kind in type(problem).__mro__]
    said = next((_SAID[kind] for kind in kinds if kind in _SAID), None)
    if said is not None:
        return ClerkError(_(said[0]), _(said[1]))
    return WorldError(
        _("令牌没有完成操作（{kind}）。").format(kind=type(problem).__name__), _("请重新插上令牌再试；文件没有改变。")
    )
