"""Our own embedded font for reportlab: Type0, Identity-H, one font object a face, and no silent missing glyph.

Each character used gets a code of its own in order of first use, also where two characters share a glyph: so every
character comes back from the file as it was typed. The codes are the glyph numbers of the embedded subset.
"""

from functools import cache
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics

from desktop_app.rendering.faces import FACES, face, forget_on_change
from desktop_app.rendering.subset import subset

_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{ranges}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class CidFont:
    """What reportlab's canvas asks of a font. One object per face per process: call `begin` for each document."""

    _multiByte = 1  # noqa: N815 - this and the names below are reportlab's
    _dynamicFont = 0  # noqa: N815
    encName = "Identity-H"  # noqa: N815
    substitutionFonts = ()  # noqa: N815

    def __init__(self, name: str) -> None:
        self.face = face(name)
        self.fontName = name
        self.begin()

    @property
    def base_name(self) -> str:
        """What the file calls the face: an office's face by its own name, so that one sees which it was."""
        name = self.face.name
        return f"Yuebao-{name}" if name in FACES else self.face.postscript_name or f"Office-{self.fontName}"

    def begin(self) -> None:
        """Forget which characters the last document used."""
        self._codes: dict[str, str] = {}

    @property
    def used(self) -> bool:
        """Whether this document has a character in this face."""
        return bool(self._codes)

    def hex_codes(self, text: str) -> str:
        """The text as the inside of a hexadecimal PDF string; raises KeyError for a character the face lacks."""
        codes = self._codes
        try:
            return "".join([codes[character] for character in text])
        except KeyError:
            for character in text:
                if character not in codes:
                    self._admit(character)
            return self.hex_codes(text)

    def formatForPdf(self, text: str) -> str:  # noqa: N802 - reportlab's name
        """The text as the inside of a literal PDF string."""
        codes = bytes.fromhex(self.hex_codes(text))
        return "".join(f"\\{byte:03o}" for byte in codes)

    def _admit(self, character: str) -> None:
        """Give a character the next code; code 0 stays .notdef and is never shown."""
        if character not in self.face.glyphs:
            raise KeyError(f"{self.fontName} has no glyph for {character!r}")
        code = len(self._codes) + 1
        self._codes[character] = f"{code:04X}"

    def stringWidth(self, text: str, size: float, encoding: object = None) -> float:  # noqa: N802, ARG002
        """Width in points."""
        glyphs = self.face.glyphs
        return sum(self.face.advance(glyphs[character]) for character in text) * size / self.face.units

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab's name
        """Name the font in the document now; its objects follow when the document is saved and all use is known."""
        internal = f"F{len(document.fontMapping) + 1}"
        document.fontMapping[self.fontName] = f"/{internal}"
        document.delayedFonts.append(_Delayed(self, internal))

    def embed(self, document: Any, internal: str) -> None:
        """Write the Type0 font, its descendant, descriptor, widths, ToUnicode and subset."""
        base = f"{_tag(internal)}+{self.base_name}"
        descriptor = self._descriptor(document, base)
        descendant = pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("Font"), "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(base), "CIDToGIDMap": pdfdoc.PDFName("Identity"),
            "CIDSystemInfo": pdfdoc.PDFDictionary({
                "Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0,
            }),
            "FontDescriptor": document.Reference(descriptor, f"descriptor:{internal}"), "DW": 1000, "W": self._widths(),
        })  # fmt: skip
        font = pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("Font"), "Subtype": pdfdoc.PDFName("Type0"), "BaseFont": pdfdoc.PDFName(base),
            "Encoding": pdfdoc.PDFName(self.encName),
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"descendant:{internal}")]),
            "ToUnicode": document.Reference(_stream(document, self._to_unicode()), f"unicode:{internal}"),
        })  # fmt: skip
        font.__RefOnly__ = 1  # type: ignore[attr-defined]  # a reference in the resources: else pdffonts finds no ToUnicode
        document.Reference(font, internal)
        document.idToObject["BasicFonts"].dict[internal] = font

    def _widths(self) -> pdfdoc.PDFArray:
        glyphs, units = self.face.glyphs, self.face.units
        widths = [round(self.face.advance(glyphs[character]) * 1000 / units) for character in self._codes]
        return pdfdoc.PDFArray([1, pdfdoc.PDFArray(widths)])

    def _descriptor(self, document: Any, base: str) -> pdfdoc.PDFDictionary:
        ascent, descent = self.face.ascent_descent
        program = subset(self.face, [0, *(self.face.glyphs[character] for character in self._codes)])
        file = _stream(document, program)
        file.dictionary.dict["Length1"] = len(program)
        return pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("FontDescriptor"), "FontName": pdfdoc.PDFName(base), "Flags": 4,
            "FontBBox": pdfdoc.PDFArray(list(self.face.box)), "ItalicAngle": 0, "Ascent": ascent, "Descent": descent,
            "CapHeight": 700, "StemV": 80, "FontFile2": document.Reference(file, f"program:{base}"),
        })  # fmt: skip

    def _to_unicode(self) -> bytes:
        pairs = [
            f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
            for code, character in enumerate(self._codes, 1)
        ]
        blocks = (pairs[start : start + 100] for start in range(0, len(pairs), 100))
        ranges = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return _TO_UNICODE.format(ranges=ranges).encode("ascii")


class _Delayed:
    """A font of one document, written when the document is saved."""

    def __init__(self, font: CidFont, internal: str) -> None:
        self._font, self._internal = font, internal

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab's name
        """Called by reportlab at save time."""
        self._font.embed(document, self._internal)


def _stream(document: Any, content: bytes) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=content)
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _tag(internal: str) -> str:
    """The six letters that mark a subset: YUEBAA for F1, YUEBAB for F2 …"""
    return "YUEBA" + chr(ord("A") + int(internal[1:]) - 1)


@cache
def _font(name: str) -> CidFont:
    font = CidFont(name)
    pdfmetrics.registerFont(font)
    return font


forget_on_change(_font.cache_clear)


def begin(names: tuple[str, ...]) -> dict[str, CidFont]:
    """Make the faces known to reportlab, with no character used yet; the fonts by name."""
    for name in names:
        _font(name).begin()
    return {name: _font(name) for name in names}
