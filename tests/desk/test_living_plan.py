"""What a revision altered is pointed out until it is confirmed; figures and history follow a measure that moved."""

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
from desktop_app.desk.plan_changes import confirm_changes
from desktop_app.desk.plan_in_force import current_plan
from desktop_app.desk.save_entry import save
from desktop_app.model.period import Period
from desktop_app.store import journal
from tests.desk.conftest import sheet_row

WATER, AIR, DISTRICTS = "水污染防治", "大气污染防治", "各区指标"
FEBRUARY, MARCH = Period(2023, 2), Period(2023, 3)
OWN = "110105"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = create(tmp_path / "book.yuebao", "朝阳区", today=date(2023, 4, 4))
    yield opened
    opened.close()


def edit(sheet, number, column, old, new):
    cell = sheet.cell(sheet_row(sheet, number), column)
    assert old in str(cell.value)
    cell.value = str(cell.value).replace(old, new)


def put_in(sheet, number, last, words):
    """A new measure at this number; those from there on move down by one."""
    row = sheet_row(sheet, number)
    for each in range(last, number - 1, -1):
        sheet.cell(sheet_row(sheet, each), 1).value = each + 1
    sheet.insert_rows(row)
    for column, text in enumerate((number, "新增", words, "年底前", "市水务局", "朝阳区政府", ""), 1):
        sheet.cell(row, column).value = text


def revised(sheets):
    """All that a revision can do: targets, deadline, owners, a district's figure, one dropped, one put in."""
    water, air = sheets[WATER], sheets[AIR]
    edit(water, 20, 3, "64家", "80家")
    edit(water, 9, 4, "9月底前", "10月底前")
    edit(water, 14, 6, "朝阳区", "海淀区")
    edit(air, 23, 3, "朝阳区320蒸吨、海淀区300蒸吨", "朝阳区300蒸吨、海淀区320蒸吨")
    edit(air, 3, 3, "通州区5家", "通州区7家")
    districts = next(sheet for title, sheet in sheets.items() if "指标" in title)
    cell = _figure(districts, "朝阳区", "农村污水治理")
    assert str(cell.value) == "8"
    cell.value = 12
    water.delete_rows(sheet_row(water, 12))
    put_in(water, 5, 11, "开展入河排口复核80个。")


def _figure(sheet, name, indicator):
    row = next(cell.row for line in sheet.iter_rows() for cell in line if str(cell.value).strip() == name)
    column = next(
        cell.column for line in sheet.iter_rows() for cell in line if indicator in str(cell.value).replace("\n", "")
    )
    return sheet.cell(row, column)


def flagged(view):
    return {row.task.id: [(each.field, each.old, each.new) for each in row.unread] for row in view.rows if row.unread}


@pytest.fixture
def revision(desk, table):
    take_plan.import_plan(desk, table("first.xlsx"))
    for task in ("3-6", "3-9", "3-12", "3-14", "3-20", "2-3", "2-23"):
        save(desk, MARCH, task, {"narrative": f"{task} 的进展"})
    return take_plan.import_plan(desk, table("second.xlsx", revised))


def test_the_form_says_what_it_was_and_what_it_is_now(desk, revision):
    assert (revision.comparison.added, revision.comparison.dropped) == (("3-5",), ("3-12",))
    said = flagged(open_month(desk, MARCH))
    assert [(field, new) for field, _old, new in said["3-20"]] == [
        ("measure", "完成地下水污染防治重点排污单位隐患排查80家。"),
        ("targets", "完成地下水污染防治重点排污单位隐患排查80家"),
    ]  # fmt: skip
    assert said["3-10"] == [("deadline", "9月底前", "10月底前")]  # it was 3-9
    assert said["3-7"] == [("targets", said["3-7"][0][1], said["3-7"][0][2])]  # the district's part in annex 6
    assert "8个" in said["3-7"][0][1]
    assert "12个" in said["3-7"][0][2]
    assert {field for field, _old, _new in said["2-23"]} == {"measure", "targets"}
    assert {field for field, _old, _new in said["2-3"]} == {"measure"}  # another district's figure
    assert set(said) == {"2-3", "2-23", "3-7", "3-10", "3-20"}
    owners = next(each for each in revision.comparison.changed if each.field == "owners")
    assert (owners.id, "朝阳区" in owners.old, "朝阳区" in owners.new) == ("3-14", True, False)


def test_a_measure_handed_to_another_unit_keeps_its_words_and_is_not_owed(desk, revision):
    view = open_month(desk, MARCH)
    gone = {row.entry.narrative: (row.dropped, row.ours) for row in view.dropped}
    assert gone == {"3-12 的进展": (True, True), "3-14 的进展": (True, False)}
    assert "3-14" not in {row.task.id for row in view.rows}
    assert "3-14" not in {found.task for found in check(desk, MARCH).findings}
    assert "3-14" not in {row.task.id for row in report(desk, view).tasks}
    settle_plan.correct(desk, "3-14", "owners", "朝阳区")  # and back: the words were never gone
    assert open_month(desk, MARCH).row("3-14").entry.narrative == "3-14 的进展"
    assert open_month(desk, MARCH).row("3-14").required


