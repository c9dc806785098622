"""Which characters can be printed, and by which face."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.rendering.faces import FACES, FANG, KAI, face, printable, unprintable
from desktop_app.rendering.styles import runs


def gbk():
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    return {text for pair in pairs if len(text := pair.decode("gbk", "ignore")) == 1 and text > "\x7f"}


def test_all_of_gbk_is_printable():
    assert unprintable("".join(sorted(gbk()))) == ""


def test_names_and_symbols_of_reports_are_printable():
    assert unprintable("喆堃镕漷泃翀珺昇玥犇頔鋆邨𫖯𬭎PM₂.₅O₃NOₓ²³㎡㎥※★☆☑☐≤≥×‰℃ⅤⅣ①⑩μ〔〕——……“”·") == ""


def test_what_cannot_be_printed_is_named_once_in_order():
    assert unprintable("甲😀乙\x07丙😀\u200b\r") == "😀\x07\u200b\r"


def test_newline_and_tab_are_layout():
    assert unprintable("甲\n乙\t丙") == ""


@given(st.characters())
def test_control_invisible_and_private_characters_are_never_printable(character):
    if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"):
        assert printable(FANG, character) is None


def test_the_face_asked_for_comes_first_and_another_helps_out():
    assert runs(FANG, "王喆在漷县") == [(FANG, "王"), (KAI, "喆"), (FANG, "在"), (KAI, "漷"), (FANG, "县")]


@pytest.mark.parametrize("name", FACES)
def test_a_face_reads_as_fonttools_reads_it(name):
    from io import BytesIO

    from fontTools.ttLib import TTFont

    from desktop_app import assets

    reference, ours = TTFont(BytesIO(assets.read_bytes("fonts", f"{name}.ttf")), lazy=True), face(name)
    order = {glyph: number for number, glyph in enumerate(reference.getGlyphOrder())}
    cmap = reference.getBestCmap()
    assert ours.glyphs == {chr(code): order[glyph] for code, glyph in cmap.items()}
    sample = list(cmap)[:: max(1, len(cmap) // 200)]
    assert [ours.advance(ours.glyphs[chr(code)]) for code in sample] == [
        reference["hmtx"][cmap[code]][0] for code in sample
    ]


def test_a_segment_map_with_offsets_and_deltas_is_understood():
    """What the specification allows and our own faces do not use: an array of glyphs that a delta is added to."""
    import struct

    from desktop_app.rendering.sfnt import _format_4

    ends, starts, deltas, offsets, array = (
        (0x42, 0x62, 0xFFFF),
        (0x41, 0x61, 0xFFFF),
        (5, 0xFFC0, 1),
        (6, 0, 0),
        (10, 0),
    )
    words = (4, 0, 0, 6, 0, 0, 0, *ends, 0, *starts, *deltas, *offsets, *array)
    table = bytearray(struct.pack(f">{len(words)}H", *words))
    struct.pack_into(">H", table, 2, len(table))
    assert _format_4(bytes(table)) == {"A": 15, "a": 0x21, "b": 0x22}
