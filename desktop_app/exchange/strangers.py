"""A PDF from outside is looked over as bytes before any library unfolds it.

qpdf, pyHanko and pdfium inflate what they are told to. Here every stream is inflated once, counted and thrown away, and
only what our own program writes is let through: plain Flate or JPEG streams, no encryption.
"""

import re
import zlib

from desktop_app.errors import ClerkError
from desktop_app.language import _

LARGEST_FILE = 100 * 1024 * 1024
LARGEST_STREAM = 64 * 1024 * 1024
LARGEST_TOTAL = 400 * 1024 * 1024
MOST_STREAMS = 50_000

_STEP = 1024 * 1024
_STREAM = re.compile(rb"(?<!end)stream[\x00\t\n\f\r ]*")


def _spelled(word: str) -> bytes:
    """A name's pattern in every spelling that PDF allows: any character may stand as #xx."""
    letters = (f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in word)
    return "".join(letters).encode()


_FILTER = re.compile(rb"/" + _spelled("Filter") + rb"(?![A-Za-z0-9#.])")
_PLAIN_FILTER = re.compile(
    rb"\s*(?:/(?:FlateDecode|DCTDecode|Adobe\.PPKLite)\b|\[\s*(?:/FlateDecode|/DCTDecode)?\s*\])"
)
_ENCRYPT = re.compile(rb"/" + _spelled("Encrypt") + rb"(?![A-Za-z0-9#.])")


def look_over(pdf: bytes) -> None:
    """Pass, or raise ClerkError: not a PDF, too large, encrypted, unfolding beyond bounds, not made by our program."""
    if len(pdf) > LARGEST_FILE:
        raise ClerkError(
            _("文件太大（{size} MB），没有读取。").format(size=len(pdf) // 1024 // 1024),
            _("月报文件不会超过 {most} MB，请检查是否选错了文件。").format(most=LARGEST_FILE // 1024 // 1024),
        )
    if not pdf.startswith(b"%PDF-"):
        raise ClerkError(_("这不是 PDF 文件。"), _("请检查是否选错了文件。"))
    if _ENCRYPT.search(pdf):
        raise ClerkError(_("这个 PDF 加了密，不能读取。"), _("月报和回执从不加密，请让对方重新生成。"))
    for found in _FILTER.finditer(pdf):
        if not _PLAIN_FILTER.match(pdf, found.end()):
            raise ClerkError(_("这个 PDF 不是本程序生成的。"), _("请检查是否选错了文件。"))
    _measure(pdf)


def _measure(pdf: bytes) -> None:
    """Inflate every stream once, keeping nothing, and refuse what grows beyond bounds."""
    total = 0
    for count, found in enumerate(_STREAM.finditer(pdf), start=1):
        total += _inflated(pdf, found.end())
        if total > LARGEST_TOTAL or count > MOST_STREAMS:
            raise _too_much()


def _inflated(pdf: bytes, start: int) -> int:
    """Bytes that a zlib stream beginning here unfolds to, 0 where there is none; ClerkError beyond the bound."""
    if pdf[start : start + 1] == b"" or pdf[start] & 0x0F != 8:  # zlib's first byte says deflate
        return 0
    unfold = zlib.decompressobj()
    size, place = 0, start
    try:
        while not unfold.eof and place < len(pdf):
            waiting = pdf[place : place + _STEP]
            place += len(waiting)
            while waiting and not unfold.eof:
                size += len(unfold.decompress(waiting, _STEP))
                waiting = unfold.unconsumed_tail
                if size > LARGEST_STREAM:
                    raise _too_much()
    except zlib.error:
        return size
    return size


def bound_qpdf() -> None:
    """Bound what the look-over cannot see: qpdf takes a predictor's row length on trust. Holds for the process."""
    from pikepdf import settings

    settings.set_qpdf_limits(
        png_max_memory=LARGEST_STREAM, tiff_max_memory=LARGEST_STREAM, flate_max_memory=LARGEST_TOTAL
    )


def _too_much() -> ClerkError:
    return ClerkError(_("这个 PDF 展开后大得不正常，没有读取。"), _("它可能已损坏或被做了手脚，请让对方重新生成。"))
