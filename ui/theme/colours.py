"""The four palettes of the window, and the pairs of them that everything is drawn with.

Whoever draws takes a pair or a stroke and asks it while drawing, so that another palette counts at once; what a pair
promises (4.5 : 1 for words, 3 : 1 for shapes, more where high contrast was asked for) a test holds for every palette.
"""

from enum import Enum, StrEnum, unique
from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette


class Look(StrEnum):
    """Which palette."""

    LIGHT = "light"
    DARK = "dark"
    HIGH = "high"
    HIGH_DARK = "high-dark"


class Colours(NamedTuple):
    """Every colour by what it is for."""

    ink: str
    muted: str
    paper: str
    ground: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    line: str
    edge: str
    grey_soft: str
    amber: str
    amber_soft: str
    amber_line: str
    red: str
    red_soft: str
    red_line: str
    blue: str
    blue_soft: str


LOOKS = {
    Look.LIGHT: Colours(
        ink="#1b262c", muted="#55626a", paper="#ffffff", ground="#f4f6f6",
        accent="#1f6f5c", accent_strong="#185748", accent_soft="#e3efec", on_accent="#ffffff",
        line="#d3dadc", edge="#7d8b92", grey_soft="#e4e9eb",
        amber="#854600", amber_soft="#fdf0dc", amber_line="#ecc98f",
        red="#a81e17", red_soft="#fbe7e5", red_line="#e6a9a4",
        blue="#1c5690", blue_soft="#e4eef8",
    ),
    Look.DARK: Colours(
        ink="#e7ecee", muted="#aab6bc", paper="#1c2327", ground="#14191c",
        accent="#63c7ab", accent_strong="#86d8c1", accent_soft="#1f3b35", on_accent="#10201c",
        line="#38434a", edge="#7f8f97", grey_soft="#2d373c",
        amber="#f2b866", amber_soft="#3a2c14", amber_line="#7d5f2c",
        red="#ff9c93", red_soft="#462321", red_line="#8f4b46",
        blue="#93c4f4", blue_soft="#1c334a",
    ),
    Look.HIGH: Colours(
        ink="#000000", muted="#2b2b2b", paper="#ffffff", ground="#ffffff",
        accent="#00443a", accent_strong="#002b24", accent_soft="#d6ebe6", on_accent="#ffffff",
        line="#4a4a4a", edge="#000000", grey_soft="#e6e6e6",
        amber="#5a2d00", amber_soft="#ffefd0", amber_line="#5a2d00",
        red="#7f0000", red_soft="#ffe3e0", red_line="#7f0000",
        blue="#00316b", blue_soft="#dcebff",
    ),
    Look.HIGH_DARK: Colours(
        ink="#ffffff", muted="#e2e2e2", paper="#000000", ground="#000000",
        accent="#6ff0d0", accent_strong="#b4fae8", accent_soft="#0c3c32", on_accent="#000000",
        line="#bdbdbd", edge="#ffffff", grey_soft="#2a2a2a",
        amber="#ffd27a", amber_soft="#3a2800", amber_line="#ffd27a",
        red="#ffb3ab", red_soft="#480f0b", red_line="#ffb3ab",
        blue="#a9d4ff", blue_soft="#06294d",
    ),
}  # fmt: skip


class _Worn:
    """The palette that is on."""

    look = Look.LIGHT


class _Drawn(Enum):
    """What is drawn in the first of its colours on each of the others."""

    def __init__(self, ink: str, *grounds: str) -> None:
        self.names = (ink, *grounds)

    @property
    def ink(self) -> QColor:
        """The colour now."""
        return QColor(getattr(LOOKS[_Worn.look], self.names[0]))

    @property
    def ground(self) -> QColor:
        """What it usually stands on."""
        return QColor(getattr(LOOKS[_Worn.look], self.names[1]))

    def __format__(self, part: str) -> str:
        """For the style sheet: {NAME:ink}, {NAME:ground}, or {NAME} for both of them."""
        words = {"ink": self.ink.name(), "ground": self.ground.name()}
        return words[part] if part else "color: {ink}; background: {ground}".format(**words)


@unique
class Pair(_Drawn):
    """Words on a ground: 4.5 : 1 at least."""

    PLAIN = ("ink", "paper", "ground")
    ON_GROUND = ("ink", "ground")
    CHOSEN = ("ink", "accent_soft")
    BADGE = ("ink", "grey_soft")
    TIP = ("paper", "ink")
    QUIET = ("muted", "paper", "ground", "accent_soft")
    HEADING = ("muted", "ground")
    IDLE = ("muted", "grey_soft")
    FILLED = ("on_accent", "accent")
    FILLED_STRONG = ("on_accent", "accent_strong")
    ACCENT = ("accent", "paper", "ground", "accent_soft")
    GOOD = ("accent", "accent_soft")
    AMBER = ("amber", "paper", "ground", "accent_soft")
    WARN = ("amber", "amber_soft")
    RED = ("red", "paper", "ground", "accent_soft")
    BAD = ("red", "red_soft")
    BLUE = ("blue", "paper", "ground", "accent_soft")
    NOTE = ("blue", "blue_soft")
    SAID_WARN = ("ink", "amber_soft")
    SAID_BAD = ("ink", "red_soft")


@unique
class Stroke(_Drawn):
    """Shapes that mean something and edges that show where one can write or stands: 3 : 1 at least."""

    EDGE = ("edge", "paper", "ground")
    FOCUS = ("accent", "paper", "ground", "accent_soft")
    FOCUS_FILLED = ("ink", "paper", "ground")
    REFUSED = ("red", "paper", "ground")
    ARROW = ("muted", "paper", "ground")
    DONE = ("accent", "paper")
    SCHEDULE = ("muted", "paper")


@unique
class Hairline(_Drawn):
    """Lines that only divide what spacing divides already: nothing depends on seeing them."""

    LINE = ("line", "paper")
    HAIR_WARN = ("amber_line", "amber_soft")
    HAIR_BAD = ("red_line", "red_soft")


def wear(look: Look) -> None:
    """From now on every pair, stroke and line has the colours of this palette."""
    _Worn.look = look


def worn() -> Look:
    """The palette that is on."""
    return _Worn.look


def dark() -> bool:
    """Whether light letters stand on dark."""
    return Pair.PLAIN.ink.lightnessF() > Pair.PLAIN.ground.lightnessF()


def contrast(first: QColor, second: QColor) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def palette() -> QPalette:
    """The palette under the style sheet: what Fusion draws itself has our colours too."""
    made = QPalette(Pair.PLAIN.ground, Pair.ON_GROUND.ground)
    role = QPalette.ColorRole
    for ink, ground, pair in (
        (role.WindowText, role.Window, Pair.ON_GROUND),
        (role.Text, role.Base, Pair.PLAIN),
        (role.ButtonText, role.Button, Pair.PLAIN),
        (role.PlaceholderText, role.Base, Pair.QUIET),
        (role.Link, role.Base, Pair.ACCENT),
        (role.LinkVisited, role.Base, Pair.ACCENT),
        (role.HighlightedText, role.Highlight, Pair.FILLED),
        (role.ToolTipText, role.ToolTipBase, Pair.TIP),
        (role.Text, role.AlternateBase, Pair.ON_GROUND),
    ):
        made.setColor(ink, pair.ink)
        made.setColor(ground, pair.ground)
    for name in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, Pair.QUIET.ink)
    return made
