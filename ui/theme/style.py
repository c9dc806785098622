"""The style sheet over Fusion: short, flat, one accent. Sizes in px are logical and scale with the screen."""

import re

from PySide6.QtWidgets import QApplication

from desktop_app import assets
from ui.theme import colours
from ui.theme.fonts import interface_font

SIZES = (100, 110, 120, 135, 150)  # percent of the usual letters
FITS = 120  # percent up to which every page fits 1366 x 768 in both languages

SHEET = """
QWidget {{ color: {INK}; }}
#header, #nav, #card, #listing, QScrollArea#form, QScrollArea#form > QWidget > QWidget {{ background: {PAPER}; }}
#header {{ border-bottom: 1px solid {LINE}; }}
#nav {{ border-right: 1px solid {LINE}; }}
#banner {{ background: {AMBER_SOFT}; color: {AMBER}; border-bottom: 1px solid {AMBER_LINE}; padding: 2px 14px; }}
#card {{ border: 1px solid {LINE}; border-radius: 6px; }}
#title {{ font-size: 15pt; font-weight: bold; }}
#subtitle {{ font-size: 12pt; font-weight: bold; }}
#muted {{ color: {MUTED}; }}
#unit {{ font-size: 12pt; font-weight: bold; }}

#badge, #badgeWarn, #badgeBad, #badgeGood, #sample {{ border-radius: 9px; padding: 2px 10px; }}
#badge {{ background: {GREY_SOFT}; color: {INK}; }}
#badgeGood {{ background: {ACCENT_SOFT}; color: {ACCENT}; }}
#badgeWarn {{ background: {AMBER_SOFT}; color: {AMBER}; border: 1px solid {AMBER_LINE}; }}
#badgeBad {{ background: {RED_SOFT}; color: {RED}; border: 1px solid {RED_LINE}; }}
#example {{ background: {ACCENT_SOFT}; border-radius: 4px; padding: 6px 10px; }}
#sample {{ background: {BLUE_SOFT}; color: {BLUE}; font-weight: bold; }}

QPushButton {{ background: {PAPER}; border: 1px solid {FIELD_LINE}; border-radius: 5px; padding: 5px 12px; }}
QPushButton:hover {{ background: {ACCENT_SOFT}; border-color: {ACCENT}; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 4px 11px; }}
QPushButton:disabled {{ color: {MUTED}; border-color: {LINE}; background: {GROUND}; }}
QPushButton#primary {{ background: {ACCENT}; color: {PAPER}; border-color: {ACCENT}; font-weight: bold; }}
QPushButton#primary:hover, QPushButton#primary:pressed {{ background: {ACCENT_DARK}; }}
QPushButton#primary:focus {{ border: 2px solid {INK}; }}
QPushButton#primary:disabled {{ background: {GREY_SOFT}; color: {MUTED}; border-color: {LINE}; }}
QPushButton#chip {{ border-radius: 11px; padding: 2px 9px; border-color: {LINE}; }}
QPushButton#chip:checked {{ background: {ACCENT_SOFT}; color: {ACCENT}; border-color: {ACCENT}; font-weight: bold; }}
QPushButton#chip:focus {{ border: 2px solid {ACCENT}; padding: 1px 8px; }}
QPushButton#step {{ text-align: left; padding: 8px 12px; }}
QToolButton#nav {{ border: 0; border-left: 4px solid transparent; padding: 9px 6px 9px 10px; font-size: 11.5pt;
    background: {PAPER}; }}
QToolButton#nav:hover {{ background: {GROUND}; }}
QToolButton#nav:checked {{ background: {ACCENT_SOFT}; color: {ACCENT}; border-left-color: {ACCENT};
    font-weight: bold; }}
QToolButton#nav:focus {{ border: 2px solid {ACCENT}; }}
QToolButton#plain {{ border: 0; padding: 2px; }}
QToolButton#plain:focus, QToolButton#plain:hover {{ border: 1px solid {ACCENT}; border-radius: 3px; }}

QLineEdit, QPlainTextEdit, QComboBox {{ background: {PAPER}; border: 1px solid {FIELD_LINE}; border-radius: 4px;
    padding: 3px 6px; selection-background-color: {ACCENT}; selection-color: {PAPER}; }}
QLineEdit, QComboBox {{ min-height: 21px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {ACCENT}; padding: 2px 5px; }}
QLineEdit:read-only, QPlainTextEdit:read-only, QComboBox:disabled {{ background: {GROUND}; border-color: {LINE}; }}
QLineEdit[refused="true"], QPlainTextEdit[refused="true"] {{ border: 2px solid {RED}; padding: 2px 5px; }}
QPlainTextEdit[borrowed="true"] {{ color: {MUTED}; background: {GROUND}; border: 1px dashed {FIELD_LINE}; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow {{ image: url("{icons}/chevron-down.svg"); width: 13px; height: 13px; }}
QComboBox QAbstractItemView {{ background: {PAPER}; border: 1px solid {FIELD_LINE}; outline: 0;
    selection-background-color: {ACCENT_SOFT}; selection-color: {INK}; }}
QCheckBox::indicator, QListWidget::indicator {{ width: 16px; height: 16px; border: 1px solid {FIELD_LINE};
    border-radius: 3px; background: {PAPER}; }}
QCheckBox::indicator:checked, QListWidget::indicator:checked {{ background: {ACCENT}; border-color: {ACCENT};
    image: url("{icons}/tick-white.svg"); }}
QCheckBox::indicator:focus {{ border: 2px solid {ACCENT}; }}

QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {FIELD_LINE}; border-radius: 9px;
    background: {PAPER}; }}
QRadioButton::indicator:checked {{ background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
    stop:0 {ACCENT}, stop:0.52 {ACCENT}, stop:0.6 {PAPER}, stop:1 {PAPER}); border-color: {ACCENT}; }}
QRadioButton::indicator:focus {{ border: 2px solid {ACCENT}; width: 14px; height: 14px; }}
QSpinBox {{ background: {PAPER}; border: 1px solid {FIELD_LINE}; border-radius: 4px; padding: 3px 22px 3px 6px;
    min-height: 21px; selection-background-color: {ACCENT}; selection-color: {PAPER}; }}
QSpinBox:focus {{ border: 2px solid {ACCENT}; padding: 2px 21px 2px 5px; }}
QSpinBox::up-button, QSpinBox::down-button {{ subcontrol-origin: border; width: 20px; border: 0; }}
QSpinBox::up-button {{ subcontrol-position: top right; }}
QSpinBox::down-button {{ subcontrol-position: bottom right; }}
QSpinBox::up-arrow {{ image: url("{icons}/chevron-up.svg"); width: 11px; height: 11px; }}
QSpinBox::down-arrow {{ image: url("{icons}/chevron-down.svg"); width: 11px; height: 11px; }}
QHeaderView::section {{ background: {GROUND}; color: {MUTED}; border: 0; border-bottom: 1px solid {LINE};
    padding: 4px 6px; }}

QAbstractItemView {{ background: {PAPER}; border: 1px solid {LINE}; border-radius: 4px; outline: 0;
    selection-background-color: {ACCENT_SOFT}; selection-color: {INK}; }}
QAbstractItemView:focus {{ border: 2px solid {ACCENT}; }}
QScrollArea {{ border: 0; background: {GROUND}; }}
QScrollArea#pages {{ border: 1px solid {LINE}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 1px; }}
QScrollBar::handle {{ background: #aab5ba; border-radius: 4px; }}
QScrollBar::handle:vertical {{ min-height: 30px; }}
QScrollBar::handle:horizontal {{ min-width: 30px; }}
QScrollBar::handle:hover {{ background: {FIELD_LINE}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
QProgressBar {{ border: 0; border-radius: 4px; background: {GREY_SOFT}; max-height: 8px; }}
QProgressBar::chunk {{ background: {ACCENT}; border-radius: 4px; }}
QToolTip {{ background: {INK}; color: {PAPER}; border: 0; padding: 4px 6px; }}

#raw {{ background: {GROUND}; border: 1px solid {LINE}; border-radius: 4px; }}
QLabel#raw {{ padding: 6px 8px; }}
#reading {{ border-top: 1px solid {LINE}; }}
#columnHead {{ color: {MUTED}; font-weight: bold; }}
#message {{ border-radius: 5px; }}
#message[kind="good"] {{ background: {ACCENT_SOFT}; border: 1px solid {ACCENT}; }}
#message[kind="bad"] {{ background: {RED_SOFT}; border: 1px solid {RED_LINE}; }}
#message[kind="note"] {{ background: {AMBER_SOFT}; border: 1px solid {AMBER_LINE}; }}
#finding {{ border-radius: 4px; }}
#finding[severity="error"] {{ background: {RED_SOFT}; }}
#finding[severity="error"] QLabel {{ color: {RED}; }}
#finding[severity="warning"] {{ background: {AMBER_SOFT}; }}
#finding[severity="warning"] QLabel {{ color: {AMBER}; }}
#finding[severity="hint"] {{ background: {BLUE_SOFT}; }}
#finding[severity="hint"] QLabel {{ color: {BLUE}; }}
#saveMark[state="saved"] {{ color: {ACCENT}; }}
#saveMark[state="typing"] {{ color: {MUTED}; }}
#saveMark[state="unsaved"] {{ background: {RED_SOFT}; color: {RED}; border: 1px solid {RED_LINE}; border-radius: 9px;
    padding: 2px 10px; font-weight: bold; }}
"""


def sheet(percent: int = SIZES[0]) -> str:
    """The style sheet with its colours and pictures filled in, its letters in this size."""
    names = {name: value for name, value in vars(colours).items() if name.isupper() and isinstance(value, str)}
    made = SHEET.format(icons=assets.path("icons").as_posix(), **names)
    return re.sub(r"([\d.]+)pt\b", lambda size: f"{float(size[1]) * percent / 100:g}pt", made)


def dress(application: QApplication, percent: int = SIZES[0]) -> None:
    """Give the program its face: Fusion, palette, font, style sheet; `percent` is the size of the letters."""
    application.setStyleSheet("")  # under a sheet each of the next three would repaint every widget of an open window
    application.setStyle("Fusion")
    application.setPalette(colours.palette())
    face = interface_font()
    face.setPointSizeF(face.pointSizeF() * percent / 100)
    application.setFont(face)
    application.setStyleSheet(sheet(percent))
