"""The certificates that a signed file brings along: to be shown and, when a person says so, trusted."""

# mypy: allow-untyped-calls

import io

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop_app.signing.certificates import chain_to_root
from desktop_app.signing.deep import with_room
from desktop_app.signing.verify import quiet


def roots(pdf: bytes) -> tuple[x509.Certificate, ...]:
    """What each signature leads to inside the file, the last one's first; () for a file without, or a broken one.

    Whether the signatures hold is another question: see verify.
    """
    quiet()
    try:
        return with_room(lambda: _roots(pdf))
    except Exception:  # noqa: BLE001 - bytes from outside make the readers raise nearly anything; then there is none
        return ()


def _roots(pdf: bytes) -> tuple[x509.Certificate, ...]:
    found: dict[x509.Certificate, None] = {}
    for signature in reversed(list(PdfFileReader(io.BytesIO(pdf), strict=True).embedded_regular_signatures)):
        own = x509.load_der_x509_certificate(signature.signer_cert.dump())
        others = [x509.load_der_x509_certificate(each.dump()) for each in signature.other_embedded_certs]
        found[((own, *(chain_to_root(own, others) or ())))[-1]] = None
    return tuple(found)
