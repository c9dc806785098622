"""The parts of a signature that the signature itself does not cover, held to the one form that we write.

/Contents lies outside the signed bytes, and in it the certificates, versions and padding lie outside the signed
attributes. A changed byte there alters nothing that is signed, but it is a changed byte: so the container is written
anew and compared, and every embedded certificate must be vouched for by the next.
"""

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from desktop_app.signing.certificates import chain_to_root

_DIGEST = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
_MECHANISMS = {
    "ec": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}).dump(),
    "rsa": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}).dump(),
}
_SEQUENCE, _SET, _BITS, _OCTETS, _TAGGED_0 = 0x30, 0x31, 0x03, 0x04, 0xA0
_VERSION_1, _VERSION_3 = bytes.fromhex("020101"), bytes.fromhex("020103")


def is_canonical(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the bytes outside the signature's own cover are exactly as a signer of ours writes them."""
    return _holds(pdf, signature, cms.ContentType("data").dump(), _VERSION_1)


def token_is_canonical(pdf: bytes, stamp: EmbeddedPdfSignature) -> bool:
    """The same for a timestamp token, which carries what it signs (RFC 3161, 2.4.2)."""
    said = stamp.signed_data["encap_content_info"]["content"].contents
    content = _tlv(_TAGGED_0, _tlv(_OCTETS, said))
    return _holds(pdf, stamp, cms.ContentType("tst_info").dump() + content, _VERSION_3)


def _holds(pdf: bytes, signature: EmbeddedPdfSignature, content: bytes, version: bytes) -> bool:
    certificates = [choice.chosen.dump() for choice in signature.signed_data["certificates"]]
    return _hang_together(certificates, signature.signer_cert.dump()) and _fills_its_gap(
        pdf, signature, _written_anew(signature, certificates, content, version)
    )


def _fills_its_gap(pdf: bytes, signature: EmbeddedPdfSignature, expected: bytes) -> bool:
    """Upper-case hexadecimal in angle brackets, zeros behind the structure's end."""
    _start, before, after, _length = (int(number) for number in signature.byte_range)
    padding = after - before - 2 - 2 * len(expected)
    return pdf[before:after] == b"<" + expected.hex().upper().encode("ascii") + b"0" * max(0, padding) + b">"


def _written_anew(signature: EmbeddedPdfSignature, certificates: list[bytes], content: bytes, version: bytes) -> bytes:
    """The container (RFC 5652, ContentInfo) built from its variable parts; all else is constant.

    These parts are: the certificates, which must hang together; the signed attributes and the signature over them.
    """
    own, signer = signature.signer_cert, signature.signer_info
    signer_info = _tlv(
        _SEQUENCE,
        _VERSION_1,
        _tlv(_SEQUENCE, own.issuer.dump(), own["tbs_certificate"]["serial_number"].dump()),
        _DIGEST,
        _tlv(_TAGGED_0, signer["signed_attrs"].contents),
        _MECHANISMS[own.public_key.algorithm],
        _tlv(_OCTETS, signer["signature"].native),
    )
    signed_data = _tlv(
        _SEQUENCE,
        version,
        _tlv(_SET, _DIGEST),
        _tlv(_SEQUENCE, content),
        _tlv(_TAGGED_0, *certificates),
        _tlv(_SET, signer_info),
    )
    return _tlv(_SEQUENCE, cms.ContentType("signed_data").dump(), _tlv(_TAGGED_0, signed_data))


def _tlv(tag: int, *content: bytes) -> bytes:
    """One DER element."""
    body = b"".join(content)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def _hang_together(encoded: list[bytes], own: bytes) -> bool:
    """The signer's certificate alone, or with all its issuers up to a root that signed itself; nothing else."""
    if encoded.count(own) != 1 or not all(map(_is_plain, encoded)):
        return False
    if len(encoded) == 1:
        return True
    others = [x509.load_der_x509_certificate(one) for one in encoded if one != own]
    chain = chain_to_root(x509.load_der_x509_certificate(own), others)
    return chain is not None and len(chain) == len(others)


def _is_plain(encoded: bytes) -> bool:
    """Whether a certificate is what its signature covers, the signature in whole bytes, and nothing else.

    The count of unused bits in front of the signature is signed by nobody, and readers pass over it.
    """
    one = x509.load_der_x509_certificate(encoded)
    mechanism = asn1_x509.Certificate.load(encoded)["tbs_certificate"]["signature"].dump()
    bits = _tlv(_BITS, b"\0" + one.signature)
    return encoded == _tlv(_SEQUENCE, one.tbs_certificate_bytes, mechanism, bits)
