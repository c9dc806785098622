"""The 计划 page with hands on keyboard and mouse: questions, readings put right, indicators, dates."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QRadioButton

from desktop_app.desk import plan_in_force, settle_plan
from desktop_app.desk.plan_answers import answer_words
from ui.dialogs.plan_dates_dialog import PlanDatesDialog
from ui.pages.plan_tasks import Choice

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


def test_the_page_is_one_key_away(clerk, qtbot):
    qtbot.waitUntil(clerk.window.isActiveWindow)
    place = list(clerk.window.buttons).index("plan")
    clerk.press(Qt.Key(Qt.Key.Key_1 + place), CTRL)
    assert clerk.window.stack.currentWidget() is clerk.window.plan


def test_the_questions_stand_first_and_the_cursor_waits_on_the_first_answer(page, clerk):
    assert page.views["questions"].isChecked()
    assert page.views["questions"].text() == "要由人确认 10"
    assert isinstance(clerk.focus, QRadioButton)
    assert page.questions.card.text.text().startswith("「相关区政府」具体是哪些单位主责")
    row = [label.text() for label in page.questions.card.findChildren(QLabel)]
    assert any(text.startswith("遴选低碳领跑者单位10家") for text in row)


def test_an_answer_by_keyboard_is_kept_and_leads_to_the_next_question(page, clerk, plan):
    clerk.press(Qt.Key.Key_Down, ALT)
    assert page.questions.chosen == "2-7-owners"
    clerk.press(Qt.Key.Key_Up, ALT)
    clerk.press(Qt.Key.Key_Space)
    clerk.press(Qt.Key.Key_Return)
    task = plan().task("1-16")
    assert len(task.owners) == 16
    assert task.open_questions == ()
    assert page.questions.chosen == "2-7-owners"
    assert "1-16 已记下" in page.questions.card.last.text()
    assert page.views["questions"].text() == "要由人确认 9"
    assert clerk.window.session.view.required == 56


def test_enter_without_a_choice_says_so_and_answers_nothing(page, clerk, plan):
    clerk.press(Qt.Key.Key_Return)
    assert "还没有选" in page.questions.card.refusal.text()
    assert len(plan().open_questions) == 10


def test_own_words_are_read_as_units_and_refused_under_the_field_where_they_are_none(page, clerk, plan):
    card = page.questions.card
    card.line.setFocus()
    clerk.write("火星区")
    assert card.own.isChecked()
    clerk.press(Qt.Key.Key_Return)
    assert card.refusal.isVisible()
    assert "火星区" in card.refusal.text()
    assert plan().open_questions[0].id == "1-16-owners"
    card.line.clear()
    clerk.write("门头沟区、怀柔区")
    clerk.press(Qt.Key.Key_Return)
    assert plan().task("1-16").owners == ("110109", "110116")
    assert not card.refusal.isVisible()


def test_an_answered_question_can_be_changed(page, clerk, plan):
    desk = clerk.window.session.desk
    clerk.window.session.settle(lambda: settle_plan.answer(desk, "5-3-deadline", "年底前"))
    page.questions.choose("5-3-deadline")
    card = page.questions.card
    assert card.choices.checkedButton().text() == "年底前"
    assert "已答复「年底前」" in card.done.text()
    next(button for button in card.choices.buttons() if button.text() == "长期实施").setChecked(True)
    page.questions.take.click()
    assert plan().task("5-3").deadline.day is None
    assert page.questions.chosen == "5-3-deadline"


def test_when_all_is_answered_the_page_leads_on_to_the_tasks(page, clerk, plan):
    for _each in range(10):
        page.questions.card.choices.buttons()[1].setChecked(True)
        clerk.press(Qt.Key.Key_Return)
    assert plan().open_questions == ()
    assert clerk.focus is page.questions.onward
    clerk.press(Qt.Key.Key_Space)
    assert page.views["tasks"].isChecked()


def test_a_deadline_is_put_right_and_taken_back(page, clerk, plan):
    page.show_view("tasks")
    page.tasks.choose("2-3")
    field = page.tasks.card.fields["deadline"]
    assert (field.raw.text(), field.reading.text()) == ("9月底前", "月底：2023年9月30日")
    field.edit.setFocus()
    clerk.press(Qt.Key.Key_Space)
    assert clerk.focus is field.line
    assert field.line.text() == "2023年9月底前"
    field.line.selectAll()
    clerk.write("10月底前")
    clerk.press(Qt.Key.Key_Return)
    assert plan().task("2-3").deadline.day.isoformat() == "2023-10-31"
    assert (field.raw.text(), field.reading.text()) == ("9月底前", "月底：2023年10月31日")
    assert "已更正为「10月底前」" in field.mark.text()
    assert page.tasks.chips[Choice.CORRECTED].text() == "已更正 1"
    field.back.click()
    assert plan().task("2-3").deadline.day.isoformat() == "2023-09-30"
    assert not field.mark.isVisible()


def test_words_that_cannot_be_read_are_refused_under_the_field(page, clerk, plan):
    page.show_view("tasks")
    page.tasks.choose("2-3")
    field = page.tasks.card.fields["deadline"]
    field.open_editor()
    field.line.selectAll()
    clerk.write("看情况")
    clerk.press(Qt.Key.Key_Return)
    assert field.refusal.isVisible()
    assert "看情况" in field.refusal.text()
    assert plan().decisions == ()
    clerk.press(Qt.Key.Key_Escape)
    assert not field.editor.isVisible()


def test_enter_on_unchanged_words_changes_nothing(page, clerk, plan):
    page.show_view("tasks")
    page.tasks.choose("2-3")
    for field in page.tasks.card.fields.values():
        field.open_editor()
        clerk.press(Qt.Key.Key_Return)
        assert not field.editor.isVisible()
    assert plan().decisions == ()


def test_a_reading_given_back_in_its_own_words_means_the_same(clerk, plan):
    desk = clerk.window.session.desk
    before = plan()
    task = before.task("2-3")
    for field in settle_plan.SETTLED:
        after = settle_plan.correct(desk, "2-3", field, answer_words(desk, task, field)).task("2-3")
        assert (after.deadline.kind, after.deadline.day) == (task.deadline.kind, task.deadline.day)
        assert [(each.value, each.unit, each.scope) for each in after.targets] == [
            (each.value, each.unit, each.scope) for each in task.targets
        ]
        for name in ("owners", "lead", "supporters", "key", "obligation"):
            assert getattr(after, name) == getattr(task, name)


def test_a_task_is_confirmed_and_the_next_one_comes(page, clerk, plan):
    page.show_view("tasks")
    page.tasks.choose("2-3")
    page.tasks.list.setFocus()
    clerk.press(Qt.Key.Key_Return, CTRL)
    assert set(plan().task("2-3").confirmed) == set(settle_plan.SETTLED)
    assert page.tasks.task_id == "2-4"
    clerk.press(Qt.Key.Key_Up, ALT)
    assert "已确认" in page.tasks.card.said.text()
    page.tasks.take_back.click()
    assert plan().task("2-3").confirmed == ()


def test_all_own_tasks_are_confirmed_at_once_but_not_those_with_a_question(page, plan, qtbot):
    page.show_view("tasks")
    assert page.tasks.every.text() == "本单位主责的 55 项全部确认无误"
    page.tasks.every.click()
    qtbot.waitUntil(lambda: not page.session.work.under_way, timeout=30_000)
    confirmed = [task for task in plan().tasks if task.confirmed]
    assert len(confirmed) == 55
    assert not any(task.open_questions for task in confirmed)
    assert not page.tasks.every.isVisible()


def test_a_task_with_a_question_cannot_be_confirmed_and_leads_to_it(page):
    page.show_view("tasks")
    page.tasks.choose("2-7")
    assert not page.tasks.confirm.isEnabled()
    page.tasks.card.to_question.click()
    assert page.views["questions"].isChecked()
    assert page.questions.chosen == "2-7-owners"


def test_tasks_are_filtered_and_searched_under_their_annexes(page):
    page.show_view("tasks")
    tasks = page.tasks
    assert [chip.text() for chip in tasks.chips.values()] == [
        "本单位 64",
        "全部 104",
        "重点 39",
        "待确认 10",
        "已更正 0",
    ]
    assert not tasks.chips[Choice.CORRECTED].isVisible()  # nothing stands behind it
    assert tasks.model.index(0).data().startswith("附件1　")
    tasks.search.setText("污水 管线110")
    shown = [tasks.model.index(place).data() for place in range(tasks.model.rowCount())]
    assert [text[:3] for text in shown] == ["附件3", "3-3"]
    assert tasks.task_id == "3-3"
    assert tasks.card.title.text().startswith("3-3")


def test_a_districts_figure_is_put_right(page, clerk, plan):
    page.show_view("indicators")
    page.indicators.choose("6-3")
    assert page.indicators.table.item(0, 0).text() == "朝阳区（本单位）"
    page.indicators.line.setFocus()
    page.indicators.line.selectAll()
    clerk.write("95以上")
    clerk.press(Qt.Key.Key_Return)
    row = next(row for row in plan().indicators if row.id == "6-3")
    assert row.target_for("110105").value == 95
    assert page.indicators.table.item(0, 2).text() == "不少于 95 %"
    assert "已更正为「95以上」" in page.indicators.table.item(0, 3).text()


def test_dates_are_written_and_what_is_no_day_is_refused(page, clerk, plan):
    page.head.dates.click()
    dialog = clerk.window.findChild(PlanDatesDialog)
    dialog.issued.line.setText("2023-2-30")
    dialog.save()
    assert dialog.issued.refusal.isVisible()
    assert plan().issued is None
    dialog.issued.line.setText("2023年2月23日")
    dialog.number.setText("京政办发〔2023〕4号")
    dialog.save()
    assert not dialog.isVisible()
    assert (plan().issued.isoformat(), plan().document_number) == ("2023-02-23", "京政办发〔2023〕4号")
    assert "京政办发〔2023〕4号" in page.head.facts.text()
    assert "自 2023年2月23日 起施行" in page.head.facts.text()
    page.head.dates.click()
    again = next(each for each in clerk.window.findChildren(PlanDatesDialog) if each.isVisible())
    assert again.issued.line.text() == "2023-02-23"
    again.issued.line.clear()
    again.save()
    assert plan().issued is None


def test_a_repeal_before_the_start_is_refused_in_the_dialog(page, clerk, plan):
    page.head.dates.click()
    dialog = clerk.window.findChild(PlanDatesDialog)
    dialog.effective.line.setText("2023-03-01")
    dialog.repealed.line.setText("2023-02-01")
    dialog.save()
    assert dialog.isVisible()
    assert "废止日期早于施行日期" in dialog.trouble.text()
    assert plan().effective is None
    dialog.reject()
