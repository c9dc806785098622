"""全年预测 in 历史: small curves, the list of what will miss its date, and both on paper."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.desk import last_year_archive, outlook
from desktop_app.desk.last_year import courses
from desktop_app.desk.outlook import signed_until
from desktop_app.desk.signed_months import signed_months
from desktop_app.model.outlook import ArchivedCourses
from desktop_app.model.period import Period
from tests.ui.test_history_page import table_words
from tests.ui.test_ledgers_pane import window  # noqa: F401 - a fixture
from ui.fields.small_year import SmallYear, SmallYears, YearPicture
from ui.roomy import scrolling
from ui.theme.colours import Stroke

AUGUST = Period(2023, 8)


@pytest.fixture
def pane(window, monkeypatch):  # noqa: F811 - the fixture
    """The view as it was after August."""
    monkeypatch.setattr(outlook, "signed_until", lambda desk, year, _through=None: signed_until(desk, year, AUGUST))
    monkeypatch.setattr(
        "desktop_app.desk.outlook_list.signed_until", lambda desk, year, _through=None: signed_until(desk, year, AUGUST)
    )
    window.history.views["outlook"].click()
    QApplication.processEvents()
    return window.history.outlook


def test_what_will_miss_its_date_stands_first_and_every_task_has_its_curve(pane):
    rows = table_words(pane.table)
    assert [row[0] for row in rows] == ["2-12", "2-9", "1-11", "2-4", "2-15", "2-16", "5-12"]
    assert rows[0][2:] == ["1.81 / 3.5万辆", "2.13—3.49（中间 2.715）", "0.423", "✕ 照此进度完不成"]
    assert rows[4][3:] == ["—", "0.3", "○ 不能推算"]
    assert [chart.picture.name.split()[0] for chart in pane.charts.charts] == [row[0] for row in rows]
    assert "照此进度完不成 2" in pane.said.text()
    assert "这不是概率区间" in pane.method.text()
    assert pane.charts.charts[0].picture.done[-1] == (8, 51.7)
    assert pane.charts.charts[0].picture.band == (60.9, 77.6, 99.7)
    assert pane.charts.charts[4].picture.band is None


def test_the_task_under_the_cursor_is_said_in_full_and_marked(pane):
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_Down)
    assert pane.words.text().startswith("2-9 新能源车推广：0.76 / 1.2万辆。 年底 0.96—1.24万辆（中间 1.14）。")
    assert "以后每月需 0.11万辆" in pane.words.text()
    assert [chart.chosen for chart in pane.charts.charts].index(True) == 1
    assert pane.charts.charts[1].accessibleName() == pane.words.text()
    QTest.mouseClick(pane.charts.charts[6], Qt.MouseButton.LeftButton)
    assert pane.table.currentRow() == 6
    assert "一半以上的月份没有新增" in pane.words.text()


def test_last_year_from_an_archive_is_shown_kept_and_taken_back(window, monkeypatch, tmp_path, qtbot):  # noqa: F811
    """The folder itself is looked through in the tests of the desk."""
    pane = window.history.outlook
    window.history.views["outlook"].click()
    was = courses(signed_months(window.session.desk, 2023))
    at = window.session.desk.now()
    found = ArchivedCourses(2022, str(tmp_path / "2022归档"), "ab" * 32, True, 12, at, "王喆", was)
    assert "可以指定上一年的归档" in pane.said.text()
    assert (pane.last.isEnabled(), pane.no_last.isVisible()) == (True, False)
    monkeypatch.setattr(last_year_archive, "looking", lambda *_given: lambda _here: found)
    with qtbot.waitSignal(window.session.work.ended):
        pane.take_last(tmp_path / "2022归档")
    assert last_year_archive.kept_courses(window.session.desk, 2022) == found
    assert "上年数取自归档「2022归档」的 12 个月签名月报" in pane.said.text()
    assert all("上年 " in chart.accessibleName() for chart in pane.charts.charts)
    assert pane.no_last.isVisible()
    pane.no_last.click()
    assert "可以指定上一年的归档" in pane.said.text()
    window.session.messages.action[1]()
    assert "上年数取自归档" in pane.said.text()
    pane.show_year(2022)  # the year before that one has none
    assert "上年数" not in pane.said.text()
    pane.show_year(2023)
    assert "上年数取自归档" in pane.said.text()


def test_an_archive_that_does_not_hold_is_refused_with_a_sentence(window, tmp_path, qtbot):  # noqa: F811
    pane, said = window.history.outlook, []
    window.session.messages.said.connect(lambda kind, text: said.append((kind, text)))
    window.history.views["outlook"].click()
    with qtbot.waitSignal(window.session.work.ended):
        pane.take_last(tmp_path)
    assert [kind for kind, text in said if "不是归档" in text] == ["bad"]
    assert last_year_archive.kept_courses(window.session.desk, 2022) is None


PICTURE = YearPicture("名", "字", "话", ((0, 0.0), (12, 100.0)), ((3, 10.0), (9, 90.0)))


def test_charts_stand_beside_each_other_as_far_as_there_is_room(qtbot):
    charts = SmallYears()
    area = scrolling(charts)
    qtbot.addWidget(area)
    charts.draw([PICTURE] * 7)
    one = charts.charts[0].sizeHint().width()
    for wide, rows in ((4 * one, 3), (one + 30, 7), (2 * one + 50, 4), (8 * one + 99, 1)):
        area.resize(wide, 400)
        area.show()
        QApplication.processEvents()
        assert len({chart.y() for chart in charts.charts}) == rows, wide
        assert all(chart.geometry().right() < wide for chart in charts.charts), wide


def test_list_and_curves_are_written(pane, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("ui.pages.outlook.QDesktopServices.openUrl", lambda url: shown.append(url.toLocalFile()))
    pane.save_list(tmp_path / "l.xlsx")
    assert load_workbook(tmp_path / "l.xlsx").sheetnames == ["预计完不成的任务", "各项任务", "依据"]
    pane.save_chart(tmp_path / "y.pdf")
    assert (tmp_path / "y.pdf").read_bytes().startswith(b"%PDF")
    assert shown == [str(tmp_path / "y.pdf")]
    pane.save_list(tmp_path / "nowhere" / ".." / "l.txt")
    assert not (tmp_path / "l.txt").exists()


def test_a_year_without_signed_months_says_so(pane):
    pane.show_year(2022)
    assert "2022年还没有签署完毕的月报" in pane.said.text()
    assert pane.charts.charts == []
    assert not pane.save.isEnabled()
    assert not pane.paper.isEnabled()
    pane.show_year(2023)
    assert pane.table.rowCount() == 7
    assert pane.area.height() >= pane.charts.charts[0].sizeHint().height()
    assert pane.save.isEnabled()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_curve_is_drawn_where_its_figures_are(qtbot, scale):
    """In the pixels of the screen: the curve's own colour on the line between two months, at every scale."""
    from PySide6.QtGui import QPixmap

    chart = SmallYear(PICTURE)
    qtbot.addWidget(chart)
    chart.resize(chart.sizeHint())
    canvas = QPixmap(chart.size() * scale)
    canvas.setDevicePixelRatio(scale)
    chart.render(canvas)
    image = canvas.toImage()
    spot = chart.at(6, 50.0) * scale
    assert image.pixelColor(round(spot.x()), round(spot.y())) == Stroke.DONE.ink
    aside = chart.at(4, 80.0) * scale
    assert image.pixelColor(round(aside.x()), round(aside.y())) != Stroke.DONE.ink
