"""Imported years: kept in the book with who and when, over the shipped ones only where they say otherwise."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app import assets
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import due
from desktop_app.desk.open_book import create, open_desk
from desktop_app.desk.receive import receive
from desktop_app.desk.workday_settings import calendars, first_missing, import_calendar, remove_calendar
from desktop_app.errors import ClerkError
from desktop_app.model.period import Period
from desktop_app.store import journal, settings

DECEMBER = Period(2026, 12)
pytestmark = pytest.mark.usefixtures("years_until_2026")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = create(tmp_path / "朝阳.yuebao", "朝阳区", today=date(2026, 12, 1))
    made.actor = "王喆"
    yield made
    made.close()


def year_2027(**changes: object) -> dict:
    """2026 moved on by a year: its weekends are others, so the days worked on them are left out."""
    text = assets.read_text("calendars", "2026.json").replace("2026", "2027").replace("〔2025〕7号", "〔2026〕9号")
    return json.loads(text) | {"makeup_workdays": ["2027-01-09"]} | changes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, year_2027())


def written(folder: Path, data: object) -> Path:
    path = folder / "放假安排.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_new_year_is_no_estimate_any_more(desk: Desk, file: Path) -> None:
    before = due(DECEMBER, desk)
    assert not before.certain
    assert first_missing(desk) == 2027
    taken = import_calendar(desk, file)
    assert (taken.year, taken.notice, taken.outcome) == (2027, "国办发明电〔2026〕9号", "new")
    after = due(DECEMBER, desk)
    assert after.certain
    assert "〔2026〕9号" in after.source
    assert first_missing(desk) == 2028
    assert not due(DECEMBER).certain, "without the book the program knows no more than before"


def test_the_reports_whose_date_moved_are_named(desk: Desk, file: Path) -> None:
    taken = import_calendar(desk, file)
    moved = {str(row.period): (row.before.due.isoformat(), row.after.due.isoformat()) for row in taken.changed_due}
    assert moved["2027-03"] == ("2027-04-06", "2027-04-07")
    assert "2027年3月月报的截止日由 2027-04-06 改为 2027-04-07。" in taken.effect
    assert all(row.before.due != row.after.due or row.before.safe != row.after.safe for row in taken.changed_due)
    assert all(due(row.period, desk) == row.after for row in taken.changed_due)
    again = import_calendar(desk, file)
    assert (again.outcome, again.changed_due) == ("again", ())


def test_the_year_stays_in_the_book_with_who_and_when(desk: Desk, file: Path, tmp_path: Path) -> None:
    import_calendar(desk, file)
    rows = journal.rows(desk.book, field="setting:calendars")
    assert [row.actor for row in rows] == ["王喆"]
    assert "〔2026〕9号" in str(rows[0].new)
    desk.close()
    reopened = open_desk(tmp_path / "朝阳.yuebao", today=date(2027, 1, 4))
    try:
        assert due(DECEMBER, reopened).certain
        row = calendars(reopened)[-1]
        assert (row.year, row.source, row.replaces) == (2027, "imported", False)
    finally:
        reopened.close()


def test_a_shipped_year_is_replaced_only_by_what_differs(desk: Desk, tmp_path: Path) -> None:
    shipped = json.loads(assets.read_text("calendars", "2026.json"))
    taken = import_calendar(desk, written(tmp_path, shipped | {"title": "别的写法"}))
    assert (taken.outcome, taken.changed_due) == ("shipped", ())
    assert not journal.rows(desk.book, field="setting:calendars")
    other = shipped | {"makeup_workdays": [day for day in shipped["makeup_workdays"] if day != "2026-10-10"]}
    taken = import_calendar(desk, written(tmp_path, other))
    assert taken.outcome == "replaces"
    assert "与程序自带的不同" in taken.effect
    assert [str(row.period) for row in taken.changed_due] == ["2026-09"]
    assert due(Period(2026, 9), desk).due == date(2026, 10, 12)
    assert {row.year: row.replaces for row in calendars(desk)}[2026]
    back = import_calendar(desk, written(tmp_path, shipped))
    assert back.outcome == "shipped"
    assert due(Period(2026, 9), desk).due == date(2026, 10, 10)


def test_an_import_can_be_taken_back(desk: Desk, file: Path) -> None:
    moved = import_calendar(desk, file).changed_due
    back = remove_calendar(desk, 2027)
    assert [(row.period, row.after, row.before) for row in back] == [tuple(row) for row in moved]
    assert not due(DECEMBER, desk).certain
    with pytest.raises(ClerkError, match="没有导入过2027年"):
        remove_calendar(desk, 2027)
    with pytest.raises(ClerkError, match="程序自带"):
        remove_calendar(desk, 2026)


def test_a_bad_file_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    for spoiled in (year_2027(notice=""), year_2027(year=2028), year_2027(makeup_workdays=["2027-01-01"]), [1]):
        with pytest.raises(ClerkError):
            import_calendar(desk, written(tmp_path, spoiled))
    large = tmp_path / "大.json"
    large.write_bytes(b" " * 300_000)
    with pytest.raises(ClerkError):
        import_calendar(desk, large)
    assert not journal.rows(desk.book, field="setting:calendars")
    assert not due(DECEMBER, desk).certain


def test_receive_takes_a_year_and_refuses_others(desk: Desk, file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.json"
    bad.write_text("{", encoding="utf-8")
    found = receive(desk, [file, bad])
    assert [(row.kind, Path(row.file).name) for row in found.taken] == [("calendar", "放假安排.json")]
    assert found.taken[0].effect.startswith("2027年的工作日历已导入")
    assert "不是有效的 JSON" in found.refused[0].reason
    assert due(DECEMBER, desk).certain


def test_an_import_that_ships_by_now_is_called_shipped(desk: Desk) -> None:
    """The program was updated after a clerk had brought the year in."""
    rows = {"2026": json.loads(assets.read_text("calendars", "2026.json"))}
    settings.put(desk.book, "calendars", rows, at=desk.now(), actor=desk.actor)
    desk.reread()
    assert {row.source for row in calendars(desk)} == {"shipped"}
