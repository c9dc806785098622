"""Certificates: the unit's own, the people's under it, and reading those of others."""

import re
import stringprep
from collections.abc import Iterable
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop_app.errors import ClerkError
from desktop_app.language import _

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

_CURVES = {"secp256r1": "EC P-256", "secp384r1": "EC P-384", "secp521r1": "EC P-521"}
_SMALLEST_RSA, _RSA_BITS = 2048, 3072
_LONGEST = 64  # characters in one part of an X.509 name (RFC 5280, appendix A.1)
_UNIT_YEARS, _PERSON_YEARS = 10, 3
_CLOCKS_DIFFER = timedelta(days=1)


def new_private_key(kind: str = "ec") -> PrivateKey:
    """A fresh key: `ec` P-256 or `rsa` of 3072 bits."""
    if kind == "rsa":
        return rsa.generate_private_key(65537, _RSA_BITS)
    return ec.generate_private_key(ec.SECP256R1())


def unit_certificate(unit: str, key: PrivateKey, at: datetime) -> x509.Certificate:
    """The unit's self-signed certificate: it only issues (CA, path length 0), for ten years."""
    whose = _name((NameOID.ORGANIZATION_NAME, unit), (NameOID.COMMON_NAME, f"{unit[:50]} 月报软件签名根"))
    builder = _builder(whose, whose, key.public_key(), at, _later(at, _UNIT_YEARS))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    issues = usage(key_cert_sign=True, crl_sign=True)
    return builder.add_extension(issues, critical=True).sign(key, hashes.SHA256())


def person_certificate(
    person: tuple[str, str, str],
    key: PrivateKey,
    at: datetime,
    issuer: tuple[x509.Certificate, PrivateKey] | None,
    public: PublicKey | None = None,
) -> x509.Certificate:
    """For a person (unit, role's label, name), three years; issued by the unit, or by itself where issuer is None.

    `public` is the person's key where it was made elsewhere.
    """
    whose = person_name(person)
    ends = _later(at, _PERSON_YEARS)
    if issuer:
        ends = min(ends, issuer[0].not_valid_after_utc)
    builder = _builder(whose, issuer[0].subject if issuer else whose, public or key.public_key(), at, ends)
    signing_key = issuer[1] if issuer else key
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(usage(digital_signature=True, content_commitment=True), critical=True)
    known_as = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key())
    return builder.add_extension(known_as, critical=False).sign(signing_key, hashes.SHA256())


def stamping_certificate(
    unit: str, key: PrivateKey, at: datetime, issuer: tuple[x509.Certificate, PrivateKey]
) -> x509.Certificate:
    """For a timestamp authority of the unit (RFC 3161, 2.3): extended usage timeStamping, critical, no other."""
    whose = _name((NameOID.ORGANIZATION_NAME, unit), (NameOID.COMMON_NAME, f"{unit[:50]} 收文时间戳"))
    ends = min(_later(at, _UNIT_YEARS), issuer[0].not_valid_after_utc)
    builder = _builder(whose, issuer[0].subject, key.public_key(), at, ends)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(usage(digital_signature=True), critical=True)
    only = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    builder = builder.add_extension(only, critical=True)
    known_as = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key())
    return builder.add_extension(known_as, critical=False).sign(issuer[1], hashes.SHA256())


def person_name(person: tuple[str, str, str]) -> x509.Name:
    """How a person (unit, role's label, name) is named in a certificate."""
    unit, role, name = person
    return _name(
        (NameOID.ORGANIZATION_NAME, unit), (NameOID.ORGANIZATIONAL_UNIT_NAME, role), (NameOID.COMMON_NAME, name)
    )


def read_certificates(data: bytes | str) -> tuple[x509.Certificate, ...]:
    """The certificates in a PEM bundle or a DER file, in order; ClerkError for anything else."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    try:
        if b"-----BEGIN" not in raw:
            return (x509.load_der_x509_certificate(raw),)
        found = tuple(x509.load_pem_x509_certificates(raw))
        if len(found) != raw.count(b"-----BEGIN CERTIFICATE-----"):
            raise ValueError("a certificate in the bundle is cut short")
        return found
    except ValueError as problem:
        raise ClerkError(
            _("这不是证书文件。"), _("请选择对方用 key export 导出的 .pem 文件，或 .cer/.crt 证书。")
        ) from problem


def pem(certificates: Iterable[x509.Certificate]) -> bytes:
    """The certificates as a PEM bundle."""
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, upper-case hex in groups of four, as it is read out on the telephone."""
    digits = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def organisation(certificate: x509.Certificate) -> str:
    """The unit that the certificate names (O); "" where it names none."""
    return _part(certificate, NameOID.ORGANIZATION_NAME)


