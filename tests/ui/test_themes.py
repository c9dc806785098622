"""Colours: every pair readable in every palette, followed at once, and never the only thing that tells a state."""

import re
import string
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from desktop_app import assets
from desktop_app.model.finding import Severity
from tests.ui.gallery import settle
from tests.ui.test_seen_and_read import visible
from ui.theme import colours
from ui.theme.colours import Hairline, Look, Pair, Stroke, contrast
from ui.theme.lights import _SHAPES, LIGHT_WORDS, SEVERITY_SIGNS, Light, paint_light
from ui.theme.style import SHEET, dress, sheet
from ui.theme.wearing import Choice, choice_of, system_look

UI = Path(colours.__file__).parents[1]
NOT_COLOURS = {"icons", "tone", "tick", "low"}
STARK = (Look.HIGH, Look.HIGH_DARK)


@pytest.fixture(params=list(Look))
def look(request, qapp):
    """Each palette, on; the usual one afterwards."""
    dress(qapp, choice=Choice(request.param.value))
    yield request.param
    dress(qapp)


def over(drawn) -> list[float]:
    values = colours.LOOKS[colours.worn()]
    ink, *grounds = (QColor(getattr(values, name)) for name in drawn.names)
    return [contrast(ink, ground) for ground in grounds]


def test_contrast_is_measured_as_wcag_does():
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_every_pair_and_stroke_can_be_seen(look):
    words, shapes = (7, 4.5) if look in STARK else (4.5, 3)
    assert [pair.name for pair in Pair if min(over(pair)) < words] == []
    assert [stroke.name for stroke in Stroke if min(over(stroke)) < shapes] == []


def test_no_colour_stands_outside_the_palettes():
    """Whoever draws takes pairs: a colour written anywhere else could be read by nobody in another palette."""
    written = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|\bQColor\(|GlobalColor\.(?!transparent)")
    found = {
        str(file.relative_to(UI)): written.findall(file.read_text(encoding="utf-8"))
        for file in UI.rglob("*.py")
        if file.name != "colours.py" and written.search(file.read_text(encoding="utf-8"))
    }
    assert found == {}


def test_the_style_sheet_writes_words_in_pairs_only():
    fields = {(name, part) for _text, name, part, _how in string.Formatter().parse(SHEET) if name}
    known = {each.name for kind in (Pair, Stroke, Hairline) for each in kind} | NOT_COLOURS
    assert {name for name, _part in fields} <= known
    inks = re.findall(r"(?:^|[\s;{])(?:selection-)?color: ?\{?\{(\w+)", SHEET)
    assert len(inks) > 10
    assert set(inks) <= {pair.name for pair in Pair}
    whole = [name for name, part in fields if not part and name in known - NOT_COLOURS]
    assert set(whole) <= {pair.name for pair in Pair}


def test_nothing_in_the_window_keeps_a_colour_of_its_own():
    """An item's own colour would outlive a change of palette: it is given a pair."""
    kept = re.compile(r"set(?:Fore|Back)ground\(")
    assert [file.name for file in UI.rglob("*.py") if kept.search(file.read_text(encoding="utf-8"))] == []


def test_the_palette_under_the_sheet_is_readable(look):
    palette, role, group = colours.palette(), QPalette.ColorRole, QPalette.ColorGroup
    for ink, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
    ):
        for state in (group.Active, group.Inactive, group.Disabled):
            assert contrast(palette.color(state, ink), palette.color(state, ground)) >= 4.5, (ink, state)


def test_the_pictures_of_the_sheet_can_be_seen_where_they_stand(look):
    """Arrows on fields, the tick on the accent."""
    pictures = re.findall(r'url\("([^"]+)"\)', sheet())
    assert len(pictures) == 4
    for picture in pictures:
        file = Path(picture)
        drawn = QColor(re.search(r'stroke="(#\w{6})"', file.read_text(encoding="utf-8"))[1])
        ground = Stroke.DONE.ink if file.name.startswith("tick") else Pair.PLAIN.ground
        assert contrast(drawn, ground) >= 4.5, file.name


def test_scroll_bars_are_styled_whole():
    style = sheet()
    assert all(part in style for part in ("QScrollBar:vertical", "QScrollBar:horizontal", "QScrollBar::add-line"))


def test_the_system_is_followed():
    def seen(ink: str, ground: str, scheme: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> Look:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(ink))
        palette.setColor(QPalette.ColorRole.Window, QColor(ground))
        return system_look(palette, scheme)

    assert seen("#000000", "#efefef") is Look.LIGHT  # Fusion where nothing is known
    assert seen("#232629", "#eff0f1") is Look.LIGHT  # Breeze
    assert seen("#ffffff", "#353535") is Look.DARK
    assert seen("#000000", "#efefef", Qt.ColorScheme.Dark) is Look.DARK
    assert seen("#000000", "#ffffff") is Look.HIGH
    assert seen("#ffffff", "#000000") is Look.HIGH_DARK
    assert [choice_of(name) for name in ("dark", "", "DARK", "none")] == [Choice.DARK, *[Choice.SYSTEM] * 3]


