"""A plan revised in mid-year: shown before it is taken, and no word lost when it is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.desk import settle_plan, take_plan
from desktop_app.desk.check_report import check
from desktop_app.desk.desk import Desk
from desktop_app.desk.make_report import report
from desktop_app.desk.month import open_month, previous_entries
from desktop_app.desk.open_book import create
from desktop_app.desk.plan_in_force import all_plans, current_plan
from desktop_app.desk.save_entry import attach, save
from desktop_app.errors import ClerkError
from desktop_app.model.period import Period
from desktop_app.store import entries as kept_entries
from desktop_app.store import journal
from desktop_app.store import plans as kept
from tests.desk.conftest import sheet_row

WATER, AIR = "水污染防治", "大气污染防治"
FEBRUARY, MARCH = Period(2023, 2), Period(2023, 3)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = create(tmp_path / "book.yuebao", "朝阳区", today=date(2023, 4, 4))
    yield opened
    opened.close()


def revise(sheets):
    """One measure less, one more in front of the others, another target, another date, other owners."""
    water = sheets[WATER]
    water.cell(sheet_row(water, 6), 3).value = str(water.cell(sheet_row(water, 6), 3).value).replace("300", "360")
    water.cell(sheet_row(water, 9), 4).value = "10月底前"
    row = sheet_row(water, 3)
    water.delete_rows(row)
    water.insert_rows(row)
    for column, text in enumerate(
        (
            3,
            "智慧水务",
            "建成河湖视频巡查平台，接入视频点位120处",
            "11月底前",
            "市水务局",
            "朝阳区政府、通州区政府",
            "",
        ),
        1,
    ):
        water.cell(row, column).value = text


def moved_down(sheets):
    """A new measure in front: every number after it moves."""
    water = sheets[WATER]
    row = sheet_row(water, 5)
    last = 24
    for number in range(last, 4, -1):
        water.cell(sheet_row(water, number), 1).value = number + 1
    water.insert_rows(row)
    for column, text in enumerate((5, "新增", "开展排口复核80个", "年底前", "市水务局", "朝阳区政府", ""), 1):
        water.cell(row, column).value = text


def test_the_same_words_are_no_difference(desk, table):
    first = take_plan.import_plan(desk, table("first.xlsx"))
    again = take_plan.look_at(desk, take_plan.reading(desk, table("again.xlsx", lambda sheets: None)).read())
    assert again.follows is None or again.comparison.empty
    assert first.comparison is None


def test_a_revision_is_shown_before_it_is_taken(desk, table):
    take_plan.import_plan(desk, table("first.xlsx"))
    open_month(desk, MARCH)
    before = journal.head(desk.book)
    shown = take_plan.look_at(desk, take_plan.reading(desk, table("second.xlsx", revise)).read())
    assert shown.comparison.added == ("3-3",)
    assert shown.comparison.dropped == ("3-3",)
    changed = {(change.id, change.field): (change.old, change.new) for change in shown.comparison.changed}
    assert set(changed) == {("3-6", "measure"), ("3-6", "targets"), ("3-9", "deadline")}
    assert changed["3-9", "deadline"][1] == "10月底前"
    assert (shown.plan.revision, shown.follows.revision, shown.moved) == (2, 1, (MARCH,))
    assert journal.head(desk.book) == before
    assert current_plan(desk, MARCH).revision == 1


def test_drafts_keep_every_word_and_dropped_tasks_stay_readable(desk, table, tmp_path):
    take_plan.import_plan(desk, table("first.xlsx"))
    settle_plan.answer(desk, "3-3-owners", "朝阳区", None) if "3-3-owners" in _open(desk) else None
    paper = tmp_path / "佐证.txt"
    paper.write_text("示例", encoding="utf-8")
    for task in ("3-3", "3-6", "3-9"):
        save(desk, MARCH, task, {"narrative": f"{task} 的进展", "this_month": "3", "cumulative": "5"})
    attach(desk, MARCH, "3-3", paper)
    taken = take_plan.import_plan(desk, table("second.xlsx", revise))
    assert taken.moved == (MARCH,)
    view = open_month(desk, MARCH)
    assert view.plan.revision == 2
    assert view.row("3-6").entry.narrative == "3-6 的进展"
    assert view.row("3-3").entry.empty  # the new measure under the old number begins empty
    (gone,) = view.dropped
    assert (gone.task.id, gone.dropped, gone.required) == ("3-3~1", True, False)
    assert gone.entry.narrative == "3-3 的进展"
    assert [item.name for item in gone.evidence] == ["佐证.txt"]
    assert [change.field for change in view.row("3-6").changes] == ["measure", "targets"]
    assert "3-3~1" not in [row.task.id for row in report(desk, view).tasks]
    assert "3-3~1" not in {finding.task for finding in check(desk, MARCH).findings}
    assert journal.verify(desk.book).intact


def test_moved_numbers_are_the_same_measures(desk, table):
    take_plan.import_plan(desk, table("first.xlsx"))
    plan = current_plan(desk)
    own = [task for task in plan.owned_by("110105") if task.annex == 3 and int(task.number) >= 5]
    for period, figure in ((FEBRUARY, "2"), (MARCH, "4")):
        for task in own:
            save(desk, period, task.id, {"narrative": task.measure, "cumulative": figure})
    taken = take_plan.import_plan(desk, table("moved.xlsx", moved_down))
    assert taken.comparison.added == ("3-5",)
    assert taken.comparison.dropped == ()
    assert {change.field for change in taken.comparison.changed} == {"number"}
    for period in (FEBRUARY, MARCH):
        view = open_month(desk, period)
        assert not view.dropped
        for task in own:
            row = view.row(f"3-{int(task.number) + 1}")
            assert row.entry.narrative == row.task.measure == task.measure
        assert view.row("3-5").entry.empty
    assert {entry.cumulative for entry in previous_entries(desk, MARCH).values()} == {2}
    assert set(previous_entries(desk, MARCH)) == {f"3-{int(task.number) + 1}" for task in own}


def test_a_sealed_month_stays_under_its_plan_and_the_next_one_still_finds_it(desk, table):
    take_plan.import_plan(desk, table("first.xlsx"))
    task = next(task for task in current_plan(desk).owned_by("110105") if task.annex == 3 and int(task.number) > 5)
    save(desk, FEBRUARY, task.id, {"narrative": "二月", "cumulative": "7"})
    _seal(desk, FEBRUARY)
    take_plan.import_plan(desk, table("moved.xlsx", moved_down))
    assert open_month(desk, FEBRUARY).plan.revision == 1
    assert open_month(desk, FEBRUARY).row(task.id).entry.narrative == "二月"
    now = f"3-{int(task.number) + 1}"
    assert open_month(desk, MARCH).plan.revision == 2
    assert open_month(desk, MARCH).row(now).previous.cumulative == 7


def test_a_revision_from_a_day_leaves_the_months_before_it(desk, table):
    take_plan.import_plan(desk, table("first.xlsx"))
    open_month(desk, FEBRUARY)
    july = Period(2023, 7)
    save(desk, july, "3-6", {"narrative": "七月"})
    found = take_plan.reading(desk, table("second.xlsx", revise)).read()
    taken = take_plan.take(desk, take_plan.look_at(desk, found, effective=date(2023, 7, 1)))
    assert taken.moved == (july,)
    assert open_month(desk, FEBRUARY).plan.revision == 1
    assert open_month(desk, Period(2023, 6)).plan.revision == 1
    assert open_month(desk, Period(2023, 8)).plan.revision == 2
    assert open_month(desk, july).row("3-6").entry.narrative == "七月"


def test_the_table_before_brings_everything_back(desk, table):
    first, second = table("first.xlsx"), table("second.xlsx", revise)
    take_plan.import_plan(desk, first)
    words = {task: f"{task} 的进展" for task in ("3-3", "3-6", "3-9")}
    for task, text in words.items():
        save(desk, MARCH, task, {"narrative": text})
    month_id = open_month(desk, MARCH).id
    take_plan.import_plan(desk, second)
    save(desk, MARCH, "3-3", {"narrative": "新任务的进展"})
    take_plan.import_plan(desk, first)
    view = open_month(desk, MARCH)
    assert view.plan.revision == 1
    assert {task: view.row(task).entry.narrative for task in words} == words
    held = {entry.narrative for entry in kept_entries.entries(desk.book, month_id).values()}
    assert "新任务的进展" in held
    assert [row.entry.narrative for row in view.dropped] == ["新任务的进展"]
    take_plan.import_plan(desk, second)
    view = open_month(desk, MARCH)
    assert view.row("3-3").entry.narrative == "新任务的进展"
    assert [row.entry.narrative for row in view.dropped] == ["3-3 的进展"]


def test_what_was_settled_goes_along_with_who_and_when(desk, table):
    take_plan.import_plan(desk, table("first.xlsx"))
    desk.actor = "王"
    settle_plan.answer(desk, "3-7-owners", "朝阳区、通州区")
    settle_plan.correct(desk, "3-9", "owners", "朝阳区")
    settle_plan.correct(desk, "3-9", "deadline", "11月15日前")
    settle_plan.correct(desk, "3-12", "deadline", "11月20日前")
    desk.actor = "李"
    take_plan.import_plan(desk, table("second.xlsx", revise))
    plan = current_plan(desk)
    assert plan.revision == 2
    assert plan.task("3-7").owners == ("BJ-SHUIW", "110105", "110112")
    assert plan.task("3-9").owners == ("110105",)
    assert str(plan.task("3-9").deadline.day) == "2023-10-31"  # the table's own words changed: they rule
    assert str(plan.task("3-12").deadline.day) == "2023-11-20"
    by = {decision.id: decision.by for decision in plan.decisions}
    assert by == {"3-7-owners": "王", "3-9.owners": "王", "3-12.deadline": "王"}


def test_next_year_is_offered_the_answers_of_this_one(desk, table, tmp_path):
    take_plan.import_plan(desk, table("first.xlsx"))
    settle_plan.answer(desk, "3-7-owners", "朝阳区、通州区")

    def next_year(sheets):
        for sheet in sheets.values():
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace("2023", "2024")

    taken = take_plan.import_plan(desk, table("2024.xlsx", next_year))
    assert taken.follows is None
    assert (taken.plan.year, taken.plan.revision) == (2024, 1)
    question = next(each for each in taken.plan.questions if each.id == "3-7-owners")
    assert (question.answer, question.offered) == (None, "朝阳区、通州区")
    assert {each.offered for each in taken.plan.questions if each.subject == question.subject} == {"朝阳区、通州区"}
    plan, count = settle_plan.accept_offers(desk)
    assert count >= 1
    assert plan.task("3-7").owners == ("BJ-SHUIW", "110105", "110112")
    assert current_plan(desk, Period(2023, 12)).year == 2023
    assert current_plan(desk, Period(2024, 2)).year == 2024


def test_two_plans_of_a_year_and_their_dates(desk, table):
    def numbered(number):
        def change(sheets):
            for sheet in sheets.values():
                sheet.cell(1, 7).value = f"京政办发〔2023〕{number}号"

        return change

    take_plan.import_plan(desk, table("a.xlsx", numbered(4)))
    save(desk, MARCH, "3-6", {"narrative": "三月"})
    taken = take_plan.import_plan(desk, table("b.xlsx", numbered(20)))
    assert taken.follows is None
    settle_plan.set_dates(desk, "京政办发〔2023〕4号", issued=date(2023, 2, 23))
    settle_plan.set_dates(desk, "京政办发〔2023〕20号", effective=date(2023, 10, 15), repealed=date(2024, 4, 1))
    assert current_plan(desk, Period(2023, 9)).document_number == "京政办发〔2023〕4号"
    assert current_plan(desk, Period(2023, 10)).document_number == "京政办发〔2023〕20号"
    assert open_month(desk, MARCH).row("3-6").entry.narrative == "三月"
    assert open_month(desk, MARCH).plan.document_number == "京政办发〔2023〕4号"
    with pytest.raises(ClerkError, match="早于"):
        settle_plan.set_dates(desk, "京政办发〔2023〕20号", repealed=date(2023, 1, 1))
    assert [each.plan.document_number for each in all_plans(desk) if each.months] == ["京政办发〔2023〕4号"]


def test_a_refused_revision_leaves_everything(desk, table, tmp_path):
    take_plan.import_plan(desk, table("first.xlsx"))
    save(desk, MARCH, "3-6", {"narrative": "三月"})
    head = journal.head(desk.book)
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(table("second.xlsx", revise).read_bytes()[:5000])
    with pytest.raises(ClerkError):
        take_plan.import_plan(desk, bad)
    with pytest.raises(ClerkError):
        take_plan.import_plan(desk, table("third.xlsx", revise), {"3-7-owners": "市甲局"})
    assert journal.head(desk.book) == head
    assert len(kept.plans(desk.book)) == 1


def _open(desk):
    return {question.id for question in current_plan(desk).open_questions}


def _seal(desk, period):
    """Seal a month as a signature would, without the paper."""
    from desktop_app.store import months, sealed

    month = months.month(desk.book, period)
    sealed.seal(desk.book, month, b"%PDF", b"{}", "0" * 64, "0000-0000-0000-0000", 1, desk.now(), "王")
