"""calendar, settings, unit, and due with a book: by command."""

import json
from pathlib import Path

import pytest

from desktop_app import assets

pytestmark = pytest.mark.usefixtures("years_until_2026")


@pytest.fixture
def year(tmp_path: Path) -> Path:
    text = assets.read_text("calendars", "2026.json").replace("2026", "2027").replace("〔2025〕7号", "〔2026〕9号")
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(json.loads(text) | {"makeup_workdays": []}), encoding="utf-8")
    return file


@pytest.fixture
def made(run, book: Path) -> Path:
    assert run("new", "--unit", "朝阳区", "--book", book).code == 0
    return book


def test_a_new_year_by_command(run, made: Path, year: Path) -> None:
    listed = run("calendar", "list", "--book", made, "--json", "--today", "2026-12-01").document
    assert [row["year"] for row in listed["calendars"]] == list(range(2020, 2027))
    assert listed["estimated_from"] == 2027
    assert run("due", "2026-12", "--book", made, "--json").document["certain"] is False
    taken = run("calendar", "import", year, "--book", made, "--json").document
    assert (taken["year"], taken["notice"], taken["outcome"]) == (2027, "国办发明电〔2026〕9号", "new")
    assert {"period": "2027-03", "before": "2027-04-06", "after": "2027-04-07"} in taken["changed_due"]
    assert run("due", "2026-12", "--book", made, "--json").document["certain"] is True
    assert run("due", "2026-12", "--json").document["certain"] is False
    row = run("calendar", "list", "--book", made, "--json").document["calendars"][-1]
    assert (row["year"], row["source"], row["notice"]) == (2027, "imported", "国办发明电〔2026〕9号")
    assert "已导入" in run("calendar", "list", "--book", made).out
    assert run("calendar", "remove", "2027", "--book", made).code == 0
    assert run("calendar", "remove", "2027", "--book", made).code == 1
    assert run("calendar", "remove", "next", "--book", made).code == 2


def test_receive_takes_a_year(run, made: Path, year: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("[" * 2000 + "]" * 2000, encoding="utf-8")
    said = run("receive", year, bad, "--book", made, "--json")
    assert said.code == 1
    assert [row["kind"] for row in said.document["taken"]] == ["calendar"]
    assert "2027年的工作日历已导入" in said.document["taken"][0]["effect"]
    assert len(said.document["refused"]) == 1


def test_a_year_without_a_notice_is_an_estimate_in_every_answer(run, made: Path) -> None:
    assert "估计" in run("due", "2026-12").out.splitlines()[0]
    assert "估计" in run("due", "2026-12", "--json").document["source"]
    assert "2027年：尚无通知，按估计。" in run("calendar", "list", "--book", made, "--today", "2026-12-01").out


def test_due_goes_by_the_book(run, made: Path, tmp_path: Path) -> None:
    assert run("settings", "due_inclusive", "no", "--book", made).code == 0
    found = run("due", "2023-03", "--book", made, "--json").document
    assert (found["due"], found["safe"], found["inclusive"]) == ("2023-04-06", "2023-04-04", False)
    assert found["book"] == str(made)
    line = run("due", "2023-03", "--book", made).out.splitlines()[0]
    assert line == "2023年3月月报：须在 2023-04-06（第三个工作日）之前报送，最迟 2023-04-04。"
    assert run("due", "2023-03", "--json").document["inclusive"] is True
    nowhere = run("due", "2023-03", "--book", tmp_path / "none.yuebao", "--json")
    assert (nowhere.code, nowhere.document["book"]) == (0, None)


def test_due_says_when_it_passed_over_the_default_book(run) -> None:
    from desktop_app.desk.open_book import default_book, open_desk

    assert run("new", "--unit", "朝阳区").code == 0
    assert run("settings", "due_inclusive", "no").code == 0
    assert run("due", "2023-03", "--json").document["inclusive"] is False
    desk = open_desk(default_book())
    try:
        said = run("due", "2023-03")
        assert said.code == 0
        assert "填报簿正在使用，没有读取" in said.out
        assert run("due", "2023-03", "--book", default_book()).code == 3
    finally:
        desk.close()


def test_settings_are_listed_and_changed(run, planned: Path) -> None:
    listed = run("settings", "--book", planned, "--json").document["settings"]
    assert {row["name"] for row in listed} >= {"due_inclusive", "internal_cutoff", "thresholds.behind"}
    assert all(set(row) == {"name", "value", "default", "meaning"} for row in listed)
    assert run("settings", "internal_cutoff", "25", "--book", planned, "--json").document["value"] == "25"
    shown = run("month", "2023-03", "--today", "2023-04-05", "--book", planned, "--json").document
    assert (shown["cutoff"], shown["inclusive"], shown["standing"]) == ("2023-03-25", True, "due")
    run("settings", "due_inclusive", "no", "--book", planned)
    for day, word in (("2023-04-05", "due"), ("2023-04-06", "late")):
        assert run("month", "2023-03", "--today", day, "--book", planned, "--json").document["standing"] == word
    run("settings", "internal_cutoff", "none", "--book", planned)
    assert run("month", "2023-03", "--book", planned, "--json").document["cutoff"] is None
    assert "内部截止日" not in run("month", "2023-03", "--book", planned).out


def test_wrong_settings_are_wrong_use(run, made: Path) -> None:
    for words in (("x", "1"), ("due_inclusive",), ("due_inclusive", "maybe"), ("thresholds.behind", "-1")):
        said = run("settings", *words, "--book", made)
        assert said.code == 2
        assert said.err.strip()


def test_units_by_command(run, made: Path) -> None:
    added = run(
        "unit", "add", "市样板中心", "--alias", "样板甲", "--alias", "样板乙", "--book", made, "--json"
    ).document
    assert (added["code"], added["aliases"], added["own"]) == ("OWN-01", ["样板甲", "样板乙"], True)
    assert run("unit", "alias", "市交通委", "样板交委", "--book", made).code == 0
    own = run("unit", "list", "--book", made, "--json").document["units"]
    assert [(row["code"], row["own"]) for row in own] == [("OWN-01", True), ("BJ-JTW", False)]
    every = run("unit", "list", "--all", "--book", made, "--json").document["units"]
    assert len(every) > 50
    assert every[0]["name"].startswith("北京市东城区")
    assert run("unit", "add", "朝阳区", "--book", made).code == 1
    assert run("unit", "remove", "样板甲", "--book", made, "--json").document == {"removed": "样板甲"}
    assert run("unit", "remove", "OWN-01", "--book", made).code == 0
    assert run("unit", "remove", "朝阳区", "--book", made).code == 1
    assert "还没有" not in run("unit", "list", "--book", made).out


def test_a_receiving_desk_has_settings_and_years_too(run, tmp_path: Path, passphrase: Path, year: Path) -> None:
    desk = tmp_path / "bureau.yuebao"
    assert run("bureau", "new", "--book", desk, "--passphrase-file", passphrase).code == 0
    assert run("settings", "due_inclusive", "no", "--book", desk).code == 0
    assert run("due", "2023-03", "--book", desk, "--json").document["inclusive"] is False
    assert run("calendar", "import", year, "--book", desk).code == 0
