"""Whether a certificate leads to one that is trusted, at the time of signing."""

# mypy: allow-untyped-calls

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from desktop_app.signing.certificates import may_issue


def context(roots: Iterable[asn1_x509.Certificate], moment: datetime) -> ValidationContext:
    """A validation context without network: only these roots, judged at this moment."""
    return ValidationContext(trust_roots=list(roots), allow_fetching=False, moment=moment, revocation_mode="soft-fail")


def leads_to(
    certificate: asn1_x509.Certificate,
    others: Sequence[asn1_x509.Certificate],
    trust: Sequence[x509.Certificate],
    moment: datetime,
) -> bool:
    """Whether the certificate is one of `trust`, or is issued under one of them that is a CA."""
    own = certificate.dump()
    pinned = [one for one in trust if one.public_bytes(Encoding.DER) == own]
    if pinned:
        return True
    roots = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in trust if may_issue(one)]
    if not roots:
        return False
    validator = CertificateValidator(certificate, list(others), validation_context=context(roots, moment))
    try:
        asyncio.run(validator.async_validate_usage(set()))
    except (PathError, ValidationError):
        return False
    return True
