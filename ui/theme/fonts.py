"""The face of the window: the system's simplified Chinese one, else one that we bring."""

from PySide6.QtGui import QFont, QFontDatabase

from desktop_app import assets

# What a Chinese desktop has, the most legible at small sizes first.
PREFERRED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
)
POINT_SIZE = 10.5  # 五号, the size of the offices' own forms


def interface_font() -> QFont:
    """The font for the whole window; registers the bundled faces where the system has no simplified Chinese."""
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    found = [name for name in PREFERRED if name in chinese]
    families = found[:1] or chinese[:1] or bundled_families()
    font = QFont(families or ["sans-serif"])
    font.setPointSizeF(POINT_SIZE)
    return font


def bundled_families() -> list[str]:
    """Register the interface faces in resources/fonts; their families, the text face first."""
    families: list[str] = []
    for name in assets.names("fonts", ".ttf") + assets.names("fonts", ".otf"):
        if not name.startswith("interface"):
            continue
        for family in QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(assets.path("fonts", name)))
        ):
            if family not in families:
                families.append(family)
    return families
