"""A year ends and the next begins: what is not finished is said, what goes on is carried, and there is a way back."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.cli.main import main
from desktop_app.desk import backups, bureau, keys, publish, take_plan, year_change
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month, people
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.save_entry import save
from desktop_app.desk.turn_of_year import opened, turn_due
from desktop_app.errors import ClerkError
from desktop_app.model.listed import ItemState
from desktop_app.model.period import Period
from desktop_app.store import plans
from tests import sample_year

JANUARY = Period(2024, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = sample_year.year_desk(tmp_path / "year", today=date(2024, 2, 1))
    yield opened
    opened.close()


def next_year(sheets: dict) -> None:
    for sheet in sheets.values():
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("2023", "2024")


def test_a_year_is_closed_when_all_is_done_or_with_a_reason(desk: Desk) -> None:
    end = year_change.look_back(desk, 2023)
    assert end.closed is None
    assert [item.state is ItemState.CLOSED for item in end.items] == [False] * 6
    assert end.open == tuple(f"2023年{month}月 的月报没有回执。" for month in (2, 5, 7, 8, 10, 12))
    with pytest.raises(ClerkError, match="6 件事没有办完"):
        year_change.close(desk, 2023)
    assert year_change.look_back(desk, 2023).closed is None
    assert year_change.close(desk, 2023, "收文方只给部分月份发回执。").closed["open"] == list(end.open)
    assert year_change.look_back(desk, 2023).closed["reason"] == "收文方只给部分月份发回执。"
    assert year_change.reopen(desk, 2023).closed is None
    with pytest.raises(ClerkError, match="没有结束过"):
        year_change.reopen(desk, 2023)
    with pytest.raises(ClerkError, match="不能结束"):
        year_change.close(desk, 2022, "x")


def test_people_keys_and_open_problems_go_over_in_their_own_words(desk: Desk, table, tmp_path: Path) -> None:
    file = table("2024.xlsx", next_year)
    ahead = year_change.look_ahead(desk, 2024, file)
    assert [plan.year for plan in plans.plans(desk.book)] == [2023]
    done = year_change.open_year(desk, 2024, file)
    assert (done.people, done.keys) == (people(desk), tuple(key.name for key in keys.list_keys(desk)))
    assert done.problems == ahead.problems
    assert len(done.problems) == 6
    assert all(item.state is not ItemState.CLOSED and task == item.task_id for item, task in done.problems)
    view = open_month(desk, JANUARY)
    assert view.plan.year == 2024
    for item, task in done.problems:
        entry = view.row(task).entry
        assert item.last.words in (entry.problems, entry.coordination)
        assert entry.narrative == ""
    assert year_change.look_back(desk, 2023).open == year_change.look_back(desk, 2023).open
    path, backup = desk.book_path, done.backup
    desk.close()
    backups.restore(path, backup)
    back = open_desk(path, today=date(2024, 2, 1))
    try:
        assert [plan.year for plan in plans.plans(back.book)] == [2023]
    finally:
        back.close()


def test_the_turn_of_the_year_is_due_in_january_or_when_the_next_table_comes_until_it_is_done(
    desk: Desk, table, tmp_path: Path
) -> None:
    desk.rehearsal = date(2023, 12, 31)
    assert turn_due(desk) is None
    desk.rehearsal = date(2024, 1, 2)
    assert turn_due(desk) == 2023
    desk.rehearsal = date(2023, 12, 31)
    take_plan.import_plan(desk, table("2024.xlsx", next_year))
    assert turn_due(desk) == 2023
    year_change.open_year(desk, 2024)
    assert turn_due(desk) is None
    desk.rehearsal = date(2024, 6, 1)
    assert turn_due(desk) is None
    backups.automatic(desk, even_today=True)  # as when the window closes: the copy of the day is another one
    said = opened(desk, 2024)
    assert (said.by, said.backup.exists()) == (desk.actor, True)
    said.backup.unlink()
    assert opened(desk, 2024).backup is None


def test_a_table_that_is_in_the_book_already_opens_its_year_as_well(desk: Desk, table) -> None:
    with pytest.raises(ClerkError, match="没有2024年的任务表"):
        year_change.look_ahead(desk, 2024)
    file = table("2024.xlsx", next_year)
    kept = take_plan.import_plan(desk, file)
    save(desk, JANUARY, "2-12", {"problems": "今年自己的话。"})
    ahead = year_change.look_ahead(desk, 2024)
    assert (ahead.held, ahead.taken.plan.id, len(ahead.problems)) == (True, kept.plan.id, 6)
    done = year_change.open_year(desk, 2024)
    assert [plan.year for plan in plans.plans(desk.book)] == [2023, 2024]
    view = open_month(desk, JANUARY)
    carried = [view.row(task).entry.problems for item, task in done.problems if item.id.startswith("P")]
    assert "今年自己的话。" in carried
    assert {item.last.words for item, _task in done.problems} >= set(carried) - {"今年自己的话。"}


def test_the_signed_file_of_the_office_opens_a_year(desk: Desk, table, tmp_path: Path) -> None:
    office = open_desk(desk.book_path.with_name("bureau.yuebao"), kind="bureau")
    sample_year._at(office, date(2024, 2, 1))
    sample_year._at(desk, date(2024, 2, 1))
    try:
        file = table("2024.xlsx", next_year)
        pack = publish.publish_plan(
            publish.publisher(office, bureau.KEY, sample_year.PHRASE), file, tmp_path / "t.pdf"
        ).path
    finally:
        office.close()
    ahead = year_change.look_ahead(desk, 2024, pack)
    assert (ahead.held, ahead.taken.plan.year, len(ahead.problems)) == (False, 2024, 6)
    assert [plan.year for plan in plans.plans(desk.book)] == [2023]
    done = year_change.open_year(desk, 2024, pack)
    assert [plan.id for plan in plans.plans(desk.book)][1:] == [done.taken.plan.id]
    assert year_change.look_ahead(desk, 2024, pack).held
    receipt = min((desk.book_path.parent / "answers").glob("*回执*"))
    with pytest.raises(ClerkError, match="不用预览"):
        year_change.look_ahead(desk, 2025, receipt)


def test_only_a_later_year_s_table_opens_a_year(desk: Desk, table) -> None:
    with pytest.raises(ClerkError, match="不能用它打开2024年"):
        year_change.open_year(desk, 2024, table("2023.xlsx"))
    with pytest.raises(ClerkError, match="不能用它打开2025年"):
        year_change.open_year(desk, 2025, table("2024.xlsx", next_year))
    assert [plan.year for plan in plans.plans(desk.book)] == [2023]
    year_change.open_year(desk, 2024, table("2024.xlsx", next_year))

    def another(sheets: dict) -> None:
        next_year(sheets)
        next(iter(sheets.values()))["A1"].value = "另一版"

    with pytest.raises(ClerkError, match="已经有2024年的任务表"):
        year_change.open_year(desk, 2024, table("other.xlsx", another))


def test_commands(desk: Desk, table, capsys: pytest.CaptureFixture) -> None:
    book = ["--book", str(desk.book_path), "--today", "2024-02-01"]
    file = str(table("2024.xlsx", next_year))
    desk.close()
    assert main(["close-year", "2023", "--preview", "--json", *book]) == 1
    assert len(json.loads(capsys.readouterr().out)["open"]) == 6
    assert main(["close-year", "2023", *book]) == 1
    assert "没有办完" in capsys.readouterr().err
    assert main(["close-year", "2023", "--undo", "--reason", "x", *book]) == 2
    assert main(["open-year", "2024", "--plan", file, "--preview", *book]) == 0
    assert "什么也没有写" in capsys.readouterr().out
    assert main(["open-year", "2024", "--plan", file, "--json", *book]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["plan"]["year"], len(found["problems"]), Path(found["backup"]).exists()) == (2024, 6, True)