def department(certificate: x509.Certificate) -> str:
    """The part of the unit that the certificate names (OU); "" where it names none."""
    return _part(certificate, NameOID.ORGANIZATIONAL_UNIT_NAME)


def subject(certificate: x509.Certificate) -> str:
    """The whole subject, on one line."""
    return spoken(certificate.subject.rfc4514_string())


def issuer(certificate: x509.Certificate) -> str:
    """Who issued it, as people say it: the issuer's CN, else its whole name."""
    found = certificate.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    return spoken(str(found[0].value)) if found else spoken(certificate.issuer.rfc4514_string())


def issuer_key(certificate: x509.Certificate) -> bytes:
    """Which key issued it, by the identifier that the certificate gives; b"" where it gives none."""
    try:
        named = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    except x509.ExtensionNotFound:
        return b""
    return named.key_identifier or b""


def common_name(certificate: x509.Certificate) -> str:
    """Whom the certificate names (CN), else the whole subject."""
    return _part(certificate, NameOID.COMMON_NAME) or subject(certificate)


def kind(certificate: x509.Certificate) -> str | None:
    """EC P-256, RSA-3072…; None for a key that cannot sign here (SM2, short RSA, Edwards curves)."""
    try:
        return key_kind(certificate.public_key())
    except (UnsupportedAlgorithm, ValueError):
        return None


def key_kind(public: object) -> str | None:
    """The same of a public key."""
    if isinstance(public, rsa.RSAPublicKey) and public.key_size >= _SMALLEST_RSA:
        return f"RSA-{public.key_size}"
    if isinstance(public, ec.EllipticCurvePublicKey):
        return _CURVES.get(public.curve.name)
    return None


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether its key usage allows signing documents; one that states no usage may. One for timestamps may not."""
    if only_stamps(certificate):
        return False
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def only_stamps(certificate: x509.Certificate) -> bool:
    """Whether it is a timestamp authority's: extended usage timeStamping and nothing else."""
    try:
        extended = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return set(extended) == {ExtendedKeyUsageOID.TIME_STAMPING}


def may_issue(certificate: x509.Certificate) -> bool:
    """Whether it is a CA."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def valid_on(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether `at` lies in its time of validity."""
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether `issuer` signed `certificate`; a certificate may have issued itself."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def chain_to_root(
    certificate: x509.Certificate, others: Iterable[x509.Certificate]
) -> tuple[x509.Certificate, ...] | None:
    """The issuers above `certificate`, up to a self-signed one; () for a self-signed one, None for a broken chain."""
    pool = list(others)
    chain: list[x509.Certificate] = []
    here = certificate
    while not issued(here, here):
        above = next((other for other in pool if other not in chain and issued(other, here)), None)
        if above is None:
            return None
        chain.append(above)
        here = above
    return tuple(chain)


def written(text: str) -> str:
    """The text as an X.509 name can carry it: 王𫖯 becomes 王〔U+2B5AF〕.

    Names are compared by RFC 4518, which knows Unicode 3.2; verifiers refuse a name with any character from later on,
    and some 200 characters of 通用规范汉字表 are from later on.
    """
    return "".join(
        f"〔U+{ord(character):04X}〕" if stringprep.in_table_a1(character) else character for character in text
    )


def spoken(text: str) -> str:
    """The text that `written` wrote; RFC 4514 puts a backslash before the plus."""
    return re.sub(r"〔U\\?\+(0?[0-9A-F]{4,5})〕", _character, text)


def _character(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if stringprep.in_table_a1(character) else found[0]


def comparable(certificate: x509.Certificate) -> bool:
    """Whether verifiers can compare the names in it at all."""
    names = (*certificate.subject, *certificate.issuer)
    return not any(stringprep.in_table_a1(character) for part in names for character in str(part.value))


def _builder(
    whose: x509.Name, issuer: x509.Name, public: PublicKey, at: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _CLOCKS_DIFFER)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    """What a key is for; everything that is not named is not allowed."""
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(kind_of, written(value)[:_LONGEST]) for kind_of, value in parts])


def _part(certificate: x509.Certificate, wanted: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(wanted)
    return spoken(str(found[0].value)) if found else ""


def _later(at: datetime, years: int) -> datetime:
    return at + timedelta(days=365 * years + years // 4)
