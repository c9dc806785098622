"""Recipe for resources/fonts: four faces with TrueType outlines, made from Debian packages. Run by hand, not at setup.

Needs apt-get, dpkg-deb, tar and fontTools. `python packaging/make_fonts.py` fetches the packages into a temporary
folder; `--debs FOLDER` takes .deb files that are already there. Why each step: resources/fonts/README.md.
"""

import argparse
import bz2
import gzip
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

PACKAGES = ("texlive-lang-chinese", "fonts-lxgw-wenkai", "fonts-noto-cjk", "unicode-data")
FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FIXED_TIME = 3_755_289_600  # 2023-01-01 in the font epoch: the same input gives the same bytes
HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF))
REQUIRED = "₀₁₂₃₄₅₆₇₈₉ₓ⁰¹²³⁴⁵⁶⁷⁸⁹㎡㎥㎎㎏㎞※★☆☑☐☒□✓≤≥×÷±‰℃µμΩⅤⅣ①⑩⑴⒈—…“”‘’·〔〕【】《》「」〇喆堃镕漷泃𫖯𬭎"
KEPT = ("head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "loca", "glyf", "name", "post")


@dataclass(frozen=True)
class Recipe:
    """One face: what it is made from, its own name, which characters it keeps, and the outline error in units."""

    file: str
    name: str
    source: str
    index: int
    copyright: str
    licence: str
    max_error: float


RECIPES = (
    Recipe("fangsong.ttf", "Yuebao FangSong", "texlive-lang-chinese/**/FandolFang-Regular.otf", 0,
           "Made from FandolFang, © 2012-2013 the Fandol team.", "GPL-3.0 with font exception", 1.0),
    Recipe("biaosong.ttf", "Yuebao BiaoSong", "fonts-noto-cjk/**/NotoSerifCJK-Bold.ttc", 2,
           "Made from Noto Serif CJK SC Bold, © 2017-2022 Adobe.", "SIL Open Font License 1.1", 2.0),
    Recipe("heiti.ttf", "Yuebao HeiTi", "fonts-noto-cjk/**/NotoSansCJK-Bold.ttc", 2,
           "Made from Noto Sans CJK SC Bold, © 2014-2021 Adobe.", "SIL Open Font License 1.1", 2.0),
    Recipe("kaiti.ttf", "Yuebao KaiTi", "fonts-lxgw-wenkai/**/LXGWWenKai-Regular.ttf", 0,
           "Made from a face © 2021-2023 lxgw and © 2020 The Klee Project Authors.", "SIL Open Font License 1.1", 1.0),
)  # fmt: skip


def unpack(debs: Path, into: Path) -> None:
    """Unpack every package into a folder of its name."""
    for package in PACKAGES:
        deb = next(debs.glob(f"{package}_*.deb"))
        target = into / package
        target.mkdir()
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE) as archive:
            wanted = ["--wildcards", "*andol*"] if package == "texlive-lang-chinese" else []
            subprocess.run(["tar", "-x", "-C", str(target), *wanted], stdin=archive.stdout, check=True)


def standard_list(sources: Path) -> dict[int, int]:
    """通用规范汉字表: code point -> its place, 1 to 8105 (levels one and two end at 6500)."""
    table: dict[int, int] = {}
    for path in sorted((sources / "unicode-data").rglob("Unihan_*.txt.bz2")):
        for line in bz2.decompress(path.read_bytes()).decode("utf-8").splitlines():
            if "\tkTGH\t" in line:
                code, _key, value = line.split("\t")
                table[int(code[2:], 16)] = int(value.split(":")[1].split()[0])
    if len(table) != 8105:
        raise SystemExit(f"通用规范汉字表 has {len(table)} characters, not 8105")
    return table


def encoded(codec: str) -> set[int]:
    """Every character of a double-byte Chinese encoding."""
    found = set(range(0x20, 0x7F))
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode(codec, "ignore")
            found.update(map(ord, text) if len(text) == 1 and text > "\x7f" else ())
    return found


def wanted(recipe: Recipe, available: Iterable[int], standard: dict[int, int]) -> set[int]:
    """Which characters a face keeps."""
    have = set(available)
    if recipe.file == "fangsong.ttf":
        return have
    if recipe.file == "kaiti.ttf":
        other = {code for code in have if not any(low <= code <= high for low, high in HAN + HANGUL)}
        return have & (encoded("gbk") | set(standard) | other)
    common = {code for code, place in standard.items() if place <= 6500}
    return have & (encoded("gb2312") | common | set(map(ord, "“”‘’—…·²³㎡㎥℃‰≤≥")))


