"""校验: grouped, filtered, searched; stale explanations first; every line leads to where it is put right."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from desktop_app.desk import check_report, month, save_entry
from desktop_app.model.finding import REPORT
from desktop_app.model.report import People
from tests.ui.conftest import MARCH, Clerk
from ui.models.check_items import CheckItem
from ui.pages.check import CheckPage

TEXT = "示例说明：2月重复登记4个排口，已核减。"
Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(clerk: Clerk) -> CheckPage:
    clerk.press(Key.Key_3, CONTROL)
    return clerk.window.check


def lines(page: CheckPage) -> list[CheckItem]:
    found = (page.list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(page.list.count()))
    return [line for line in found if line is not None]


def headings(page: CheckPage) -> list[str]:
    rows = (page.list.item(n) for n in range(page.list.count()))
    return [row.text() for row in rows if row.data(Qt.ItemDataRole.UserRole) is None]


def choose(page: CheckPage, task: str, code: str) -> None:
    for n in range(page.list.count()):
        line = page.list.item(n).data(Qt.ItemDataRole.UserRole)
        if line is not None and line.key == (task, code):
            page.list.setCurrentRow(n)
            return
    raise LookupError((task, code))


def go_stale(page: CheckPage) -> None:
    desk = page.session.desk
    check_report.explain(desk, MARCH, "3-9", "K301", TEXT)
    save_entry.save(desk, MARCH, "3-9", {"cumulative": "18"})
    page.session.refresh()
    page.show_month()


def test_everything_that_was_found_is_listed_and_counted(page: CheckPage) -> None:
    checked = check_report.check(page.session.desk, MARCH)
    assert len(lines(page)) == len(checked.findings) + checked.not_checked
    assert headings(page)[-1].startswith("未校验：缺少数据（")
    assert f"{checked.errors} 个错误" in page.counts.text()
    assert f"{checked.not_checked} 项因缺数据未校验" in page.counts.text()


def test_stale_explanations_come_first_and_can_be_taken_again(page: CheckPage) -> None:
    go_stale(page)
    assert headings(page)[0] == "警示：情况说明要重新写（1）"
    assert lines(page)[0].key == ("3-9", "K301")
    choose(page, "3-9", "K301")
    before = sum(finding.blocks for finding in page.session.all_findings())
    (note,) = page.notes.notes
    assert note.box.toPlainText() == ""
    note.reuse.click()
    assert page.session.autosave.state[0] == "saved"
    assert sum(finding.blocks for finding in page.session.all_findings()) == before - 1
    page.show_month()
    assert not headings(page)[0].startswith("警示：情况说明要重新写")
    (kept,) = [each for each in check_report.check(page.session.desk, MARCH).findings if each.code == "K301"]
    assert kept.explanation == TEXT


def test_under_the_field_the_old_words_stand_too(clerk: Clerk, page: CheckPage) -> None:
    go_stale(page)
    choose(page, "3-9", "K301")
    clerk.press(Key.Key_Return)
    form = clerk.window.fill.form
    (note,) = form.boxes["cumulative"].notes.notes
    assert note.reuse.isVisible()
    note.reuse.click()
    (note,) = form.boxes["cumulative"].notes.notes
    assert note.reuse is None
    assert note.box.toPlainText() == TEXT


@pytest.mark.parametrize(("shown", "kinds"), [("error", {"error"}), ("hint", {"hint"}), ("unchecked", {"unchecked"})])
def test_only_what_is_asked_for_is_shown(page: CheckPage, shown: str, kinds: set[str]) -> None:
    whole = len(lines(page))
    page.shown.setCurrentIndex(page.shown.findData(shown))
    assert {line.kind for line in lines(page)} == kinds
    assert f"列出 {len(lines(page))} 条，共 {whole} 条" in page.counts.text()
    page.shown.setCurrentIndex(0)
    assert len(lines(page)) == whole


def test_what_is_still_to_do(page: CheckPage) -> None:
    page.shown.setCurrentIndex(page.shown.findData("open"))
    assert len(lines(page)) == sum(finding.blocks for finding in page.session.all_findings())


def test_searching_by_task_code_and_words(page: CheckPage) -> None:
    for words, keys in (("k302", {("2-14", "K302")}), ("2-14 累计", {("2-14", "K302")}), ("没有这样的字", set())):
        page.search.setText(words)
        assert {line.key for line in lines(page)} == keys
    assert page.where.text() == "没有符合条件的"
    assert not page.to_field.isEnabled()


def test_grouped_by_task_and_by_family(page: CheckPage) -> None:
    whole = {line.key for line in lines(page)}
    page.arranged.setCurrentIndex(page.arranged.findData("task"))
    assert any(head.startswith("2-14　") for head in headings(page))
    assert {line.key for line in lines(page)} == whole
    page.arranged.setCurrentIndex(page.arranged.findData("family"))
    assert [head.partition("（")[0] for head in headings(page)][:2] == ["完整性", "连续性"]
    assert {line.key for line in lines(page)} == whole


def test_the_chosen_line_stays_chosen(page: CheckPage) -> None:
    choose(page, "2-14", "K302")
    page.arranged.setCurrentIndex(1)
    assert page.chosen is not None
    assert page.chosen.key == ("2-14", "K302")
    page.show_month()
    assert page.chosen.key == ("2-14", "K302")


def test_checking_again_leaves_the_cursor_in_the_box_that_is_written_in(clerk: Clerk, page: CheckPage) -> None:
    choose(page, "3-9", "K301")
    box = page.notes.notes[0].box
    assert box is not None
    box.setFocus()
    clerk.write("上月多计")
    clerk.press(Key.Key_F5)
    assert clerk.focus is box
    clerk.write("，已核减")
    assert box.toPlainText() == "上月多计，已核减"
    save_entry.save(page.session.desk, MARCH, "3-9", {"cumulative": "25"})  # as from another place: nothing to explain
    page.session.refresh()
    clerk.press(Key.Key_F5)
    assert clerk.focus is page.list


def test_what_was_not_checked_says_why_and_leads_to_its_task(clerk: Clerk, page: CheckPage) -> None:
    page.shown.setCurrentIndex(page.shown.findData("unchecked"))
    assert "缺少完成时限的具体日期" in page.words.text()
    assert "「计划」页" in page.words.text()
    assert page.notes.isHidden()
    task = lines(page)[0].task
    page.list.setFocus()
    clerk.press(Key.Key_Return)
    assert clerk.window.fill.task_id == task


def test_people_are_put_right_in_the_settings(clerk: Clerk, page: CheckPage) -> None:
    month.set_people(page.session.desk, People("王喆", "", "", "12"))
    page.session.refresh()
    page.show_month()
    choose(page, REPORT, "P704")
    page.list.setFocus()
    clerk.press(Key.Key_Return)
    settings = clerk.window.settings
    assert clerk.window.stack.currentWidget() is settings
    phone = settings.people.fields["phone"]
    phone.setFocus()
    phone.selectAll()
    clerk.write("010-65090000")
    clerk.press(Key.Key_Tab)
    assert month.people(page.session.desk) == People("王喆", "", "", "010-65090000")
    assert {each.code for each in page.session.findings[REPORT]} == {"P701"}


def test_the_list_is_saved(page: CheckPage, tmp_path: Path, qtbot) -> None:
    page.save_list(tmp_path / "清单.xlsx")
    qtbot.waitUntil(lambda: not page.session.work.under_way, timeout=10_000)
    assert load_workbook(tmp_path / "清单.xlsx").worksheets[0].max_row == len(lines(page)) + 3
    page.save_list(tmp_path / "没有这种.doc")
    assert not page.session.work.under_way
    assert not (tmp_path / "没有这种.doc").exists()


def test_as_one_types_the_session_knows_what_a_whole_check_would_find(clerk: Clerk, page: CheckPage) -> None:
    session, desk = page.session, page.session.desk
    go_stale(page)
    photo = page.session.desk.book_path.with_name("2023年2月照片.jpg")
    photo.write_bytes(b"\xff\xd8 sample")
    for task, changes in (
        ("2-14", {"cumulative": "181", "percent": "34.8"}),
        ("4-3", {"problems": "采样安排在小麦成熟期。", "nil": True}),
        ("5-14", {"status": "正常推进", "narrative": "联系人13812345678"}),
        ("3-9", {"cumulative": "26"}),
        ("2-31", {"next_steps": "待填"}),
    ):
        save_entry.save(desk, MARCH, task, changes)
        session.reread(task)
    for task in ("1-8", "1-9"):
        save_entry.attach(desk, MARCH, task, photo)
        session.reread(task)
    known, whole = session.checked(), check_report.check(desk, MARCH)
    by_task = {finding.task: [] for finding in whole.findings}
    for finding in whole.findings:
        by_task[finding.task].append(finding)
    assert {task: list(found) for task, found in session.findings.items() if found} == by_task
    assert sorted(known.unchecked, key=str) == sorted(whole.unchecked, key=str)
    assert {(note.task, note.code, note.text) for note in known.stale} == {
        (note.task, note.code, note.text) for note in whole.stale
    }
    assert {"E603", "E604"} <= {finding.code for finding in session.findings["1-8"]}
