"""The two-dimensional code (QR, ISO/IEC 18004) by which a scanner matches paper and file."""

# mypy: allow-untyped-calls

import zlib
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import reportlab
from reportlab.pdfbase import pdfdoc

from desktop_app.rendering.styles import MM

SIDE = 17 * MM  # of the dark square, without the quiet zone of four modules
_DOTS = 8  # pixels a module: sharp at every size
_SHORT = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_NAME = "MatrixCode"


def identity(kind: str, unit_code: str, period: object, revision: int, sha256: str) -> str:
    """What the code says, in the characters that take least room: YUEBAO:1:REPORT:110105:2023-03:2:<sha256>."""
    return f"YUEBAO:1:{kind}:{unit_code}:{period}:{revision}:{sha256}".upper()


def modules(text: str) -> list[list[bool]]:
    """The code's rows, True where it is dark; 15 % of it may be damaged."""
    encoder = _encoder()
    code = encoder.QRCode(None, encoder.QRErrorCorrectLevel.M)
    code.addData(encoder.QRAlphaNum(text) if _SHORT.issuperset(text) else encoder.QR8bitByte(text.encode("utf-8")))
    code.make()
    count = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(count)] for row in range(count)]


@cache
def _encoder() -> Any:
    """Reportlab's encoder by itself: its package loads all of charts and paragraphs, half as long as a report takes."""
    source = Path(str(reportlab.__file__)).with_name("graphics") / "barcode" / "qrencoder.py"
    spec = spec_from_file_location("desktop_app.rendering._qrencoder", source) if source.exists() else None
    if spec is None or spec.loader is None:  # a frozen program has no source files
        return import_module("reportlab.graphics.barcode.qrencoder")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def embed(canvas: Any, text: str) -> None:
    """Put the picture into the document, once for all pages."""
    rows = [_packed(row) * _DOTS for row in modules(text)]
    side = len(rows) * _DOTS
    picture = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("XObject"), "Subtype": pdfdoc.PDFName("Image"), "Width": side, "Height": side,
            "ColorSpace": pdfdoc.PDFName("DeviceGray"), "BitsPerComponent": 1,
            "Filter": pdfdoc.PDFName("FlateDecode"),
        }), zlib.compress(b"".join(rows), 9), filters=(),
    )  # fmt: skip
    canvas._doc.Reference(picture, pdfdoc.xObjectName(_NAME))  # noqa: SLF001 - reportlab has no door for this


def _packed(row: list[bool]) -> bytes:
    """One row of pixels: a module is as wide as a byte, 0 is black."""
    return bytes(0x00 if dark else 0xFF for dark in row)


def placed(canvas: Any, x: float, y: float) -> str:
    """Drawing operators for the code with its lower left corner at (x, y)."""
    canvas._formsinuse.append(_NAME)  # noqa: SLF001
    return f"q {SIDE:.3f} 0 0 {SIDE:.3f} {x:.3f} {y:.3f} cm /{canvas._doc.getXObjectName(_NAME)} Do Q"  # noqa: SLF001
