"""The check codes that stand on the printed pages, to be held against the data inside."""

import io
from collections.abc import Callable
from typing import Any, TypeVar

from desktop_app.errors import ClerkError
from desktop_app.exchange.canonical import CHECK_CODE
from desktop_app.exchange.pdfium import opened
from desktop_app.exchange.strangers import bound_qpdf, look_over
from desktop_app.language import _

_Seen = TypeVar("_Seen")
MOST_PAGES = 3000
LARGEST_PAGE = 8 * 1024 * 1024  # bytes of content, unfolded
LARGEST_CONTENT = 100 * 1024 * 1024  # the same over all pages: many pages may draw one content


def printed_check_codes(pdf: bytes) -> tuple[frozenset[str], ...]:
    """For every page, the check codes in its text; ClerkError for pages that our program would not have made."""
    return tuple(frozenset(CHECK_CODE.findall(text)) for text in look_into(pdf, page_text))


def look_into(pdf: bytes, see: Callable[[Any], _Seen]) -> list[_Seen]:
    """What `see` finds on every page, which is closed behind it; ClerkError as above."""
    import pypdfium2

    look_over(pdf)
    _refuse_mazes(pdf)
    try:
        with opened(pdf) as document:
            return [_seen(page, see) for page in document]
    except pypdfium2.PdfiumError as reason:
        raise _unreadable() from reason


def page_text(page: Any) -> str:
    """What stands on a page."""
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()


def _seen(page: Any, see: Callable[[Any], _Seen]) -> _Seen:
    try:
        return see(page)
    finally:
        page.close()


def _unreadable() -> ClerkError:
    return ClerkError(_("这个 PDF 的页面读不出文字。"), _("请让对方重新发送。"))


def _refuse_mazes(pdf: bytes) -> None:
    """Small files can hold pages that take a reader hours: forms that draw forms, fonts that draw pages.

    Our pages draw text, lines and pictures only, so anything else is refused before it is drawn.
    """
    import pikepdf

    bound_qpdf()
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as document:
            if len(document.pages) > MOST_PAGES:
                raise _strange()
            content = 0
            for page in document.pages:
                _refuse_maze(page.obj)
                size = _content_size(page.obj)
                content += size
                if size > LARGEST_PAGE or content > LARGEST_CONTENT:
                    raise _strange()
    except ClerkError:
        raise
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as reason:
        raise _unreadable() from reason
    except (RuntimeError, NotImplementedError, OverflowError) as reason:  # what qpdf's bindings raise on wild input
        raise _unreadable() from reason


def _refuse_maze(page: Any) -> None:
    import pikepdf

    resources = page.get("/Resources", pikepdf.Dictionary())
    for kind, forbidden in (("/XObject", "/Form"), ("/Font", "/Type3")):
        for value in resources.get(kind, pikepdf.Dictionary()).values():
            if value.get("/Subtype") == forbidden:
                raise _strange()


def _content_size(page: Any) -> int:
    """Bytes of drawing that a reader has to go through for this page."""
    import pikepdf

    contents = page.get("/Contents", pikepdf.Array())
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return sum(len(part.read_bytes()) for part in parts[:1000]) + max(0, len(parts) - 1000) * LARGEST_PAGE


def _strange() -> ClerkError:
    return ClerkError(_("这个 PDF 的页面不是本程序生成的样子，没有核对页面。"), _("请让对方重新生成。"))
