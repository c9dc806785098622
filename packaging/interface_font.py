"""Make resources/fonts/interface-regular.otf: the face of the window where a system has no simplified Chinese one.

Source: NotoSansCJK-Regular.ttc of Debian's fonts-noto-cjk (SIL Open Font License 1.1, no reserved name), its SC
face cut down to GB 2312, Latin and the signs of the forms. Characters outside it fall back to the report's own faces.
Run: python packaging/interface_font.py NotoSansCJK-Regular.ttc
"""

import sys
from pathlib import Path

from fontTools import subset

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "interface-regular.otf"
SC_FACE = 2
SIGNS = "²³₂₃㎡‰℃·—–…“”‘’★☆●○◐▲△■□✓×÷≤≥≈±→←↑↓①②③④⑤漷泃堃珺镕喆翀昇玥⏎"


def characters() -> str:
    """GB 2312, Latin, and the signs."""
    found = {chr(code) for code in range(0x20, 0x180)} | set(SIGNS)
    for high in range(0xA1, 0xFF):
        for low in range(0xA1, 0xFF):
            found.update(bytes([high, low]).decode("gb2312", errors="ignore"))
    return "".join(sorted(found))


def main(source: str) -> None:
    options = subset.Options()
    options.font_number = SC_FACE
    options.layout_features = ["kern", "locl"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters())
    cutter.subset(font)
    subset.save_font(font, str(TARGET), options)


if __name__ == "__main__":
    main(sys.argv[1])