def test_a_system_that_turns_dark_is_followed_and_a_choice_is_not_overruled(qapp, monkeypatch):
    hints = QGuiApplication.styleHints()
    told = {"now": Qt.ColorScheme.Dark}
    monkeypatch.setattr("ui.theme.wearing._scheme", lambda: told["now"])
    try:
        dress(qapp)
        assert colours.worn() is Look.DARK
        told["now"] = Qt.ColorScheme.Light
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
        assert colours.worn() is Look.LIGHT
        dress(qapp, choice=Choice.HIGH)
        told["now"] = Qt.ColorScheme.Dark
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        assert colours.worn() is Look.HIGH
    finally:
        monkeypatch.undo()
        dress(qapp)


def test_another_palette_counts_at_once_everywhere_and_is_remembered(clerk, qapp):
    """Without a restart: the sheet, what is painted, the items of tables, the icons, and the words of the help."""
    window = clerk.window
    window.asking.help("rules")  # the topic without pictures
    window.go("settings")
    card = window.settings.looks
    before = shots(window)
    try:
        card.colours_choice.setCurrentIndex(card.colours_choice.findData("dark"))
        card.colours_choice.activated.emit(card.colours_choice.currentIndex())
        assert window.session.remembered.text("colours") == "dark"
        after = shots(window)
        for name, image in after.items():
            assert light_part(image) < 0.25, name
            assert light_part(before[name]) > 0.6, name
        assert window.buttons["fill"].icon().pixmap(22).toImage() != before_icon(window)
        card.show_values()
        assert card.colours_choice.currentData() == "dark"
    finally:
        dress(qapp)


def before_icon(window) -> QImage:
    """The icon as it is in the light palette."""
    dress(QApplication.instance(), choice=Choice.LIGHT)
    return window.buttons["fill"].icon().pixmap(22).toImage()


def shots(window) -> dict[str, QImage]:
    found = {}
    for page in ("fill", "check", "history", "plan", "settings"):
        window.go(page)
        for _turn in range(3):
            QApplication.processEvents()
        found[page] = window.grab().toImage()
    found["help"] = window.asking._help.text.grab().toImage()
    return found


def light_part(image: QImage) -> float:
    """Which part of a picture is light, looked at in every seventh point of every seventh line."""
    places = [(x, y) for y in range(0, image.height(), 7) for x in range(0, image.width(), 7)]
    return sum(image.pixelColor(x, y).lightnessF() > 0.5 for x, y in places) / len(places)


def test_every_light_has_its_own_shape_and_word(look):
    assert len(set(_SHAPES.values())) == len(Light) == len(set(LIGHT_WORDS.values()))
    assert len(set(SEVERITY_SIGNS.values())) == len(Severity)
    outlines = {drawn(light) for light in Light}
    assert len(outlines) == len(Light)


def drawn(light: Light) -> bytes:
    """The light without its colours: only where its shape is, and where its mark."""
    image = QImage(34, 34, QImage.Format.Format_ARGB32)
    image.fill(Pair.PLAIN.ground)
    painter = QPainter(image)
    paint_light(painter, QRectF(0, 0, 34, 34), light)
    painter.end()
    grounds = Pair.PLAIN.ground
    return bytes(
        contrast(image.pixelColor(x, y), grounds) > 2 for y in range(image.height()) for x in range(image.width())
    )


def test_what_is_really_on_the_screen_can_be_read(clerk, qapp):
    """Every label and button of every page in every palette, by its pixels."""
    window, poor, seen = clerk.window, set(), 0
    window.session.messages.note("一条提示")
    try:
        for page in ("month", "fill", "check", "send", "history", "plan", "settings"):
            window.go(page)
            for look in Look:
                dress(qapp, choice=Choice(look.value))
                settle(3)
                shot = window.grab().toImage()
                for widget in visible(window, QLabel, QAbstractButton):
                    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
                    if not widget.text() or widget.visibleRegion().boundingRect().size() != widget.size():
                        continue
                    seen += 1
                    if (off := stands_off(shot, box)) < 4.5:
                        poor.add((look, page, widget.objectName(), widget.text()[:20], round(off, 1)))
    finally:
        dress(qapp)
    assert seen > 600
    assert poor == set()


def stands_off(image: QImage, box: QRect) -> float:
    """How far the strokes of what is written stand off the colour that most points of a box have, as a contrast."""
    points = Counter(image.copy(box).convertToFormat(QImage.Format.Format_RGB32).constBits().cast("I"))
    ground = QColor(points.most_common(1)[0][0])
    return max(contrast(QColor(point), ground) for point in points)


def test_our_icons_are_single_lines_that_can_be_coloured():
    for name in assets.names("icons", ".svg"):
        text = assets.read_text("icons", name)
        colours_in_it = set(re.findall(r"#[0-9a-f]{6}", text))
        assert len(colours_in_it) == 1 or name == "yuebao.svg", name