def test_what_was_read_is_no_longer_pointed_out_until_it_is_taken_back(desk, revision):
    desk.actor = "王"
    view = open_month(desk, MARCH)
    confirm_changes(desk, "3-10", view.row("3-10").unread, view.plan.id)
    confirm_changes(desk, "3-20", view.row("3-20").unread, view.plan.id)
    assert set(flagged(open_month(desk, MARCH))) == {"2-3", "2-23", "3-7"}
    assert {(each.id, each.by) for each in current_plan(desk).decisions} == {
        ("3-10.deadline", "王"), ("3-20.targets", "王")
    }  # fmt: skip
    settle_plan.withdraw(desk, "3-10.deadline")
    assert "3-10" in flagged(open_month(desk, MARCH))
    settle_plan.confirm(desk, ["3-7"])
    assert "3-7" not in flagged(open_month(desk, MARCH))


def test_a_confirmation_before_the_revision_does_not_cover_it(desk, table):
    take_plan.import_plan(desk, table("first.xlsx"))
    for task in ("3-6", "3-9", "3-20", "2-23"):
        settle_plan.confirm(desk, [task])
    take_plan.import_plan(desk, table("second.xlsx", revised))
    assert {"2-23", "3-7", "3-10", "3-20"} <= set(flagged(open_month(desk, MARCH)))


def test_history_is_found_under_the_new_number(desk, table):
    take_plan.import_plan(desk, table("first.xlsx"))
    save(desk, MARCH, "3-5", {"narrative": "五"}) if current_plan(desk).task("3-5") else None
    for words in ("一", "二"):
        save(desk, MARCH, "3-9", {"narrative": words})
        save(desk, MARCH, "3-10", {"narrative": f"十{words}"})
    take_plan.import_plan(desk, table("second.xlsx", revised))
    save(desk, MARCH, "3-10", {"narrative": "三"})
    take_plan.import_plan(desk, table("first.xlsx"))  # and back again
    save(desk, MARCH, "3-9", {"narrative": "四"})
    take_plan.import_plan(desk, table("second.xlsx", revised))

    def written(task, period=MARCH):
        return [row.new for row in journal.rows(desk.book, period, task, "narrative")]

    assert written("3-10") == ["一", "二", "三", "四"]
    assert written("3-11") == ["十一", "十二"]
    save(desk, MARCH, "3-5", {"narrative": "新增的"})
    assert written("3-5") == ["新增的"]  # not the words of the measure that had this number before
    assert written("3-10", FEBRUARY) == []
    assert journal.verify(desk.book).intact


def numbered(number, change=None):
    def write(sheets):
        for sheet in sheets.values():
            sheet.cell(1, 7).value = f"京政办发〔2023〕{number}号"
        if change:
            change(sheets)

    return write


def carried(desk):
    return {task: str(entry.cumulative) for task, entry in previous_entries(desk, MARCH).items()}


def filled(desk):
    for task, figure in (("3-9", "9"), ("3-12", "12"), ("3-20", "20")):
        save(desk, FEBRUARY, task, {"narrative": "二月", "cumulative": figure})


def test_february_under_the_old_table_and_march_under_the_revised_one(desk, table):
    take_plan.import_plan(desk, table("first.xlsx"))
    filled(desk)
    found = take_plan.reading(desk, table("second.xlsx", revised)).read()
    taken = take_plan.take(desk, take_plan.look_at(desk, found, effective=date(2023, 3, 1)))
    assert taken.moved == ()
    assert (open_month(desk, FEBRUARY).plan.revision, open_month(desk, MARCH).plan.revision) == (1, 2)
    assert carried(desk) == {"3-10": "9", "3-20": "20"}
    assert open_month(desk, MARCH).row("3-10").previous.cumulative == 9


def test_february_under_one_notice_and_march_under_another(desk, table):
    """What was done this year counts on in the same words, figures aside; by its number a notice says nothing."""
    take_plan.import_plan(desk, table("a.xlsx", numbered(4)))
    filled(desk)

    def other(sheets):
        revised(sheets)
        edit(sheets[WATER], 20, 3, "隐患排查80家", "风险评估80家")

    taken = take_plan.import_plan(desk, table("b.xlsx", numbered(20, other)))
    assert taken.follows is None
    settle_plan.set_dates(desk, "京政办发〔2023〕4号", effective=date(2023, 2, 1))
    settle_plan.set_dates(desk, "京政办发〔2023〕20号", effective=date(2023, 3, 1))
    assert open_month(desk, FEBRUARY).plan.document_number == "京政办发〔2023〕4号"
    assert open_month(desk, MARCH).plan.document_number == "京政办发〔2023〕20号"
    assert carried(desk) == {"3-10": "9"}


def test_a_new_year_begins_at_nothing(desk, table):
    def last_year(sheets):
        for sheet in sheets.values():
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace("2023", "2022")

    take_plan.import_plan(desk, table("2022.xlsx", last_year))
    take_plan.import_plan(desk, table("2023.xlsx"))
    january = Period(2023, 1)
    settle_plan.set_dates(desk, current_plan(desk).id, issued=date(2023, 2, 23))
    save(desk, january, "3-9", {"narrative": "一月", "cumulative": "9"})
    assert open_month(desk, january).plan.year == 2022
    assert open_month(desk, FEBRUARY).plan.year == 2023
    assert dict(previous_entries(desk, FEBRUARY)) == {}
