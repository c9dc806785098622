"""The lint's rules on what is drawn: operators, colours, images, fonts and the glyphs that text really uses."""

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

from tests.rendering.pdfa_lint import File, rule

OPERATORS = frozenset(
    [
        *("b", "B", "b*", "B*", "BDC", "BI", "BMC", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "DP"),
        *("EI", "EMC", "ET", "EX", "f", "F", "f*", "G", "g", "gs", "h", "i", "ID", "j", "J", "K", "k", "l", "m", "M"),
        *("MP", "n", "q", "Q", "re", "RG", "rg", "ri", "s", "S", "SC", "sc", "SCN", "scn", "sh", "T*", "Tc", "Td"),
        *("TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", '"'),
    ]
)
FONTS = ("/Type0", "/CIDFontType2", "/TrueType", "/Type3")
INTENTS = ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
BLENDS = frozenset(
    [
        *("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn"),
        *("HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"),
    ]
)


def _contents(file: File) -> Iterator[tuple[Any, list[Any]]]:
    """Resources and instructions of every page and every form."""
    for page in file.document.pages:
        yield page.obj.get("/Resources"), pikepdf.parse_content_stream(page)
    for stream in file.streams():
        if stream.get("/Subtype") == "/Form":
            yield stream.get("/Resources"), pikepdf.parse_content_stream(stream)


def _used(file: File) -> Iterator[tuple[str, list[Any]]]:
    for _resources, instructions in _contents(file):
        yield from ((str(one.operator), list(one.operands)) for one in instructions)


@rule("6.1.13-8", "q nests at most 28 deep")
def _(file):
    for _resources, instructions in _contents(file):
        depth = 0
        for one in instructions:
            depth += {"q": 1, "Q": -1}.get(str(one.operator), 0)
            if depth > 28:
                yield depth


@rule("6.1.13-11", "pages are 3 to 14400 units wide and high")
def _(file):
    for page in file.document.pages:
        x1, y1, x2, y2 = (float(number) for number in page.mediabox)
        if not (3 <= x2 - x1 <= 14400 and 3 <= y2 - y1 <= 14400):
            yield page.mediabox


@rule("6.2.2-1", "only operators of ISO 32000-1")
def _(file):
    yield from (operator for operator, _ in _used(file) if operator not in OPERATORS and operator != "INLINE IMAGE")


@rule("6.2.2-2", "what draws has resources of its own")
def _(file):
    yield from ("content" for resources, instructions in _contents(file) if resources is None and instructions)


@rule("6.2.4.3-2", "RGB needs an RGB output intent")
def _(file):
    if not file.root.get("/OutputIntents", []):
        yield from (operator for operator, _ in _used(file) if operator in ("rg", "RG"))


@rule("6.2.4.3-3", "no CMYK, for the output intent is RGB")
def _(file):
    yield from (operator for operator, _ in _used(file) if operator in ("k", "K"))
    yield from (one.objgen for one in file.streams() if one.get("/ColorSpace") == "/DeviceCMYK")


@rule("6.2.4.3-4", "grey needs an output intent")
def _(file):
    if not file.root.get("/OutputIntents", []):
        yield from (operator for operator, _ in _used(file) if operator in ("g", "G"))


def _states(file: File) -> Iterator[Any]:
    for resources, _ in _contents(file):
        if resources is not None:
            yield from (state for _name, state in resources.get("/ExtGState", pikepdf.Dictionary()).items())


@rule("6.2.5-1", "no transfer curves")
def _(file):
    yield from (state.keys() for state in _states(file) if "/TR" in state)


@rule("6.2.5-2", "no transfer curves by the other key")
def _(file):
    yield from (state.TR2 for state in _states(file) if state.get("/TR2", "/Default") != "/Default")


@rule("6.2.5-3", "no halftone phase")
def _(file):
    yield from (state.keys() for state in _states(file) if "/HTP" in state)


@rule("6.2.6-1", "rendering intents are the four")
def _(file):
    yield from (operands for operator, operands in _used(file) if operator == "ri" and operands[0] not in INTENTS)


@rule("6.2.8-1", "images have no alternates")
def _(file):
    yield from (one.objgen for one in _images(file) if "/Alternates" in one)


@rule("6.2.8-2", "images have no OPI")
def _(file):
    yield from (one.objgen for one in _images(file) if "/OPI" in one)


@rule("6.2.8-3", "images are not interpolated")
def _(file):
    yield from (one.objgen for one in _images(file) if bool(one.get("/Interpolate", False)))


def _images(file: File) -> Iterator[Any]:
    return (one for one in file.streams() if one.get("/Subtype") == "/Image")


@rule("6.2.9-1", "forms have no PostScript and no OPI")
def _(file):
    for one in file.streams():
        if one.get("/Subtype") == "/Form" and ("/OPI" in one or "/PS" in one or one.get("/Subtype2") == "/PS"):
            yield one.objgen


@rule("6.2.9-2", "forms do not draw other files")
def _(file):
    yield from (one.objgen for one in file.streams() if one.get("/Subtype") == "/Form" and "/Ref" in one)


