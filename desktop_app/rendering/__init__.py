"""A report as PDF bytes; no disk but the fonts, no clock."""

from desktop_app.rendering.document import Edition, render_receipt, render_report
from desktop_app.rendering.faces import unprintable
from desktop_app.rendering.page import SignatureBox
from desktop_app.rendering.press import Rendered

__all__ = ["Edition", "Rendered", "SignatureBox", "render_receipt", "render_report", "unprintable"]
