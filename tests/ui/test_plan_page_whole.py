"""Every state of the 计划 page, in either language: nothing cut, nothing mixed, everything by keyboard."""

import gettext
import io
import re

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel

from desktop_app import assets, language
from desktop_app.desk import plan_in_force, settle_plan, take_plan
from tests.ui.test_seen_and_read import cut, visible
from ui import background
from ui.dialogs.plan_dates_dialog import PlanDatesDialog
from ui.dialogs.take_plan_dialog import TakePlanDialog
from ui.pages.plan_tasks import Choice

HANZI = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(params=["zh", "en"])
def spoken(request, monkeypatch):
    """Either language, English straight from its .po: the .mo is a build product."""
    if request.param == "en":
        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(assets.read_bytes("translations", "en.po")), locale="en"))
        compiled.seek(0)
        monkeypatch.setattr(language, "_chosen", gettext.GNUTranslations(compiled))
    return request.param


@pytest.fixture
def page(spoken, clerk, qtbot):
    """The page in the language of the test, built after that was chosen."""
    clerk.window.session.desk.actor = "王喆"
    clerk.window.go("plan")
    qtbot.waitUntil(clerk.window.isActiveWindow)
    return clerk.window.plan


def reword(book, old, new):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace(old, new)


@pytest.fixture
def take(page, clerk, samples, tmp_path):
    """Take the sample table with words changed, through the dialog; `seen` looks at the dialog first."""

    def go(*pairs, seen=lambda dialog: None):
        book = load_workbook(samples / "plan-2023-sample.xlsx")
        for old, new in pairs:
            reword(book, old, new)
        file = tmp_path / "任务表.xlsx"
        book.save(file)
        session = clerk.window.session
        found = take_plan.reading(session.desk, file).read()
        dialog = TakePlanDialog(
            session, lambda day: take_plan.look_at(session.desk, found, effective=day), clerk.window
        )
        dialog.show()
        settle()
        seen(dialog)
        dialog.take()
        background.wait()
        settle()
        page.taken(dialog.taken)
        dialog.deleteLater()
        clerk.window.activateWindow()
        settle()

    return go


def settle():
    for _turn in range(4):
        QApplication.processEvents()


def whole(window):
    """Nothing in the window shows less than its text, and nothing is wider than the screen."""
    settle()
    found = visible(window, QLabel, QAbstractButton)
    assert len(found) > 6
    assert [widget.text() for widget in found if cut(widget)] == []
    if not isinstance(window, QDialog):
        assert window.minimumSizeHint().width() <= 1366


def english(window, spoken):
    """In English no button is Chinese, but for answers that name units; those are names."""
    if spoken == "zh":
        return
    names = {unit.short_name for unit in window.session.desk.directory.units}
    for widget in visible(window, QAbstractButton):
        text = widget.text()
        assert not HANZI.search(text) or set(text.split("、")) <= names, text


def test_as_it_opens_and_through_every_view(page, clerk, spoken):
    for view in page.views:
        page.show_view(view)
        whole(clerk.window)
        english(clerk.window, spoken)


def test_a_task_its_editors_and_what_was_settled(page, clerk, spoken):
    page.show_view("tasks")
    page.tasks.choose("2-3")
    for field in page.tasks.card.fields.values():
        field.open_editor()
        whole(clerk.window)
        if field.choice.count():
            words = [field.choice.itemText(place) for place in range(field.choice.count())]
            assert spoken == "zh" or not any(map(HANZI.search, words))
            assert field.choice.currentData() == field._before
        field.close_editor()
    page.tasks.card.fields["deadline"].open_editor()
    page.tasks.card.fields["deadline"].line.setText("尽快")
    page.tasks.card.fields["deadline"].take()
    whole(clerk.window)
    desk = clerk.window.session.desk
    settle_plan.correct(desk, "2-3", "deadline", "11月15日前")
    settle_plan.correct(desk, "2-3", "key", "否")
    settle_plan.confirm(desk, ["2-4"])
    settle_plan.answer(desk, "6-1.110105", "≤31")
    clerk.window.session.refresh()
    for task in ("2-3", "2-4"):
        page.tasks.choose(task)
        whole(clerk.window)
    page.show_view("indicators")
    whole(clerk.window)
    assert page.indicators.table.item(0, 1).text() == "≤32"  # the table's own figure, beside the one put right
    assert page.indicators.back.isVisible()
    page.indicators.back.setFocus()
    clerk.press(Qt.Key.Key_Space)
    assert not page.indicators.back.isVisible()
    assert "31" not in page.indicators.table.item(0, 2).text()