@rule("6.2.9-3", "no PostScript XObjects")
def _(file):
    yield from (one.objgen for one in file.streams() if one.get("/Subtype") == "/PS")


@rule("6.2.10-1", "blend modes are those of ISO 32000-1")
def _(file):
    yield from (state.BM for state in _states(file) if str(state.get("/BM", "/Normal"))[1:] not in BLENDS)


def _fonts(file: File) -> Iterator[Any]:
    return (one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font")


@rule("6.2.11.2-1", "what resources call a font is one")
def _(file):
    for resources, _ in _contents(file):
        for name, font in (resources or {}).get("/Font", pikepdf.Dictionary()).items():
            if font.get("/Type") != "/Font":
                yield name


@rule("6.2.11.2-2", "fonts are Type0 over CIDFontType2, TrueType or Type3 (stricter than the rule)")
def _(file):
    yield from (one.Subtype for one in _fonts(file) if one.Subtype not in FONTS)


@rule("6.2.11.2-3", "fonts have a name, in UTF-8 (6.1.8-1)")
def _(file):
    for one in _fonts(file):
        if one.Subtype != "/Type3" and ("/BaseFont" not in one or "\ufffd" in str(one.BaseFont)):
            yield one.objgen


@rule("6.2.11.2-6", "simple fonts have a width for every code")
def _(file):
    for one in _fonts(file):
        if one.Subtype == "/TrueType" and len(one.Widths) != int(one.LastChar) - int(one.FirstChar) + 1:
            yield one.BaseFont


@rule("6.2.11.3-2", "CIDs are mapped to glyphs")
def _(file):
    yield from (one.BaseFont for one in _fonts(file) if one.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in one)


@rule("6.2.11.3-3", "composite fonts are Identity-H")
def _(file):
    yield from (one.BaseFont for one in _fonts(file) if one.Subtype == "/Type0" and one.Encoding != "/Identity-H")


@rule("6.2.11.4.1-1", "every font program is embedded")
def _(file):
    for one in _fonts(file):
        if one.Subtype not in ("/Type0", "/Type3") and "/FontFile2" not in one.get("/FontDescriptor", {}):
            yield one.get("/BaseFont")


@lru_cache(maxsize=32)
def _program(data: bytes) -> tuple[int, tuple[int, ...]]:
    """Units per em, and the advance of every glyph of an embedded face."""
    face = TTFont(io.BytesIO(data), lazy=True)
    metrics = face["hmtx"].metrics
    return face["head"].unitsPerEm, tuple(metrics[name][0] for name in face.getGlyphOrder())


def _used_glyphs(file: File) -> set[tuple[tuple[int, int], int]]:
    """(font object, glyph) of everything drawn in an Identity-H font."""
    return {(font.objgen, code) for font, raw in _shown(file) for code in _pairs(raw)}


def _shown(file: File) -> Iterator[tuple[Any, bytes]]:
    for resources, instructions in _contents(file):
        font = None
        for one in instructions:
            operator = str(one.operator)
            if operator == "Tf":
                font = (resources or {}).get("/Font", {}).get(str(one.operands[0]))
            elif operator in ("Tj", "TJ", "'", '"') and font is not None and font.Subtype == "/Type0":
                texts = list(one.operands[-1]) if operator == "TJ" else [one.operands[-1]]
                yield from ((font, bytes(text)) for text in texts if isinstance(text, pikepdf.String))


def _pairs(raw: bytes) -> Iterator[int]:
    return (high * 256 + low for high, low in zip(raw[::2], raw[1::2], strict=True))


def _descendant(file: File, objgen: tuple[int, int]) -> Any:
    return file.document.get_object(objgen).DescendantFonts[0]


@rule("6.2.11.4.1-2", "every glyph drawn is in the font program")
def _(file):
    for objgen, glyph in _used_glyphs(file):
        font = _descendant(file, objgen)
        if glyph >= len(_program(font.FontDescriptor.FontFile2.read_bytes())[1]):
            yield font.BaseFont, glyph


@rule("6.2.11.5-1", "widths in the PDF and in the font program agree to one unit")
def _(file):
    for objgen, glyph in _used_glyphs(file):
        font = _descendant(file, objgen)
        em, advances = _program(font.FontDescriptor.FontFile2.read_bytes())
        said = _widths(font).get(glyph, float(font.get("/DW", 1000)))
        if glyph < len(advances) and abs(said - advances[glyph] * 1000 / em) > 1:
            yield font.BaseFont, glyph, said


def _widths(font: Any) -> dict[int, float]:
    """CID to width, from both spellings of W."""
    widths: dict[int, float] = {}
    rest = list(font.get("/W", []))
    while rest:
        first = int(rest.pop(0))
        if isinstance(rest[0], pikepdf.Array):
            widths.update({first + number: float(width) for number, width in enumerate(rest.pop(0))})
        else:
            last, width = int(rest.pop(0)), float(rest.pop(0))
            widths.update(dict.fromkeys(range(first, last + 1), width))
    return widths


@rule("6.2.11.8-1", "no text uses the missing glyph")
def _(file):
    yield from (objgen for objgen, glyph in _used_glyphs(file) if glyph == 0)
