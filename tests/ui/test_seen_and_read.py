"""What eyes and screen readers get: whole labels on a small screen, names for all that takes focus."""

import gettext
import io

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop_app import assets, language

PAGES = ("month", "fill", "check", "send", "history", "plan", "settings")


def visible(window: QWidget, *kinds: type) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if isinstance(widget, kinds) and widget.isVisible()]


def cut(widget: QWidget) -> bool:
    """Whether a label or button shows less than its text."""
    if not widget.text():
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    return widget.width() < widget.sizeHint().width() or widget.height() < widget.fontMetrics().height()


@pytest.fixture(params=["zh", "en"])
def spoken(request, monkeypatch):
    """Either language, English straight from its .po: the .mo is a build product."""
    if request.param == "en":
        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(assets.read_bytes("translations", "en.po")), locale="en"))
        compiled.seek(0)
        monkeypatch.setattr(language, "_chosen", gettext.GNUTranslations(compiled))
    return request.param


def test_a_combo_box_is_wide_enough_for_every_status(clerk):
    clerk.window.go("fill")
    status = clerk.window.fill.form.status
    words = [status.itemText(place) for place in range(status.count())]
    assert status.width() >= max(QFontMetrics(status.font()).horizontalAdvance(word) for word in words) + 40


def name_of(widget: QWidget) -> str:
    """The accessible name, else the name of the label that belongs to it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    name = interface.text(QAccessible.Text.Name)
    labels = [
        other.text(QAccessible.Text.Name)
        for other, relation in interface.relations()
        if relation == QAccessible.RelationFlag.Label
    ]
    return (labels or [name])[0]


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_takes_focus_has_a_name(page, clerk):
    clerk.window.go(page)
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton, QAbstractItemView)
    found = [
        widget
        for widget in visible(clerk.window, *kinds)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is clerk.window
    ]
    assert len(found) >= 6
    assert [repr(widget) for widget in found if not name_of(widget).strip()] == []


def test_each_field_of_the_form_is_named_by_its_own_label(clerk):
    clerk.window.go("fill")
    clerk.window.fill.choose("2-3")
    for name, box in clerk.window.fill.form.boxes.items():
        if name != "evidence":
            assert name_of(box.field).startswith(box.name), name


def test_no_two_letters_of_the_form_are_the_same(clerk):
    letters = [box.label.text().split("(&")[1][0] for box in clerk.window.fill.form.boxes.values()]
    assert len(letters) == len(set(letters))


def test_only_one_button_of_a_page_is_filled(clerk):
    for page in PAGES:
        clerk.window.go(page)
        shown = [b for b in visible(clerk.window.stack.currentWidget(), QAbstractButton) if b.objectName() == "primary"]
        assert len(shown) == 1, page


def test_the_sample_and_the_banner_are_said_on_every_page(clerk):
    for page in PAGES:
        clerk.window.go(page)
        texts = [label.text() for label in visible(clerk.window, QLabel)]
        assert "示例" in texts
        assert "不得录入涉密信息" in texts


def test_the_due_badge_gives_date_weekday_days_left_and_the_safe_date(clerk):
    assert clerk.window.header.due.text() == "4月6日（周四）截止　·　还有 1 个工作日　·　建议不晚于 4月4日"


def test_the_due_badge_follows_the_reading_of_the_deadline(clerk):
    from desktop_app.desk import settings

    settings.set_due_inclusive(clerk.window.session.desk, inclusive=False)
    clerk.window.session.refresh()
    assert clerk.window.header.due.text() == "须在4月6日（周四）之前报送　·　请今天报送　·　最迟 4月4日"


def test_a_date_without_its_notice_is_called_an_estimate_on_top_of_every_page(clerk):
    from dataclasses import replace

    session = clerk.window.session
    session.view = replace(session.view, due=replace(session.view.due, certain=False))
    session.month_changed.emit()
    assert "估计" in clerk.window.header.due.text()


def test_a_window_in_english_holds_no_chinese_of_its_own(book, qtbot, qapp, monkeypatch):
    """Texts pass through the translation: with one that marks them, no label is left unmarked."""
    from desktop_app.desk import month as months
    from desktop_app.desk.open_book import open_desk
    from ui.main_window import MainWindow
    from ui.messages import Messages
    from ui.session import Session

    class Marking:
        def gettext(self, text):
            return f"«{text}»"

        def info(self):
            return {}

    monkeypatch.setattr(language, "_chosen", Marking())
    desk = open_desk(book)
    window = MainWindow(Session(desk, months.latest_period(desk), Messages()))
    qtbot.addWidget(window)
    window.show()
    plan = window.session.view.plan
    asked = plan.open_questions[0]
    task = plan.task(asked.task)
    kept = (plan.title, asked.where, asked.text, *asked.choices, task.measure, task.deadline.raw)
    plan_words = {desk.unit.short_name, *kept, task.lead_raw, task.owners_raw, task.supporters_raw}
    for page in PAGES:
        window.go(page)
        qapp.processEvents()
        for widget in visible(window, QLabel, QAbstractButton):
            text = widget.text()
            if not any("\u4e00" <= letter <= "\u9fff" for letter in text):
                continue
            if text.partition("　·　")[0] in plan_words:
                continue
            if widget.parent().__class__.__name__ == "TaskHead":  # the plan's own words
                continue
            assert "«" in text, text
    assert QApplication.activeModalWidget() is None
