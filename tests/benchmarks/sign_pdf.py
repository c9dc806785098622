"""A preparer's signature with a PKCS#12 key, from the file on disk to the signed bytes, beside pyHanko's bare call.

Both open the same key file and sign the same report of two pages visibly; ours also makes the other fields and draws
its mark in our own faces.
"""

import io
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.functions import sign_pdf
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata

from desktop_app.model.report import Role
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.signing.keys import KeyFolder
from desktop_app.signing.sign import sign
from tests.signing.conftest import BOXES, two_pages

NAME = "sign"
SIZE_NAME = "signatures"
SIZE = 8
PEER = "pyHanko"
LIMIT = 1.3

_PHRASE = "一二三四五六"
_kept: list[tempfile.TemporaryDirectory[str]] = []  # removed when the program ends


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """So many signatures by ours, and by pyHanko alone."""
    _kept.append(tempfile.TemporaryDirectory())
    folder, at = KeyFolder(Path(_kept[-1].name) / "keys"), datetime.now(UTC)
    folder.new_key("王喆", Role.PREPARER, Unit("110105", "北京市朝阳区人民政府", UnitKind.DISTRICT, 5), _PHRASE, at=at)
    pdf, file = two_pages(), str(folder.path / "key-王喆.p12")

    def ours() -> object:
        for _time in range(size):
            key = folder.load_key("王喆", _PHRASE, at=at)
            sign(pdf, Role.PREPARER, key, signer_name="王喆", at=at, boxes=BOXES, final=False)
        return None

    def peer() -> object:
        for _time in range(size):
            signer = SimpleSigner.load_pkcs12(file, passphrase=_PHRASE.encode())
            meta = PdfSignatureMetadata(
                "Preparer", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True,
                docmdp_permissions=MDPPerm.FILL_FORMS,
            )  # fmt: skip
            place = SigFieldSpec("Preparer", on_page=1, box=(100, 600, 350, 656))
            sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, signer, new_field_spec=place)
        return None

    return ours, peer
