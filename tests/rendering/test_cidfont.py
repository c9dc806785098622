"""The embedded font: only embedded ones, every character comes back, none missing silently."""

import io
import subprocess

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop_app.rendering import cidfont
from desktop_app.rendering.faces import FACES, FANG, KAI, face
from desktop_app.rendering.subset import subset


def drawn(name, text):
    cidfont.begin(FACES)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName=name, invariant=1)
    canvas.setFont(name, 12)
    canvas.drawString(72, 700, text)
    canvas.save()
    return buffer.getvalue()


def test_a_missing_glyph_raises():
    with pytest.raises(KeyError, match="喆"):
        drawn(FANG, "王喆")


def test_characters_that_share_a_glyph_come_back_as_typed(extracted):
    shared = {}
    for character, glyph in face(KAI).glyphs.items():
        shared.setdefault(glyph, []).append(character)
    twins = next(
        twins for twins in shared.values() if len(twins) > 1 and all(c.isprintable() and not c.isspace() for c in twins)
    )
    text = "".join(twins)
    assert extracted(drawn(KAI, text)) == text


def test_more_than_256_characters_are_one_font(tmp_path):
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 400) if chr(code) in face(FANG).glyphs)
    path = tmp_path / "many.pdf"
    path.write_bytes(drawn(FANG, text))
    listed = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout.splitlines()
    assert [line.split()[-5:-2] for line in listed[2:]] == [["yes", "yes", "yes"]]


def test_a_second_document_does_not_carry_the_first_ones_glyphs():
    alone = drawn(FANG, "甲")
    drawn(FANG, "天地玄黄宇宙洪荒" * 3)
    assert drawn(FANG, "甲") == alone


def outline(font, name):
    pen = RecordingPen()
    font.getGlyphSet()[name].draw(pen)
    return pen.value


def test_the_subset_is_a_font_with_the_same_outlines():
    characters = "市Ag。㎡"
    numbers = [face(KAI).glyphs[character] for character in characters]
    made = TTFont(io.BytesIO(subset(face(KAI), [0, *numbers])), checkChecksums=2)
    from desktop_app import assets

    whole = TTFont(io.BytesIO(assets.read_bytes("fonts", "kaiti.ttf")), lazy=True)
    assert made["maxp"].numGlyphs == len(characters) + 1
    for place, number in enumerate(numbers, 1):
        name = made.getGlyphOrder()[place]
        assert outline(made, name) == outline(whole, whole.getGlyphOrder()[number])
        assert made["hmtx"][name] == whole["hmtx"][whole.getGlyphOrder()[number]]


def test_parts_of_composites_come_along():
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    from desktop_app.rendering.sfnt import Face

    builder, square, double = FontBuilder(1000), TTGlyphPen(None), TTGlyphPen({"a": None})
    for point, call in (((0, 0), square.moveTo), ((0, 500), square.lineTo), ((500, 500), square.lineTo)):
        call(point)
    square.closePath()
    double.addComponent("a", (1, 0, 0, 1, 0, 0))
    double.addComponent("a", (0.5, 0, 0, 0.5, 600, 0))
    builder.setupGlyphOrder([".notdef", "unused", "a", "b"])
    builder.setupCharacterMap({0x61: "a", 0x62: "b"})
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({".notdef": empty, "unused": empty, "a": square.glyph(), "b": double.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "unused", "a", "b"), (700, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    data = io.BytesIO()
    builder.save(data)
    source = Face("made", data.getvalue())
    made = TTFont(io.BytesIO(subset(source, [0, source.glyphs["b"]])))
    assert made["maxp"].numGlyphs == 3
    assert {part.glyphName for part in made["glyf"][made.getGlyphOrder()[1]].components} == {made.getGlyphOrder()[2]}
