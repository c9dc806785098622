"""The style sheet over Fusion: short, flat, one accent. Sizes in px are logical and scale with the screen."""

import re
from functools import partial

from PySide6.QtWidgets import QApplication

from desktop_app import assets
from ui.theme import colours
from ui.theme.colours import Hairline, Pair, Stroke
from ui.theme.fonts import interface_font
from ui.theme.wearing import WEARING, Choice, look_of

SIZES = (100, 110, 120, 135, 150)  # percent of the usual letters
FITS = 120  # percent up to which every page fits 1366 x 768 in both languages

LOW = 21  # px: what a field is high inside, at the usual size of letters

SHEET = """
QWidget {{ color: {PLAIN:ink}; }}
#header, #nav, #card, #listing, QScrollArea#form, QScrollArea#form > QWidget > QWidget {{
    background: {PLAIN:ground}; }}
#header {{ border-bottom: 1px solid {LINE:ink}; }}
#nav {{ border-right: 1px solid {LINE:ink}; }}
#banner {{ {WARN}; border-bottom: 1px solid {HAIR_WARN:ink}; padding: 2px 14px; }}
#card {{ border: 1px solid {LINE:ink}; border-radius: 6px; }}
#title {{ font-size: 15pt; font-weight: bold; }}
#subtitle {{ font-size: 12pt; font-weight: bold; }}
#muted {{ color: {QUIET:ink}; }}
#unit {{ font-size: 12pt; font-weight: bold; }}

#badge, #badgeWarn, #badgeBad, #badgeGood, #sample {{ border-radius: 9px; padding: 2px 10px; }}
#badge {{ {BADGE}; }}
#badgeGood {{ {GOOD}; }}
#badgeWarn {{ {WARN}; border: 1px solid {HAIR_WARN:ink}; }}
#badgeBad {{ {BAD}; border: 1px solid {HAIR_BAD:ink}; }}
#example {{ {CHOSEN}; border-radius: 4px; padding: 6px 10px; }}
#sample {{ {NOTE}; font-weight: bold; }}

QPushButton {{ background: {PLAIN:ground}; border: 1px solid {EDGE:ink}; border-radius: 5px; padding: 5px 12px; }}
QPushButton:hover {{ background: {CHOSEN:ground}; border-color: {FOCUS:ink}; }}
QPushButton:focus {{ border: 2px solid {FOCUS:ink}; padding: 4px 11px; }}
QPushButton:disabled {{ {HEADING}; border-color: {LINE:ink}; }}
QPushButton#primary {{ {FILLED}; border-color: {FILLED:ground}; font-weight: bold; }}
QPushButton#primary:hover, QPushButton#primary:pressed {{ {FILLED_STRONG}; }}
QPushButton#primary:focus {{ border: 2px solid {FOCUS_FILLED:ink}; }}
QPushButton#primary:disabled {{ {IDLE}; border-color: {LINE:ink}; }}
QPushButton#chip {{ border-radius: 11px; padding: 2px 9px; border-color: {LINE:ink}; }}
QPushButton#chip:checked {{ {GOOD}; border-color: {FOCUS:ink}; font-weight: bold; }}
QPushButton#chip:focus {{ border: 2px solid {FOCUS:ink}; padding: 1px 8px; }}
QPushButton[step="true"] {{ text-align: left; padding: 8px 12px; }}
QPushButton[step="true"]:focus {{ padding: 7px 11px; }}
QPushButton#nav {{ border: 0; border-left: 4px solid transparent; border-radius: 0; text-align: left;
    padding: 9px 6px 9px 10px; font-size: 11.5pt;
    background: {PLAIN:ground}; }}
QPushButton#nav:hover {{ background: {HEADING:ground}; }}
QPushButton#nav:checked {{ {GOOD}; border-left-color: {FOCUS:ink};
    font-weight: bold; }}
QPushButton#nav:focus {{ border: 2px solid {FOCUS:ink}; }}
QToolButton#plain {{ border: 0; padding: 2px; }}
QToolButton#plain:focus, QToolButton#plain:hover {{ border: 1px solid {FOCUS:ink}; border-radius: 3px; }}

QLineEdit, QPlainTextEdit, QComboBox {{ background: {PLAIN:ground}; border: 1px solid {EDGE:ink}; border-radius: 4px;
    padding: 3px 6px; selection-background-color: {FILLED:ground}; selection-color: {FILLED:ink}; }}
QLineEdit, QComboBox {{ min-height: {low}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {FOCUS:ink}; padding: 2px 5px; }}
QLineEdit:read-only, QPlainTextEdit:read-only, QComboBox:disabled {{ background: {ON_GROUND:ground};
    border-color: {LINE:ink}; }}
QLineEdit[refused="true"], QPlainTextEdit[refused="true"] {{ border: 2px solid {REFUSED:ink}; padding: 2px 5px; }}
QPlainTextEdit[borrowed="true"] {{ {HEADING}; border: 1px dashed {EDGE:ink}; }}
QComboBox {{ padding-right: 22px; }}
QComboBox:focus {{ padding-right: 21px; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow {{ image: url("{icons}/chevron-down-{tone}.svg"); width: 13px; height: 13px; }}
QComboBox QAbstractItemView {{ background: {PLAIN:ground}; border: 1px solid {EDGE:ink}; outline: 0;
    selection-background-color: {CHOSEN:ground}; selection-color: {CHOSEN:ink}; }}
QCheckBox::indicator, QListWidget::indicator {{ width: 16px; height: 16px; border: 1px solid {EDGE:ink};
    border-radius: 3px; background: {PLAIN:ground}; }}
QCheckBox::indicator:checked, QListWidget::indicator:checked {{ background: {DONE:ink}; border-color: {FOCUS:ink};
    image: url("{icons}/tick-{tick}.svg"); }}
QCheckBox::indicator:focus {{ border: 2px solid {FOCUS:ink}; }}
QCheckBox::indicator:checked:focus {{ border: 2px solid {FOCUS_FILLED:ink}; }}

QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {EDGE:ink}; border-radius: 9px;
    background: {PLAIN:ground}; }}
QRadioButton::indicator:checked {{ background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
    stop:0 {DONE:ink}, stop:0.52 {DONE:ink}, stop:0.6 {DONE:ground}, stop:1 {DONE:ground});
    border-color: {FOCUS:ink}; }}
QRadioButton::indicator:focus {{ border: 2px solid {FOCUS:ink}; width: 14px; height: 14px; }}
QSpinBox {{ background: {PLAIN:ground}; border: 1px solid {EDGE:ink}; border-radius: 4px; padding: 3px 22px 3px 6px;
    min-height: {low}px; selection-background-color: {FILLED:ground}; selection-color: {FILLED:ink}; }}
QSpinBox:focus {{ border: 2px solid {FOCUS:ink}; padding: 2px 21px 2px 5px; }}
QSpinBox::up-button, QSpinBox::down-button {{ subcontrol-origin: border; width: 20px; border: 0; }}
QSpinBox::up-button {{ subcontrol-position: top right; }}
QSpinBox::down-button {{ subcontrol-position: bottom right; }}
QSpinBox::up-arrow {{ image: url("{icons}/chevron-up-{tone}.svg"); width: 11px; height: 11px; }}
QSpinBox::down-arrow {{ image: url("{icons}/chevron-down-{tone}.svg"); width: 11px; height: 11px; }}
QHeaderView::section {{ {HEADING}; border: 0; border-bottom: 1px solid {LINE:ink};
    padding: 4px 6px; }}

QListWidget::item {{ padding: 2px 4px; }}
QTableView::item {{ border-bottom: 1px solid {LINE:ink}; padding: 3px 4px; }}
QAbstractItemView {{ background: {PLAIN:ground}; border: 1px solid {LINE:ink}; border-radius: 4px; outline: 0;
    selection-background-color: {CHOSEN:ground}; selection-color: {CHOSEN:ink}; }}
QAbstractItemView:focus {{ border: 2px solid {FOCUS:ink}; }}
QScrollArea {{ border: 0; background: {HEADING:ground}; }}
QScrollArea#pages {{ border: 1px solid {LINE:ink}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 1px; }}
QScrollBar::handle {{ background: {EDGE:ink}; border-radius: 4px; }}
QScrollBar::handle:vertical {{ min-height: 30px; }}
QScrollBar::handle:horizontal {{ min-width: 30px; }}
QScrollBar::handle:hover {{ background: {ARROW:ink}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
QProgressBar {{ border: 0; border-radius: 4px; background: {IDLE:ground}; max-height: 8px; }}
QProgressBar::chunk {{ background: {DONE:ink}; border-radius: 4px; }}
QToolTip {{ {TIP}; border: 0; padding: 4px 6px; }}

#raw {{ background: {HEADING:ground}; border: 1px solid {LINE:ink}; border-radius: 4px; }}
QLabel#raw {{ padding: 6px 8px; }}
#reading {{ border-top: 1px solid {LINE:ink}; }}
#columnHead {{ color: {QUIET:ink}; font-weight: bold; }}
#message {{ border-radius: 5px; }}
#message[kind="good"] {{ background: {CHOSEN:ground}; border: 1px solid {FOCUS:ink}; }}
#message[kind="bad"] {{ background: {SAID_BAD:ground}; border: 1px solid {HAIR_BAD:ink}; }}
#message[kind="note"] {{ background: {SAID_WARN:ground}; border: 1px solid {HAIR_WARN:ink}; }}
#finding {{ border-radius: 4px; }}
#finding[severity="error"] {{ background: {BAD:ground}; }}
#finding[severity="error"] QLabel {{ color: {BAD:ink}; }}
#finding[severity="warning"] {{ background: {WARN:ground}; }}
#finding[severity="warning"] QLabel {{ color: {WARN:ink}; }}
#finding[severity="hint"] {{ background: {NOTE:ground}; }}
#finding[severity="hint"] QLabel {{ color: {NOTE:ink}; }}
#saveMark[state="saved"] {{ color: {ACCENT:ink}; }}
#saveMark[state="typing"] {{ color: {QUIET:ink}; }}
#saveMark[state="unsaved"] {{ {BAD}; border: 1px solid {HAIR_BAD:ink}; border-radius: 9px;
    padding: 2px 10px; font-weight: bold; }}
"""


def sheet(percent: int = SIZES[0]) -> str:
    """The style sheet with the colours that are on and pictures filled in, its letters in this size."""
    names = {each.name: each for kind in (Pair, Stroke, Hairline) for each in kind}
    tone, tick = ("light", "black") if colours.dark() else ("dark", "white")
    made = SHEET.format(icons=assets.path("icons").as_posix(), tone=tone, tick=tick, low=LOW * percent // 100, **names)
    return re.sub(r"([\d.]+)pt\b", lambda size: f"{float(size[1]) * percent / 100:g}pt", made)


def dress(application: QApplication, percent: int = SIZES[0], choice: Choice = Choice.SYSTEM) -> None:
    """Give a program that draws in Fusion its face: palette, font, style sheet; `percent` is the size of letters."""
    application.setStyleSheet("")  # under a sheet each of the next two would repaint every widget of an open window
    colours.wear(look_of(choice, application))
    application.setPalette(colours.palette())
    face = interface_font()
    face.setPointSizeF(face.pointSizeF() * percent / 100)
    application.setFont(face)
    application.setStyleSheet(sheet(percent))
    WEARING.follow(partial(dress, application, percent, choice) if choice is Choice.SYSTEM else None)
    WEARING.changed.emit()
