"""PKCS#12 files: a key, its certificate and the chain above, under a passphrase."""

from dataclasses import dataclass

from asn1crypto.pkcs12 import Pfx
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.signing.certificates import PrivateKey, kind

_ROUNDS = 200_000  # of PBKDF2-HMAC-SHA-256; opening takes some 0.05 s


@dataclass(frozen=True)
class Opened:
    """What a file held."""

    key: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def pack(content: Opened, friendly_name: str, passphrase: str) -> bytes:
    """The file's bytes: PBES2 with AES-256, MAC with SHA-256."""
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(_ROUNDS)
    builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC).hmac_hash(hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(
        friendly_name.encode("utf-8"),
        content.key,
        content.certificate,
        content.chain or None,
        builder.build(passphrase.encode("utf-8")),
    )


def unpack(data: bytes, passphrase: str) -> Opened | None:
    """What the file holds; None on a wrong passphrase, ClerkError where it is no such file or holds no usable key."""
    if not looks_whole(data):
        raise ClerkError(_("这不是完整的 .p12 密钥文件。"), _("请检查是否选错了文件，或文件在复制时损坏。"))
    held = next((found for word in _spellings(passphrase) if (found := _try(data, word)) is not None), None)
    if held is None:
        return None
    if held.key is None or held.cert is None:
        raise ClerkError(_("这个 .p12 文件里没有私钥，或没有与私钥相配的证书。"), _("请重新导出，并选择“包含私钥”。"))
    certificate = held.cert.certificate
    if kind(certificate) is None or not isinstance(held.key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ClerkError(
            _("不支持这种密钥。"), _("本软件能用 RSA（2048 位以上）和 EC P-256/384/521；国密 SM2 目前不能用。")
        )
    if held.key.public_key() != certificate.public_key():
        raise ClerkError(_("这个 .p12 文件里的私钥与证书不相配。"), _("请向发证方重新索取。"))
    return Opened(held.key, certificate, tuple(above.certificate for above in held.additional_certs))


def looks_whole(data: bytes) -> bool:
    """Whether the outermost structure reads as PKCS#12 from the first byte to the last."""
    try:
        return bool(Pfx.load(data, strict=True)["version"].native == "v3")
    except (ValueError, TypeError, KeyError):
        return False


def _try(data: bytes, passphrase: bytes) -> pkcs12.PKCS12KeyAndCertificates | None:
    try:
        return pkcs12.load_pkcs12(data, passphrase)
    except UnsupportedAlgorithm as problem:
        raise ClerkError(
            _("不支持这种密钥。"), _("本软件能用 RSA（2048 位以上）和 EC P-256/384/521；国密 SM2 目前不能用。")
        ) from problem
    except ValueError:
        return None


def _spellings(passphrase: str) -> tuple[bytes, ...]:
    """As RFC 7292 asks, and as old OpenSSL wrote it: every byte of the UTF-8 taken for a character."""
    proper = passphrase.encode("utf-8", "surrogatepass")
    return tuple(dict.fromkeys((proper, proper.decode("latin-1").encode("utf-8"))))
