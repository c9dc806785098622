"""A report with two signatures verified, beside pyHanko's own validation of both with its difference analysis."""

import io
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from desktop_app.model.report import Role
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.signing.keys import KeyFolder
from desktop_app.signing.sign import sign
from desktop_app.signing.verify import quiet, read_certificates, verify
from tests.signing.conftest import BOXES, two_pages

NAME = "verify"
SIZE_NAME = "files"
SIZE = 20
PEER = "pyHanko"
LIMIT = 2.0

_PHRASE = "一二三四五六"


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """The same file verified so many times."""
    pdf, pem = signed()
    trust, at = read_certificates(pem), datetime.now(UTC)
    roots = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in trust]
    quiet()

    def ours() -> object:
        for _time in range(size):
            if verify(pdf, trust, at=at).problems:
                raise ValueError("a sound file was reported")
        return None

    def peer() -> object:
        for _time in range(size):
            for signature in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures:
                context = ValidationContext(trust_roots=roots, allow_fetching=False)
                if not validate_pdf_signature(signature, context).bottom_line:
                    raise ValueError("a sound file was reported")
        return None

    return ours, peer


def signed() -> tuple[bytes, bytes]:
    """A report of two pages under two signatures, and the unit's certificate."""
    at = datetime.now(UTC) - timedelta(hours=1)
    with tempfile.TemporaryDirectory() as name:
        folder = KeyFolder(Path(name) / "keys")
        unit = Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 5)
        for person, role in (("王喆", Role.PREPARER), ("赵珺", Role.APPROVER)):
            folder.new_key(person, role, unit, _PHRASE, at=at)
        first, second = folder.load_key("王喆", _PHRASE, at=at), folder.load_key("赵珺", _PHRASE, at=at)
        pdf = sign(two_pages(), Role.PREPARER, first, signer_name="王喆", at=at, boxes=BOXES, final=False)
        pdf = sign(pdf, Role.APPROVER, second, signer_name="赵珺", at=at, boxes={}, final=True)
        return pdf, folder.unit_certificates_pem()
