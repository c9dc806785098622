"""A report as PDF bytes; no disk but the fonts, no clock.

Names are looked up when first used: reportlab takes longer to load than the window takes to appear.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_app.rendering.document import render_receipt, render_report
    from desktop_app.rendering.editions import Edition
    from desktop_app.rendering.faces import unprintable
    from desktop_app.rendering.notice import render_notice
    from desktop_app.rendering.page import SignatureBox
    from desktop_app.rendering.press import Rendered
    from desktop_app.rendering.slip_page import render_slip
    from desktop_app.rendering.verification_page import VerificationSheet, render_verification

__all__ = [
    "Edition",
    "Rendered",
    "SignatureBox",
    "VerificationSheet",
    "render_notice",
    "render_receipt",
    "render_report",
    "render_slip",
    "render_verification",
    "unprintable",
]

_WHERE = {
    "Edition": "editions",
    "render_notice": "notice",
    "render_receipt": "document",
    "render_report": "document",
    "render_slip": "slip_page",
    "unprintable": "faces",
    "SignatureBox": "page",
    "Rendered": "press",
    "VerificationSheet": "verification_page",
    "render_verification": "verification_page",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
