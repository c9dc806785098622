"""Every colour of the window, by what it is for. READABLE lists the pairs that carry words: 4.5 : 1 at least."""

from PySide6.QtGui import QColor, QPalette

INK = "#1b262c"
MUTED = "#55626a"
ACCENT = "#1f6f5c"
ACCENT_DARK = "#185748"
ACCENT_SOFT = "#e3efec"
PAPER = "#ffffff"
GROUND = "#f4f6f6"
LINE = "#d3dadc"
FIELD_LINE = "#7d8b92"
AMBER = "#854600"
AMBER_SOFT = "#fdf0dc"
AMBER_LINE = "#ecc98f"
RED = "#a81e17"
RED_SOFT = "#fbe7e5"
RED_LINE = "#e6a9a4"
GREY_SOFT = "#e4e9eb"
BLUE = "#1c5690"
BLUE_SOFT = "#e4eef8"

READABLE = (
    (INK, PAPER),
    (INK, GROUND),
    (INK, ACCENT_SOFT),
    (INK, GREY_SOFT),
    (MUTED, PAPER),
    (MUTED, GROUND),
    (MUTED, ACCENT_SOFT),
    (MUTED, GREY_SOFT),
    (PAPER, ACCENT),
    (PAPER, ACCENT_DARK),
    (ACCENT, PAPER),
    (ACCENT, ACCENT_SOFT),
    (AMBER, AMBER_SOFT),
    (AMBER, PAPER),
    (AMBER, ACCENT_SOFT),
    (RED, RED_SOFT),
    (RED, PAPER),
    (RED, ACCENT_SOFT),
    (BLUE, BLUE_SOFT),
    (BLUE, PAPER),
)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    lighter, darker = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def palette() -> QPalette:
    """The palette under the style sheet: what Fusion draws itself has our colours too."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: GROUND,
        role.WindowText: INK,
        role.Base: PAPER,
        role.AlternateBase: GROUND,
        role.Text: INK,
        role.Button: PAPER,
        role.ButtonText: INK,
        role.Highlight: ACCENT,
        role.HighlightedText: PAPER,
        role.ToolTipBase: INK,
        role.ToolTipText: PAPER,
        role.PlaceholderText: MUTED,
        role.Link: ACCENT,
    }.items():
        made.setColor(name, QColor(colour))
    for name in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(MUTED))
    return made
