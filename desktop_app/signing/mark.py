"""The visible mark of a signature: role, name and time, set into the place that the page keeps free."""

# mypy: allow-untyped-calls

from datetime import datetime

from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    pdf_name,
)
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import StaticStampStyle

from desktop_app.signing.glyphs import glyph, to_unicode, width

_INK = b"0.65 0.10 0.10"  # the red of a seal
_GAP = 1.35  # from one line to the next, in ems
_LARGEST = 12.0  # points
_MARGIN = 3.0


def mark_style(lines: tuple[str, ...], size: tuple[float, float]) -> StaticStampStyle:
    """The style that draws these lines into a box of this size (points)."""
    flush = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, Margins.uniform(0))
    return StaticStampStyle(
        border_width=0, background=_Mark(lines, size), background_opacity=1.0, background_layout=flush
    )


def mark_lines(label: str, name: str, at: datetime) -> tuple[str, str]:
    """What the mark says: who signed as what, and when."""
    return f"{label}：{name}", f"{at.year}年{at.month}月{at.day}日 {at:%H:%M} 数字签名"


class _Mark(PdfContent):
    """Lines of text in outlines of our own faces, as large as the box allows."""

    def __init__(self, lines: tuple[str, ...], size: tuple[float, float]) -> None:
        super().__init__(box=BoxConstraints(width=round(size[0]), height=round(size[1])))
        self._lines = lines
        self._size = size

    def render(self) -> bytes:
        """The content stream; registers the font with the writer."""
        characters = "".join(dict.fromkeys("".join(self._lines)))
        self.set_resource(ResourceType.FONT, pdf_name("/Mark"), _font(self._ensure_writer, characters))
        wide, high = self._size
        room = min((wide - 2 * _MARGIN) / max(map(width, self._lines)), (high - 2) / (_GAP * len(self._lines)))
        points = max(1.0, min(_LARGEST, room))
        top = (high + _GAP * points * len(self._lines)) / 2 - points
        rows = [
            b"1 0 0 1 %.2f %.2f Tm <%s> Tj" % (_MARGIN, top - row * _GAP * points, _codes(line, characters))
            for row, line in enumerate(self._lines)
        ]
        return b"q %s rg BT /Mark %.2f Tf %s ET Q" % (_INK, points, b" ".join(rows))


def _codes(line: str, characters: str) -> bytes:
    return b"".join(b"%02X" % (characters.index(character) + 1) for character in line)


def _font(writer: BasePdfFileWriter, characters: str) -> IndirectObject:
    """A Type 3 font with one procedure a character, codes counted from 1."""
    shapes = [glyph(character) for character in characters]
    names = [f"/g{code}" for code, _shape in enumerate(shapes, 1)]
    procedures = {
        pdf_name(name): writer.add_object(_packed(b"%d 0 d0\n%s\nf" % (shape.advance, shape.path)))
        for name, shape in zip(names, shapes, strict=True)
    }
    return writer.add_object(
        DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Font"),
                pdf_name("/Subtype"): pdf_name("/Type3"),
                pdf_name("/Name"): pdf_name("/Mark"),
                pdf_name("/FontBBox"): ArrayObject(map(NumberObject, (0, -250, 1000, 1000))),
                pdf_name("/FontMatrix"): ArrayObject(map(FloatObject, ("0.001", "0", "0", "0.001", "0", "0"))),
                pdf_name("/Resources"): DictionaryObject(),
                pdf_name("/FirstChar"): NumberObject(1),
                pdf_name("/LastChar"): NumberObject(len(shapes)),
                pdf_name("/Widths"): ArrayObject(NumberObject(shape.advance) for shape in shapes),
                pdf_name("/CharProcs"): DictionaryObject(procedures),
                pdf_name("/Encoding"): DictionaryObject(
                    {
                        pdf_name("/Type"): pdf_name("/Encoding"),
                        pdf_name("/Differences"): ArrayObject([NumberObject(1), *map(pdf_name, names)]),
                    }
                ),
                pdf_name("/ToUnicode"): writer.add_object(_packed(to_unicode(characters))),
            }
        )
    )


def _packed(data: bytes) -> StreamObject:
    stream = StreamObject(stream_data=data)
    stream.compress()
    return stream
