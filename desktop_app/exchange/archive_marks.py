"""Whether a PDF is marked as an archive file, and bears what can be seen of the mark without a viewer."""

import io
import re
from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.exchange.scripts import refuse_scripts
from desktop_app.exchange.strangers import bound_qpdf, look_over
from desktop_app.language import _

_PART = re.compile(r"pdfaid:part\s*(?:=\s*[\"']|>)\s*([1-4])")
_CONFORMANCE = re.compile(r"pdfaid:conformance\s*(?:=\s*[\"']|>)\s*([ABU])")


def archive_problem(pdf: bytes) -> str | None:
    """Why this is not PDF/A, None where it says that it is: its mark, its colours, its number, no script, no lock."""
    import pikepdf

    try:
        look_over(pdf)
        bound_qpdf()
        with pikepdf.open(io.BytesIO(pdf)) as document:
            refuse_scripts(document)
            return _lacking(document)
    except ClerkError as problem:
        return problem.title
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError):
        return _("文件读不了。")


def _lacking(document: Any) -> str | None:
    root = document.Root
    said = root.Metadata.read_bytes().decode("utf-8", "replace") if "/Metadata" in root else ""
    if not (_PART.search(said) and _CONFORMANCE.search(said)):
        return _("没有 PDF/A 标记。")
    intents = root.get("/OutputIntents", [])
    if not any(each.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in each for each in intents):
        return _("没有 PDF/A 的输出颜色。")
    return None if len(document.trailer.get("/ID", [])) == 2 else _("没有文件标识。")
