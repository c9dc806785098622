"""Tables in on the 计划 page: read, looked at beside the one before, taken or not, and what the drafts keep."""

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.desk import plan_in_force, settle_plan
from ui import background
from ui.dialogs.take_plan_dialog import TakePlanDialog

pytestmark = pytest.mark.usefixtures("aside")

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PIPES = "新建改造污水管线"  # measure 3-3, on which the sample book holds words


@pytest.fixture
def page(clerk, qtbot):
    clerk.window.go("plan")
    qtbot.waitUntil(clerk.window.isActiveWindow)
    return clerk.window.plan


@pytest.fixture
def plan(clerk):
    """The plan as the book has it now."""
    return lambda: plan_in_force.current_plan(clerk.window.session.desk)


@pytest.fixture
def revised(samples, tmp_path):
    """The sample table with changes, as the bureau would send it again."""

    def make(edit):
        book = load_workbook(samples / "plan-2023-sample.xlsx")
        edit(book)
        file = tmp_path / "任务表（修订）.xlsx"
        book.save(file)
        return file

    return make


@pytest.fixture
def look(page, clerk, qtbot):
    """Read a table and come back with the dialog that shows what it would change."""

    def read(file):
        page.read(file)
        background.wait()
        qtbot.waitUntil(lambda: clerk.window.findChild(TakePlanDialog) is not None)
        return clerk.window.findChild(TakePlanDialog)

    return read


def reword(book, old, new):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    hits = [cell for cell in cells if isinstance(cell.value, str) and old in cell.value]
    assert hits
    for cell in hits:
        cell.value = cell.value.replace(old, new)


def take(dialog):
    """Until it is in the book."""
    dialog.take()
    background.wait()
    for _turn in range(4):
        QApplication.processEvents()


def without(book, words):
    """Empty the row of a measure."""
    rows = (row for sheet in book for row in sheet.iter_rows())
    row = next(row for row in rows if any(isinstance(cell.value, str) and words in cell.value for cell in row))
    for cell in row:
        if isinstance(cell, Cell):  # a merged one has no value of its own
            cell.value = None


def smaller(book):
    """One target raised, one measure gone."""
    reword(book, "完成50家重点行业企业", "完成60家重点行业企业")
    without(book, PIPES)


def test_earlier_answers_are_offered_and_taken_one_by_one_or_all_at_once(page, clerk, revised, look, qtbot):
    """Next year's table asks the same words again: nothing is taken by itself."""
    desk = clerk.window.session.desk
    clerk.window.session.settle(lambda: settle_plan.answer(desk, "1-16-owners", "门头沟区、怀柔区"))
    dialog = look(revised(lambda book: reword(book, "2023年", "2024年")))
    assert not dialog.revision
    assert any("处有以往答复可以采用" in label.text() for label in dialog.findChildren(QLabel))
    take(dialog)
    assert page.plan.year == 2024
    offered = [each.id for each in page.plan.open_questions if each.offered is not None]
    assert len(offered) > 2
    assert page.questions.card.offer_box.isVisible()
    assert "门头沟区、怀柔区" in page.questions.card.offer_words.text()
    clerk.window.activateWindow()  # what a window manager does when a dialog is gone
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.questions.card.offer)
    clerk.press(Qt.Key.Key_Return)
    assert page.plan.task("1-16").owners == ("110109", "110116")
    page.questions.choose("2-26-owners")
    clerk.press(Qt.Key.Key_Y, ALT)
    assert page.plan.task("2-26").owners == ("110109", "110116")
    assert len(page.plan.decisions) == 2
    page.questions.offers.click()
    assert [each for each in page.plan.open_questions if each.offered is not None] == []
    assert len(page.plan.decisions) == len(offered)


def test_a_revision_is_shown_before_it_is_taken_and_cancelling_changes_nothing(clerk, plan, revised, look):
    before = plan()
    dialog = look(revised(smaller))
    texts = [dialog.list.item(place).text() for place in range(dialog.list.count())]
    assert texts[0] == "取消（1）"
    assert "本单位　3-3" in texts[1]
    assert any("目标：完成50家 → 完成60家" in text for text in texts)
    assert "2023年2月、2023年3月 转到新表" in dialog.moved.text()
    assert dialog.do.text() == "采用新版"
    dialog.cancel.click()
    assert plan() == before
    assert clerk.window.session.view.plan.id == before.id
    assert len(plan_in_force.all_plans(clerk.window.session.desk)) == 1


