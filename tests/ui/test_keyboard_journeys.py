"""A clerk without a mouse."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.model.entry import Status

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def to_next_unfinished(clerk) -> None:
    clerk.press(Key.Key_2, CONTROL)
    clerk.press(Key.Key_Return, CONTROL)


def test_a_task_is_filled_from_status_to_words_and_is_in_the_book(clerk):
    clerk.window.fill.search.setFocus()
    clerk.press(Key.Key_2, CONTROL)
    clerk.window.fill.choose("2-28", "status")
    form = clerk.window.fill.form
    assert clerk.focus is form.status
    clerk.window.fill.choose("2-31", "status")
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_J, ALT)
    assert clerk.focus is form.texts["narrative"]
    clerk.write("更新清单完成，纳入企业1.2万家。")
    clerk.press(Key.Key_X, ALT)
    assert clerk.focus is form.texts["next_steps"]
    clerk.write("开展演练。")
    clerk.press(Key.Key_Return, CONTROL)
    assert clerk.window.fill.task_id != "2-31"
    clerk.close()
    entry = clerk.reread("2-31").entry
    assert entry.status is Status.ON_TRACK
    assert entry.narrative == "更新清单完成，纳入企业1.2万家。"
    assert entry.next_steps == "开展演练。"


def test_control_enter_goes_round_the_open_tasks_only(clerk):
    clerk.press(Key.Key_2, CONTROL)
    fill = clerk.window.fill
    seen = []
    for _turn in range(40):
        clerk.press(Key.Key_Return, CONTROL)
        seen.append(fill.task_id)
        if seen.count(seen[0]) > 1:
            break
    open_tasks = [
        row.task.id
        for row in clerk.window.session.view.rows
        if row.required and clerk.window.session.light(row) in ("error", "warning", "empty", "started")
    ]
    assert sorted(set(seen)) == sorted(open_tasks)
    assert {"2-31", "3-20", "5-14"} <= set(seen)


def test_alt_arrows_go_to_the_neighbours_from_inside_a_text(clerk):
    fill = clerk.window.fill
    clerk.press(Key.Key_2, CONTROL)
    rows = [row for row in clerk.window.session.view.rows if row.required]
    fill.choose(rows[3].task.id, "narrative")
    clerk.press(Key.Key_Down, ALT)
    assert fill.task_id == rows[4].task.id
    assert clerk.focus is fill.form.texts["narrative"]
    clerk.press(Key.Key_Up, ALT)
    clerk.press(Key.Key_Up, ALT)
    assert fill.task_id == rows[2].task.id


def test_a_nil_report_is_one_key_and_a_reason(clerk):
    clerk.press(Key.Key_2, CONTROL)
    clerk.window.fill.choose("5-14", "narrative")
    clerk.press(Key.Key_0, CONTROL)
    assert clerk.focus is clerk.window.fill.form.texts["nil_reason"]
    clerk.write("等待上级部署")
    clerk.close()
    entry = clerk.reread("5-14").entry
    assert (entry.nil, entry.nil_reason) == (True, "等待上级部署")


def test_enter_on_a_finding_puts_the_cursor_into_its_field(clerk):
    clerk.press(Key.Key_3, CONTROL)
    check = clerk.window.check
    assert clerk.focus is check.list
    clerk.press(Key.Key_Down)
    chosen = check.chosen
    assert chosen is not None
    clerk.press(Key.Key_Return)
    assert clerk.window.stack.currentWidget() is clerk.window.fill
    assert clerk.window.fill.task_id == chosen.task
    assert clerk.focus is clerk.window.fill.form.boxes[chosen.field].field


def test_an_explanation_written_under_the_field_is_kept_and_lowers_the_count(clerk):
    fill, session = clerk.window.fill, clerk.window.session
    clerk.press(Key.Key_2, CONTROL)
    fill.choose("2-14", "cumulative")
    note = fill.form.boxes["cumulative"].notes.notes[0]
    before = sum(finding.blocks for finding in session.all_findings())
    note.box.setFocus()
    clerk.write("上月少计")
    clerk.press(Key.Key_Tab)
    assert clerk.window.session.autosave.state[0] == "saved"
    assert sum(finding.blocks for finding in session.all_findings()) == before - 1
    assert fill.form.boxes["cumulative"].notes.notes[0] is note


def test_an_emptied_explanation_is_taken_back(clerk):
    """Emptying the box is saved like any other change, and the warning stands unexplained again."""
    fill, session = clerk.window.fill, clerk.window.session
    clerk.press(Key.Key_2, CONTROL)
    fill.choose("2-14", "cumulative")
    box = fill.form.boxes["cumulative"].notes.notes[0].box
    before = sum(finding.blocks for finding in session.all_findings())
    box.setFocus()
    clerk.write("上月少计")
    clerk.press(Key.Key_Tab)
    box.setFocus()
    box.selectAll()
    clerk.press(Key.Key_Delete)
    clerk.press(Key.Key_Tab)
    assert session.autosave.state[0] == "saved"
    assert sum(finding.blocks for finding in session.all_findings()) == before


def test_an_explanation_can_be_written_on_the_check_page_and_moves_the_finding(clerk):
    clerk.press(Key.Key_3, CONTROL)
    check = clerk.window.check
    while check.chosen is None or check.chosen.code != "K302":
        clerk.press(Key.Key_Down)
    check.notes.notes[0].box.setFocus()
    clerk.write("更正上月数")
    clerk.press(Key.Key_F5)
    texts = [check.list.item(n).text() for n in range(check.list.count())]
    assert any(text.startswith("已说明的警示（1）") for text in texts)
    assert check.chosen.said.explanation == "更正上月数"


def test_this_month_and_cumulative_follow_each_other_and_the_percent_follows_both(clerk):
    clerk.press(Key.Key_2, CONTROL)
    form = clerk.window.fill.form
    clerk.window.fill.choose("2-3", "this_month")
    clerk.focus.selectAll()
    clerk.write("3")
    assert form.numbers["cumulative"].text() == "4"
    assert form.numbers["percent"].text() == "66.7"
    clerk.press(Key.Key_L, ALT)
    clerk.focus.selectAll()
    clerk.write("6")
    assert form.numbers["this_month"].text() == "5"
    assert form.numbers["percent"].text() == "100"
    clerk.close()
    entry = clerk.reread("2-3").entry
    assert (entry.this_month, entry.cumulative, entry.percent) == (Decimal(5), Decimal(6), Decimal(100))


def test_a_percent_of_the_clerks_own_is_left_alone(clerk):
    clerk.press(Key.Key_2, CONTROL)
    clerk.window.fill.choose("2-3", "percent")
    clerk.focus.selectAll()
    clerk.write("50")
    clerk.press(Key.Key_M, ALT)
    clerk.focus.selectAll()
    clerk.write("2")
    assert clerk.window.fill.form.numbers["percent"].text() == "50"


def test_an_emptied_figure_is_not_zero(clerk):
    clerk.press(Key.Key_2, CONTROL)
    clerk.window.fill.choose("2-3", "this_month")
    clerk.focus.selectAll()
    clerk.press(Key.Key_Delete)
    clerk.close()
    assert clerk.reread("2-3").entry.this_month is None


def test_last_months_words_are_grey_until_somebody_stands_for_them(clerk):
    fill = clerk.window.fill
    clerk.press(Key.Key_2, CONTROL)
    fill.choose("2-31", "narrative")
    clerk.press(Key.Key_Y, ALT)
    narrative = fill.form.texts["narrative"]
    words = clerk.window.session.view.row("2-31").previous.narrative
    assert narrative.toPlainText() == words
    assert narrative.borrowed
    assert clerk.window.session.autosave.clean
    clerk.press(Key.Key_Q, ALT)
    assert not narrative.borrowed
    clerk.close()
    assert clerk.reread("2-31").entry.narrative == words


def test_touching_borrowed_words_makes_them_the_clerks_own(clerk):
    clerk.press(Key.Key_2, CONTROL)
    clerk.window.fill.choose("2-31", "narrative")
    clerk.press(Key.Key_Y, ALT)
    clerk.press(Key.Key_End, CONTROL)
    clerk.write("续")
    clerk.close()
    assert clerk.reread("2-31").entry.narrative.endswith("续")


def test_borrowed_words_nobody_stood_for_are_not_in_the_book(clerk):
    clerk.press(Key.Key_2, CONTROL)
    clerk.window.fill.choose("2-31", "narrative")
    clerk.press(Key.Key_Y, ALT)
    clerk.press(Key.Key_Down, ALT)
    clerk.close()
    assert clerk.reread("2-31").entry.narrative == ""


def test_the_list_is_searched_by_number_and_by_words_and_filtered(clerk):
    clerk.press(Key.Key_2, CONTROL)
    fill = clerk.window.fill
    clerk.press(Key.Key_F, CONTROL)
    clerk.write("2-14")
    assert [fill.model.row_at(n).task.id for n in range(fill.model.rowCount())] == ["2-14"]
    clerk.focus.selectAll()
    clerk.write("餐饮 油烟")
    assert fill.model.rowCount() == 2
    clerk.focus.clear()
    fill.chips["empty"].setFocus()
    clerk.press(Key.Key_Space)
    assert [fill.model.row_at(n).task.id for n in range(fill.model.rowCount())] == ["2-31", "3-20", "5-14"]


def test_a_number_written_out_means_that_task_though_the_one_in_view_fits_too(clerk):
    clerk.press(Key.Key_2, CONTROL)
    fill = clerk.window.fill
    fill.choose("2-31")
    clerk.press(Key.Key_F, CONTROL)
    clerk.write("2-3")
    clerk.press(Key.Key_Return)
    assert clerk.focus is fill.list
    assert fill.task_id == "2-3"
    clerk.press(Key.Key_F, CONTROL)
    clerk.focus.selectAll()
    clerk.write("VOCs")
    clerk.press(Key.Key_Return)
    assert fill.task_id == "2-3"


def test_optional_tasks_stand_apart_under_a_heading(clerk):
    model = clerk.window.fill.model
    heading = next(n for n in range(model.rowCount()) if model.row_at(n) is None)
    assert all(model.row_at(n).required for n in range(heading))
    assert not any(model.row_at(n).required for n in range(heading + 1, model.rowCount()))


def test_tab_visits_every_field_in_the_order_of_the_eye_and_is_never_trapped(clerk):
    clerk.press(Key.Key_2, CONTROL)
    fill, form = clerk.window.fill, clerk.window.fill.form
    fill.choose("2-3", "status")
    seen = []
    for _step in range(90):
        seen.append(clerk.focus)
        clerk.press(Key.Key_Tab)
        if clerk.focus is seen[0]:
            break
    assert clerk.focus is seen[0]
    wanted = [
        form.status,
        *form.numbers.values(),
        form.nil,
        *(form.texts[name] for name in ("narrative", "problems", "next_steps", "coordination")),
        form.evidence.attach,
        fill.nil,
        fill.up,
        fill.down,
        fill.next,
    ]
    assert [seen.index(widget) for widget in wanted] == sorted(seen.index(widget) for widget in wanted)
    assert fill.search in seen
    assert fill.list in seen
    assert clerk.window.buttons["month"] in seen


def test_the_month_page_leads_on_by_enter_alone(clerk):
    page = clerk.window.this_month
    assert QApplication.focusWidget() is page.steps[0]
    assert [button.objectName() for button in page.steps] == ["primary", "step", "step", "step", "step"]
    clerk.press(Key.Key_Space)
    assert clerk.window.stack.currentWidget() is clerk.window.fill


def test_an_explanation_of_one_month_does_not_stay_in_the_box_of_another(clerk):
    session, fill = clerk.window.session, clerk.window.fill
    fill.choose("2-14")
    here = session.findings["2-14"]
    session.findings["2-14"] = tuple(replace(finding, explanation="上月的说明") for finding in here)
    fill.show_month()
    assert fill.form.boxes["cumulative"].notes.notes[0].box.toPlainText() == "上月的说明"
    session.findings["2-14"] = here
    fill.show_month()
    assert fill.form.boxes["cumulative"].notes.notes[0].box.toPlainText() == ""
