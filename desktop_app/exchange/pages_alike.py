"""Whether two PDF files say and show the same, where their bytes differ: fonts and libraries change over the years."""

import io
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from desktop_app.exchange.page_codes import look_into, page_text

_SCALE = 0.5  # of 72 dots an inch: enough to see a figure that was painted over
_SUBSET = re.compile(r"^/?[A-Z]{6}\+")


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """What stands on each page; ClerkError for pages that our program would not have made."""
    return tuple(look_into(pdf, page_text))


def same_pictures(one: bytes, other: bytes) -> bool:
    """Whether all pages look the same, dot for dot."""
    pairs = zip_longest(look_into(one, _picture), look_into(other, _picture))
    return all(left == right for left, right in pairs)


def fonts_of(pdf: bytes) -> frozenset[str]:
    """The names of the faces that its pages are set in."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as document:
        return frozenset(_SUBSET.sub("", name) for page in document.pages for name in _names(page.obj))


def _names(page: Any) -> Iterator[str]:
    for font in page.get("/Resources", {}).get("/Font", {}).values():
        yield str(font.get("/BaseFont", ""))


def _picture(page: Any) -> bytes:
    bitmap = page.render(scale=_SCALE)
    try:
        return bytes(bitmap.buffer)
    finally:
        bitmap.close()
