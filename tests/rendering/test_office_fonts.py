"""An office's own faces come first, the rest stays ours; what cannot be embedded is refused in a sentence."""

import io
import logging
import subprocess

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from desktop_app.rendering import faces, office_fonts, render_report
from desktop_app.rendering.faces import FANG, HEI, KAI, SONG, printable
from desktop_app.rendering.styles import BODY, runs, text_width, widths

CODE = "3F2A-9C01-77AB-0D4E"
CHARACTERS = "中国月报，。（）0123456789王在县年"


@pytest.fixture(autouse=True)
def shipped_again():
    yield
    faces.use({})


def square(pen, size):
    pen.moveTo((50, 0))
    for point in ((50, size), (size, size), (size, 0)):
        pen.lineTo(point)
    pen.closePath()


def made(family, *, characters=CHARACTERS, cff=False, rights=0, advance=1000, postscript="OfficeFang") -> bytes:
    """A small face of squares."""
    builder = FontBuilder(1000, isTTF=not cff)
    names = [".notdef", *(f"u{ord(character):04X}" for character in characters)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): name for character, name in zip(characters, names[1:], strict=True)})
    if cff:
        pens = {name: T2CharStringPen(advance, None) for name in names}
        for pen in pens.values():
            square(pen, 800)
        builder.setupCFF(postscript, {}, {name: pen.getCharString() for name, pen in pens.items()}, {})
    else:
        pens = {name: TTGlyphPen(None) for name in names}
        for pen in pens.values():
            square(pen, 800)
        builder.setupGlyf({name: pen.glyph() for name, pen in pens.items()})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (advance, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": postscript})
    builder.setupOS2(fsType=rights)
    builder.setupPost()
    data = io.BytesIO()
    builder.save(data)
    return data.getvalue()


def put(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return folder


def found(office, *system):
    return office_fonts.find(office, system)


def test_faces_are_known_by_their_family_not_their_file(tmp_path):
    families = {"a": "方正小标宋简体", "b": "仿宋_GB2312", "c": "KaiTi", "d": "黑体", "e": "某宋", "f": "另一仿宋"}
    folder = put(tmp_path / "fonts", **{f"{name}__ttf": made(family) for name, family in families.items()})
    assert {role: each.file.name for role, each in found(folder).items()} == {
        SONG: "a.ttf", FANG: "b.ttf", KAI: "c.ttf", HEI: "d.ttf",
    }  # fmt: skip


def test_the_offices_folder_comes_before_the_system_and_only_known_files_are_opened_there(tmp_path):
    office = put(tmp_path / "office", any__ttf=made("仿宋", postscript="Mine"))
    system = put(
        tmp_path / "system", simfang__ttf=made("FangSong"), simkai__ttf=made("KaiTi"), unknown__ttf=made("SimHei")
    )
    assert {role: each.file.parent.name for role, each in found(office, system).items()} == {
        FANG: "office", KAI: "system",
    }  # fmt: skip
    assert found(None, tmp_path / "nowhere") == {}


def test_a_collection_gives_the_face_that_fits(tmp_path):
    collection = TTCollection()
    collection.fonts = [TTFont(io.BytesIO(made(family))) for family in ("SimSun", "仿宋")]
    data = io.BytesIO()
    collection.save(data, shareTables=False)
    chosen = found(put(tmp_path / "fonts", both__ttc=data.getvalue()))
    assert set(chosen) == {FANG}
    assert chosen[FANG].face.glyphs.keys() == set(CHARACTERS)


def variable() -> bytes:
    font = TTFont(io.BytesIO(made("仿宋")))
    from fontTools.ttLib.tables._f_v_a_r import Axis, table__f_v_a_r

    axis = Axis()
    axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue, axis.axisNameID = "wght", 100, 400, 900, 256
    font["fvar"] = table__f_v_a_r()
    font["fvar"].axes = [axis]
    font["name"].setName("Weight", 256, 3, 1, 0x409)
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.otf", made("仿宋", cff=True), "CFF"),
        ("a.ttf", variable(), "可变字体"),
        ("a.ttf", made("仿宋", rights=2), "许可"),
        ("a.ttf", made("仿宋", characters="中国"), "缺少常用字"),
        ("a.ttf", made("仿宋")[:900], "已损坏"),
        ("a.ttf", b"not a font at all", "已损坏"),
        ("a.ttc", b"ttcf\0\1\0\0\0\0\0\2\0\0\0\x10", "已损坏"),
        ("a.woff2", b"wOF2", "网页字体"),
    ],
)
def test_what_cannot_be_embedded_is_refused_in_a_sentence(tmp_path, caplog, name, data, why):
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / name).write_bytes(data)
    with caplog.at_level(logging.WARNING, "yuebao"):
        assert found(folder) == {}
    (said,) = caplog.messages
    assert why in said
    assert f"字体 {name} 没有采用" in said


def test_pages_are_set_in_the_offices_face_and_ours_helps_out(tmp_path, report, extracted):
    plain = render_report(report, CODE)
    chosen = found(put(tmp_path / "fonts", mine__ttf=made("仿宋", advance=900)))
    faces.use({role: each.face for role, each in chosen.items()})
    assert runs(FANG, "王喆在漷县") == [(FANG, "王"), (KAI, "喆"), (FANG, "在"), (KAI, "漷"), (FANG, "县")]
    assert text_width(BODY, "王") == pytest.approx(0.9 * 16 + BODY.tracking)
    office = render_report(report, CODE)
    assert office.faces[0] == "OfficeFang"
    assert "Yuebao-kaiti" in office.faces
    found_text = extracted(office.pdf)
    assert "王喆、李堃、朱镕负责" in found_text
    (tmp_path / "r.pdf").write_bytes(office.pdf)
    listed = subprocess.run(["pdffonts", str(tmp_path / "r.pdf")], check=True, capture_output=True, text=True).stdout
    assert "+OfficeFang" in listed
    assert render_report(report, CODE).pdf == office.pdf  # the same faces, the same bytes
    faces.use({})
    assert render_report(report, CODE).pdf == plain.pdf
    assert "Yuebao-fangsong" in plain.faces


def test_a_face_that_lacks_a_character_steps_aside_for_the_one_it_replaced(tmp_path):
    chosen = found(put(tmp_path / "fonts", kai__ttf=made("楷体")))
    faces.use({role: each.face for role, each in chosen.items()})
    assert printable(KAI, "国").face == KAI
    assert printable(KAI, "漷").face == "own-kaiti"  # our 楷体 is still asked
    assert widths(BODY)["漷"] == pytest.approx(16 + BODY.tracking)
