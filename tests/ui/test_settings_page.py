"""设置: what is chosen there is in the book at once, and the window follows."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_app import assets, language
from desktop_app.desk import fonts, settings, settled, units, workday_settings
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import open_desk
from tests.ui.conftest import DAY, MARCH, Clerk
from ui import background
from ui.app import Program
from ui.remembered import LANGUAGE, Remembered

pytestmark = pytest.mark.usefixtures("years_until_2026")


@pytest.fixture
def page(clerk: Clerk):
    clerk.window.go("settings")
    return clerk.window.settings


@pytest.fixture
def year(tmp_path: Path) -> Path:
    text = assets.read_text("calendars", "2026.json").replace("2026", "2027").replace("〔2025〕7号", "〔2026〕9号")
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(json.loads(text) | {"makeup_workdays": []}), encoding="utf-8")
    return file


def said(clerk: Clerk) -> str:
    return clerk.window.message_bar.text.text()


def test_the_keyboard_leads_there_and_through_it(clerk, page):
    clerk.window.go("month")
    clerk.press(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert clerk.window.stack.currentWidget() is page
    assert clerk.focus is page.deadline.inclusive
    seen = []
    for _step in range(40):
        clerk.press(Qt.Key.Key_Tab)
        seen.append(clerk.focus)
    wanted = [page.deadline.cutoff, *page.thresholds.fields.values(), page.calendars.table, page.calendars.take,
              page.units.name, page.units.alias, page.units.kind, page.units.add]  # fmt: skip
    assert [seen.index(widget) for widget in wanted] == sorted(seen.index(widget) for widget in wanted)


def test_the_reading_of_the_deadline_counts_at_once(clerk, page):
    assert page.deadline.example.text() == "例如2023年3月月报：4月6日（周四）截止，建议不晚于4月4日（周二）。"
    clerk.press(Qt.Key.Key_Down)
    assert page.deadline.strict.isChecked()
    assert page.deadline.example.text() == "例如2023年3月月报：须在4月6日（周四）之前报送，最迟4月4日（周二）。"
    assert "最迟 4月4日" in clerk.window.header.due.text()
    assert clerk.focus is page.deadline.strict
    clerk.close()
    desk = open_desk(clerk.book, today=DAY)
    try:
        assert not settled.due_inclusive(desk)
        assert not open_month(desk, MARCH).due.inclusive
    finally:
        desk.close()


def test_the_cutoff_is_set_and_shown_on_the_month_page(clerk, page):
    assert page.deadline.cutoff.text() == "不设"
    page.deadline.cutoff.setFocus()
    page.deadline.cutoff.selectAll()
    clerk.write("25")
    clerk.press(Qt.Key.Key_Return)
    assert settled.internal_cutoff(clerk.window.session.desk) == 25
    assert "内部截止 3月25日" in clerk.window.this_month.state.text()
    page.deadline.cutoff.setValue(0)
    assert settled.internal_cutoff(clerk.window.session.desk) is None
    assert "内部截止" not in clerk.window.this_month.state.text()


def test_turning_the_wheel_over_the_day_settles_nothing(clerk, page):
    spin = page.deadline.cutoff
    spin.setFocus()
    middle = QPointF(spin.rect().center())
    wheel = QWheelEvent(middle, spin.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(spin, wheel)
    assert spin.value() == 0


def rows(page) -> list[tuple[str, ...]]:
    table = page.calendars.table
    return [tuple(table.item(row, column).text() for column in range(3)) for row in range(table.rowCount())]


def test_a_year_is_brought_in_and_taken_out(clerk, page, year, monkeypatch):
    assert rows(page)[0] == ("2027", "尚无通知，按估计", "—")
    assert rows(page)[1] == ("2026", "国办发明电〔2025〕7号", "程序自带")
    assert "2027年" in page.calendars.take.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(year), ""))
    page.calendars.take.setFocus()
    clerk.press(Qt.Key.Key_Space)
    assert rows(page)[:2] == [("2028", "尚无通知，按估计", "—"), ("2027", "国办发明电〔2026〕9号", "已导入")]
    assert "2027年的工作日历已导入" in said(clerk)
    assert clerk.window.session.desk.workdays.known(2027)
    page.calendars.table.selectRow(2)
    assert not page.calendars.remove.isEnabled()
    page.calendars.table.selectRow(1)
    assert page.calendars.remove.isEnabled()
    page.calendars.remove.click()
    assert rows(page)[0][0] == "2027"
    assert not clerk.window.session.desk.workdays.known(2027)
    clerk.window.message_bar.act.click()
    assert clerk.window.session.desk.workdays.known(2027)
    assert "已导入" in rows(page)[1]


def test_a_bad_year_is_refused_in_words(clerk, page, tmp_path):
    bad = tmp_path / "坏.json"
    bad.write_text("{", encoding="utf-8")
    page.calendars.take_year(bad)
    assert "坏.json 不是有效的 JSON" in said(clerk)
    assert [row.year for row in workday_settings.calendars(clerk.window.session.desk)][-1] == 2026


def test_a_doubtful_number_is_taken_and_told(clerk, page, year):
    year.write_text(year.read_text(encoding="utf-8").replace("2026", "2025"), encoding="utf-8")
    page.calendars.take_year(year)
    assert "请核对" in said(clerk)
    assert clerk.window.message_bar.property("kind") == "note"
    assert clerk.window.session.desk.workdays.known(2027)


def test_units_and_aliases_are_added_and_removed(clerk, page):
    assert page.units.list.isHidden()
    page.units.name.setFocus()
    clerk.write("市样板中心")
    page.units.alias.setFocus()
    clerk.write("样板甲，样板乙")
    clerk.press(Qt.Key.Key_Return)
    assert page.units.list.item(0).text() == "OWN-01　市样板中心（别名：样板甲、样板乙）"
    assert clerk.focus is page.units.name
    assert page.units.name.text() == ""
    page.units.name.setText("市交通委")
    page.units.alias.setText("样板交委")
    page.units.add.click()
    assert page.units.list.item(1).text() == "样板交委　即 北京市交通委员会"
    assert not page.units.remove.isEnabled()
    for left in (1, 0):
        page.units.list.setCurrentRow(left)
        page.units.remove.click()
        assert page.units.list.count() == left
    assert units.own_units(clerk.window.session.desk) == ()
    clerk.window.message_bar.act.click()
    assert page.units.list.item(0).text() == "OWN-01　市样板中心（别名：样板甲、样板乙）"
    assert clerk.window.session.desk.directory.find("样板乙") is not None


def test_a_known_unit_is_refused_and_the_words_stay(clerk, page):
    page.units.name.setText("朝阳区")
    page.units.add.click()
    assert "「朝阳区」已经在名录里：北京市朝阳区人民政府" in said(clerk)
    assert page.units.name.text() == "朝阳区"
    page.units.name.setText("")
    page.units.add.click()
    assert "不像单位名称" in said(clerk)


def test_thresholds_count_when_the_field_is_left(clerk, page, qtbot):
    def found() -> int:
        qtbot.waitUntil(lambda: clerk.window.session.known)  # the rules run aside
        return len(clerk.window.session.all_findings())

    field = page.thresholds.fields["thresholds.short_narrative"]
    before = found()
    assert (field.text(), page.thresholds.restore.isEnabled()) == ("40", False)
    field.setFocus()
    field.selectAll()
    clerk.write("1000")
    clerk.press(Qt.Key.Key_Tab)
    assert settings.thresholds(clerk.window.session.desk).short_narrative == 1000
    assert found() > before
    page.thresholds.restore.click()
    assert field.text() == "40"
    assert found() == before
    clerk.window.message_bar.act.click()
    assert field.text() == "1000"
    assert found() > before


def test_a_threshold_without_sense_comes_back_as_it_was(clerk, page):
    field = page.thresholds.fields["thresholds.serious"]
    for wrong in ("5", "一", "900"):
        field.setText(wrong)
        page.thresholds.keep("thresholds.serious")
        assert field.text() == "30"
        assert "「严重滞后」" in said(clerk)
    field.setText("")
    page.thresholds.keep("thresholds.serious")
    assert field.text() == "30"


def test_another_language_makes_the_window_anew_and_is_remembered(book, qapp):
    remembered, faults = Remembered(), []
    program = Program(book, DAY, faults.append, remembered)
    program.begin(sample=False)
    before = program.window
    before.go("fill")
    before.fill.choose("2-31", "narrative")
    before.fill.form.texts["narrative"].setPlainText("正在写的话。")
    before.go("settings")
    card = before.settings.looks
    card.speak(language.code())
    assert program.window is before
    card.language_choice.setCurrentIndex(card.language_choice.findData("en"))
    card.language_choice.activated.emit(card.language_choice.currentIndex())
    after = program.window
    assert after is not before
    assert after.navigation.buttons["settings"].text() == "Settings"
    assert after.stack.currentWidget() is after.settings
    assert after.settings.looks.language_choice.currentText() == "English"
    assert after.session.view.row("2-31").entry.narrative == "正在写的话。"
    assert remembered.text(LANGUAGE) == "en"
    after.settings.looks.speak("zh")
    assert program.window.navigation.buttons["settings"].text() == "设置"
    background.wait()
    qapp.processEvents()
    program.window.close()
    assert faults == []


def test_what_paper_is_set_in_is_shown_and_the_folder_opens(clerk, page, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(fonts, "office_folder", lambda: tmp_path / "data" / "fonts")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    used = (fonts.InUse("正文（仿宋）", fonts.OFFICE, "仿宋_GB2312"), fonts.InUse("标题（小标宋）", fonts.OURS, ""))
    monkeypatch.setattr(fonts, "in_use", lambda: used)
    page.fonts.show_values()
    background.wait()
    QApplication.processEvents()
    form = page.fonts.form
    shown = [form.itemAt(row, form.ItemRole.FieldRole).widget().text() for row in range(form.rowCount())]
    assert shown == ["本单位的　仿宋_GB2312", "自带的"]
    page.fonts.folder.click()
    assert opened == [str(tmp_path / "data" / "fonts")]
    assert Path(opened[0]).is_dir()