def outlines(font: TTFont, max_error: float) -> None:
    """Replace the outlines by simple quadratic ones: reportlab embeds nothing else, and composites are flattened."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    made, cubic = {}, "CFF " in font
    for name in order:
        recording, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[name].draw(recording)
        recording.replay(Cu2QuPen(pen, max_error, reverse_direction=True) if cubic else pen)
        made[name] = pen.glyph()
    set_glyphs(font, order, made)


def set_glyphs(font: TTFont, order: list[str], made: dict) -> None:
    """Put simple glyphs into the font and bring maxp, loca and hmtx in line."""
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, made
    font["maxp"] = maxp = newTable("maxp")
    maxp.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(maxp, field, 0)
    for field in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth"):
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.numGlyphs = len(order)
    for name, glyph in made.items():
        glyph.recalcBounds(table)
        font["hmtx"][name] = (font["hmtx"].metrics[name][0], getattr(glyph, "xMin", 0) or 0)
    for table_name in [tag for tag in font.keys() if tag not in (*KEPT, "GlyphOrder")]:  # noqa: SIM118 - a TTFont is no dict
        del font[table_name]


def compose(font: TTFont, target: str, parts: list[tuple[str, tuple]], width: int) -> None:
    """Add one character made from others: each part is a character and the affine transformation put on it."""
    cmap, glyphs, pen = font.getBestCmap(), font.getGlyphSet(), TTGlyphPen(None)
    for source, transformation in parts:
        glyphs[cmap[ord(source)]].draw(TransformPen(pen, transformation))
    name = cmap.get(ord(target)) or f"uni{ord(target):04X}"
    if name not in font["hmtx"].metrics:
        font.setGlyphOrder([*font.getGlyphOrder(), name])
    glyph = pen.glyph()
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"].metrics[name] = (width, glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode() and (ord(target) <= 0xFFFF or table.format == 12):
            table.cmap[ord(target)] = name


def complete_kaiti(font: TTFont) -> None:
    """What a report needs and the source lacks: boxes, a lowered x, and Chinese marks of a whole em."""
    box, whole = ("□", (1, 0, 0, 1, 0, 0)), (1, 0, 0, 1, 0, 0)
    compose(font, "☐", [box], 1000)
    compose(font, "☑", [box, ("✓", (0.75, 0, 0, 0.75, 125, 95))], 1000)
    compose(font, "☒", [box, ("×", whole)], 1000)
    compose(font, "ₓ", [("x", (0.62, 0, 0, 0.62, 10, -150))], 330)
    for mark in "\ufe49\ufe4a\ufe4b\ufe4c":
        compose(font, mark, [("￣", whole)], 1000)
    for mark in "\ufe4d\ufe4e\ufe4f":
        compose(font, mark, [("＿", whole)], 1000)
    for mark, shift in (("“", 600), ("‘", 600), ("”", 50), ("’", 50), ("·", 325)):
        compose(font, mark, [(mark, (1, 0, 0, 1, shift, 0))], 1000)


def rename(font: TTFont, recipe: Recipe) -> None:
    """Give the face our own name: the licences reserve theirs, and this is not the original."""
    table, post = font["name"], recipe.name.replace(" ", "") + "-Regular"
    table.names = []
    for number, text in enumerate((recipe.copyright, recipe.name, "Regular", post, recipe.name, "Version 1.000", post)):
        table.setName(text, number, 3, 1, 0x409)
    table.setName(recipe.licence, 13, 3, 1, 0x409)
    font["OS/2"].fsType = 0
    font["post"].formatType = 3.0
    font["head"].modified = font["head"].created = FIXED_TIME


def make(recipe: Recipe, sources: Path, standard: dict[int, int]) -> set[int]:
    """Build one face and return the characters it covers."""
    path = next(iter(sorted(sources.glob(recipe.source))))
    number = recipe.index if path.suffix == ".ttc" else -1
    font = TTFont(path, fontNumber=number, lazy=False, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=["*"], glyph_names=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted(recipe, font.getBestCmap(), standard))
    subsetter.subset(font)
    outlines(font, recipe.max_error)
    if recipe.file == "kaiti.ttf":
        complete_kaiti(font)
    rename(font, recipe)
    target = FONTS / recipe.file
    font.save(target, reorderTables=True)
    covered = set(TTFont(target).getBestCmap())
    print(f"{recipe.file}: {len(covered)} characters, {target.stat().st_size / 1e6:.2f} MB")
    return covered


def licences(sources: Path) -> None:
    """Put the licences of the sources beside the faces."""
    folder = FONTS / "licences"
    folder.mkdir(exist_ok=True)
    docs = {package: sources / package / "usr" / "share" / "doc" for package in PACKAGES}
    fandol = docs["texlive-lang-chinese"] / "texlive-doc" / "fonts" / "fandol"
    (folder / "FandolFang-COPYING.txt").write_bytes(gzip.decompress((fandol / "COPYING.gz").read_bytes()))
    (folder / "FandolFang-README.txt").write_bytes((fandol / "README").read_bytes())
    for package in ("fonts-noto-cjk", "fonts-lxgw-wenkai"):
        (folder / f"{package}-copyright.txt").write_bytes((docs[package] / package / "copyright").read_bytes())


def main() -> None:
    """Fetch, build, and make sure that nothing a report needs is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--debs", type=Path, help="folder with the .deb files")
    with tempfile.TemporaryDirectory() as temporary:
        sources = Path(temporary)
        debs = parser.parse_args().debs or sources
        if debs == sources:
            subprocess.run(["apt-get", "download", *PACKAGES], cwd=sources, check=True)
        unpack(debs, sources)
        standard = standard_list(sources)
        FONTS.mkdir(exist_ok=True)
        covered = set().union(*(make(recipe, sources, standard) for recipe in RECIPES))
        licences(sources)
    private = set(range(0xE000, 0xF900))
    missing = (encoded("gbk") | set(standard) | set(map(ord, REQUIRED))) - covered - private
    if missing:
        raise SystemExit("no face has: " + " ".join(f"U+{code:04X}" for code in sorted(missing)))


if __name__ == "__main__":
    main()
