"""The parts of a signature that the signature itself does not cover, held to the one form that we write.

/Contents lies outside the signed bytes, and in it the certificates, versions and padding lie outside the signed
attributes. A changed byte there alters nothing that is signed, but it is a changed byte: everything must be in
canonical form, and every embedded certificate must hang together.
"""

from asn1crypto import algos, cms
from cryptography import x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from desktop_app.signing.certificates import chain_to_root

_DIGEST = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
_MECHANISMS = {algos.SignedDigestAlgorithm({"algorithm": name}).dump() for name in ("sha256_ecdsa", "rsassa_pkcs1v15")}


def is_canonical(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the bytes outside the signature's own cover are exactly as a signer of ours writes them."""
    message = cms.ContentInfo.load(bytes(signature.pkcs7_content))
    encoded = message.dump()
    return (
        _hex_is_plain(pdf, signature, encoded)
        and message.dump(force=True) == encoded
        and message["content_type"].native == "signed_data"
        and _frame_is_plain(message["content"])
        and _algorithms_are_ours(message["content"])
        and _certificates_hang_together(message["content"], signature)
    )


def _hex_is_plain(pdf: bytes, signature: EmbeddedPdfSignature, encoded: bytes) -> bool:
    """Upper-case hexadecimal in angle brackets, zeros behind the structure's end."""
    _start, before, after, _length = (int(number) for number in signature.byte_range)
    gap = pdf[before:after]
    padding = len(gap) - 2 - 2 * len(encoded)
    return padding >= 0 and gap == b"<" + encoded.hex().upper().encode("ascii") + b"0" * padding + b">"


def _frame_is_plain(signed: cms.SignedData) -> bool:
    """Version 1, one signer, nothing enclosed, no revocation data, nothing unsigned added."""
    content, signers = signed["encap_content_info"], signed["signer_infos"]
    return (
        signed["version"].native == "v1"
        and content["content_type"].native == "data"
        and content["content"].native is None
        and signed["crls"].native is None
        and len(signers) == 1
        and signers[0]["version"].native == "v1"
        and signers[0]["sid"].name == "issuer_and_serial_number"
        and signers[0]["unsigned_attrs"].native is None
    )


def _algorithms_are_ours(signed: cms.SignedData) -> bool:
    """SHA-256 in both places, with ECDSA or RSA PKCS#1 v1.5; compared as encoded, parameters and all."""
    signer = signed["signer_infos"][0]
    return (
        [found.dump() for found in signed["digest_algorithms"]] == [_DIGEST]
        and signer["digest_algorithm"].dump() == _DIGEST
        and signer["signature_algorithm"].dump() in _MECHANISMS
    )


def _certificates_hang_together(signed: cms.SignedData, signature: EmbeddedPdfSignature) -> bool:
    """The signer's certificate alone, or with all its issuers up to a root that signed itself; nothing else."""
    if any(choice.name != "certificate" for choice in signed["certificates"]):
        return False
    encoded = [choice.chosen.dump() for choice in signed["certificates"]]
    own = signature.signer_cert.dump()
    if encoded.count(own) != 1:
        return False
    if len(encoded) == 1:
        return True
    others = [x509.load_der_x509_certificate(one) for one in encoded if one != own]
    chain = chain_to_root(x509.load_der_x509_certificate(own), others)
    return chain is not None and len(chain) == len(others)