def test_a_revision_with_questions_and_several_plans(page, clerk, spoken, take):
    take(("各区政府（含北京经济技术开发区管委会）", "相关区政府、市某某中心"), ("9月底前", "2月30日前"), seen=whole)
    assert len(plan_in_force.all_plans(clerk.window.session.desk)) == 2
    kinds = {}
    for question in page.plan.open_questions:
        kinds.setdefault(question.kind, question.id)
    assert {"owners", "deadline", "unknown_unit"} <= set(kinds)
    for key in kinds.values():
        page.questions.choose(key)
        whole(clerk.window)
        english(clerk.window, spoken)
        if spoken == "en":
            question = page.questions.card.question
            assert not HANZI.search(question.words.replace(question.subject, ""))
    page.questions.card.line.setText("尽快")
    page.questions.card.own.setChecked(True)
    page.questions.card.take()
    whole(clerk.window)


def test_next_year_with_answers_on_offer(page, clerk, spoken, take):
    settle_plan.answer(clerk.window.session.desk, "1-16-owners", "各区政府（16个区）")
    clerk.window.session.refresh()
    page.show_view("questions")
    page.questions.choose("1-16-owners")
    whole(clerk.window)
    assert (spoken == "en") == ("All districts (16)" in page.questions.card.done.text())
    take(("2023", "2024"), seen=whole)
    offered = next(each for each in page.plan.open_questions if each.offered)
    page.questions.choose(offered.id)
    whole(clerk.window)
    assert page.questions.card.offer_box.isVisible()
    assert page.head.other.isVisible()
    english(clerk.window, spoken)


def test_the_dates_of_a_plan(page, clerk):
    dialog = PlanDatesDialog(clerk.window.session, page.plan, clerk.window)
    dialog.show()
    whole(dialog)
    dialog.effective.line.setText("2023-6-1")
    dialog.repealed.line.setText("2023-1-1")
    dialog.save()
    whole(dialog)
    dialog.reject()


def test_questions_are_answered_by_keyboard_alone(page, clerk, spoken):
    """Arrow to a choice, Enter; what was answered, by whom and when stands beside the question afterwards."""
    page.show_view("questions")
    page.focus_first()
    first = page.questions.chosen
    clerk.press(Qt.Key.Key_Space)
    clerk.press(Qt.Key.Key_Return)
    assert page.questions.chosen != first
    settled = next(each for each in page.plan.questions if each.id == first)
    assert settled.answer == settled.choices[0]
    decision = next(each for each in page.plan.decisions if each.id == first)
    assert (decision.by, decision.at is not None) == ("王喆", True)
    page.questions.choose(first)
    shown = page.questions.card.done.text()
    assert "王喆" in shown
    assert f"{decision.at:%Y-%m-%d %H:%M}" in shown


def test_key_tasks_and_obligations_are_found(page, clerk, take):
    tasks = page.tasks
    page.show_view("tasks")
    tasks.chips[Choice.KEY].click()
    lines = [tasks.model.line_at(place) for place in range(tasks.model.rowCount())]
    heads = [line.head for line in lines if line is not None]
    assert heads
    assert all("★" in head for head in heads)
    settle_plan.correct(clerk.window.session.desk, "2-8", "obligation", "特色任务")
    clerk.window.session.refresh()
    tasks.chips[Choice.EVERY].click()
    word = language._("特色任务")
    tasks.search.setText(word)
    lines = [tasks.model.line_at(place) for place in range(tasks.model.rowCount())]
    assert [line.key for line in lines if line is not None] == ["2-8"]
    clerk.window.go("fill")
    clerk.window.fill.choose("2-8")
    assert word in clerk.window.fill.form.head.facts.text()