def test_a_revision_taken_shows_in_the_form_and_the_dropped_task_stays_readable(page, clerk, revised, look):
    window = clerk.window
    words = window.session.view.row("3-3").entry.narrative
    assert words
    take(look(revised(smaller)))
    assert page.plan.revision == 2
    assert page.head.plans.isVisible()
    window.go("fill")
    window.fill.choose("2-3")
    form, tasks = window.fill.form, window.fill.model
    assert "第 2 版调整了　目标：完成50家 → 完成60家" in form.flags.changed.text()
    assert "有调整" in tasks.index(tasks.place_of("2-3")).data()
    last = tasks.rowCount() - 1
    assert tasks.index(last - 1).data() == "不再报的任务（只读）"
    assert "已取消" in tasks.index(last).data()
    window.fill.list.setCurrentIndex(tasks.index(last))
    assert form.head.title.text().startswith("3-3　")
    assert form.texts["narrative"].toPlainText() == words
    assert form.texts["narrative"].isReadOnly()
    assert not form.status.isEnabled()
    assert form.flags.dropped.isVisible()
    form.toggle_nil()
    assert not form.nil.isChecked()


def test_a_change_is_pointed_out_until_the_clerk_has_said_that_it_was_read(clerk, plan, revised, look, qtbot):
    window = clerk.window
    take(look(revised(smaller)))
    window.go("fill")
    window.fill.choose("2-3")
    flags = window.fill.form.flags
    assert flags.altered.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    flags.confirm.setFocus()
    clerk.press(Qt.Key.Key_Space)
    assert not flags.altered.isVisible()
    assert window.fill.task_id == "2-3"
    assert window.fill.form.status.hasFocus()
    place = window.fill.model.place_of("2-3")
    assert "有调整" not in window.fill.model.index(place).data()
    (decision,) = [each for each in plan().decisions if each.id.startswith("2-3.")]
    assert decision.by
    assert decision.at
    window.go("plan")
    window.plan.tasks.choose("2-3")
    assert "✓ 已确认" in window.plan.tasks.card.fields["targets"].mark.text()


def test_a_draft_stays_where_the_new_table_rules_from_a_later_day(page, clerk, plan, revised, look):
    before = plan().id
    dialog = look(revised(smaller))
    dialog.effective.line.setText("2023-7-1")
    assert "都不受影响" in dialog.moved.text()
    take(dialog)
    assert clerk.window.session.view.plan.id == before
    assert page.plan.id != before
    assert page.head.other.isVisible()


def test_what_is_typed_is_saved_before_tasks_get_other_numbers(clerk, revised, look):
    session = clerk.window.session
    dialog = look(revised(smaller))
    session.autosave.note(session.period, "3-3", "narrative", "刚刚写下的话")
    take(dialog)
    assert [row.entry.narrative for row in session.view.dropped] == ["刚刚写下的话"]


def test_a_file_that_is_no_table_says_a_sentence(page, clerk, plan, tmp_path, qtbot):
    before = plan()
    said = []
    clerk.window.session.messages.said.connect(lambda kind, text: said.append((kind, text)))
    wrong = tmp_path / "坏文件.xlsx"
    wrong.write_bytes(b"PK\x03\x04 not a workbook")
    page.read(wrong)
    assert page.reading.isVisible()
    background.wait()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0][0] == "bad"
    assert "坏文件.xlsx" in said[0][1]
    assert not page.reading.isVisible()
    assert page.head.bring.isEnabled()
    assert plan() == before


def test_a_reading_that_is_cancelled_is_forgotten(page, clerk, revised, qapp):
    page.read(revised(smaller))
    page.reading.stop.click()
    background.wait()
    qapp.processEvents()
    assert clerk.window.findChild(TakePlanDialog) is None
    assert not page.reading.isVisible()
    assert len(plan_in_force.all_plans(clerk.window.session.desk)) == 1


def test_a_task_in_the_form_leads_to_its_question(clerk, revised, look):
    take(look(revised(lambda book: reword(book, "各区政府（含北京经济技术开发区管委会）", "各区政府、市邮政局"))))
    window = clerk.window
    window.go("fill")
    asked = [row.task.id for row in window.session.view.rows if row.task.open_questions]
    assert asked
    window.fill.choose(asked[0])
    flags = window.fill.form.flags
    assert flags.asked.isVisible()
    flags.to_question.click()
    assert window.stack.currentWidget() is window.plan
    assert window.plan.questions.chosen in window.session.view.row(asked[0]).task.open_questions
