"""What is said in public: what may leave a month and a year, kept inside field by field, or allowed with a reason."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from desktop_app.checks.public import leaks
from desktop_app.cli.main import main
from desktop_app.desk import disclosure, make_report, public_edition, take_plan, withholding
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month, set_people
from desktop_app.desk.open_book import create
from desktop_app.desk.save_entry import save
from desktop_app.errors import ClerkError
from desktop_app.model.disclosure import FIGURES, NARRATIVE, NEXT_STEPS, Withheld
from desktop_app.model.period import Period
from desktop_app.model.report import People
from desktop_app.store import journal
from tests.desk.test_revised_plan import moved_down
from tests.desk.test_year_change import next_year

FEBRUARY, MARCH, APRIL = Period(2023, 2), Period(2023, 3), Period(2023, 4)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系电话13812345678，随时受理。", ("138****5678",)),
        ("请拨打010-65090000或写信至hb@example.org。", ("010-65090000", "hb@example.org")),
        ("身份证11010519491231002X已核对。", ("110105********002X",)),
        ("由王喆牵头完成。", ("王喆",)),
        ("联系人：赵某某，已进场。", ("赵某某",)),
        ("内部文件，不得公开。", ("内部文件", "不得公开")),
        ("仅供内部掌握，暂不公布。", ("仅供内部", "内部掌握", "暂不公布")),
        ("敏感企业已约谈。", ("敏感企业",)),
    ],
)
def test_what_must_not_leave_is_found(text: str, found: tuple[str, ...]) -> None:
    assert set(leaks(text, ["王喆"])) == set(found)


@pytest.mark.parametrize(
    "text",
    [
        "完成公共建筑节能改造1.8万平方米，累计38000平方米。", "车站内部道路喷淋系统已建成。",
        "依法公开环境信息120条，公布结果3次。",
        "密云水库水质稳定，司机密切配合。", "2023年11月15日前完成1301家，共13800000元。", "负责人员培训3次。",
    ],
)  # fmt: skip
def test_ordinary_words_may_leave(text: str) -> None:
    assert leaks(text, ["王喆"]) == ()


def words_of(desk: Desk, tmp_path: Path) -> str:
    file = tmp_path / "public.pdf"
    file.write_bytes(make_report.prepare(desk, MARCH, edition="public").render().pdf)
    done = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True)
    return "".join(done.stdout.decode().split())


def inside(desk: Desk, period: Period) -> list[tuple[str, str, Period]]:
    return [(each.task, each.field, each.since) for each in withholding.withheld(desk, period)]


def test_a_leak_stops_the_public_edition_until_it_is_hidden_or_explained(sample_desk: Desk, tmp_path: Path) -> None:
    task = open_month(sample_desk, MARCH).rows[0].task.id
    set_people(sample_desk, People("王喆", "", "李堃", "010-65090000"))
    save(sample_desk, MARCH, task, {"narrative": "由王喆带队，咨询电话13812345678。", "problems": "李堃反映资金不足。",
                                    "next_steps": "继续推进。"})  # fmt: skip
    found = public_edition.look(sample_desk, MARCH)
    assert [disclosure.leak_words(each) for each in found.left] == [
        f"{task}「本月进展」：138****5678",
        f"{task}「本月进展」：王喆",
    ]
    with pytest.raises(ClerkError, match="2 处不宜公开") as refused:
        make_report.prepare(sample_desk, MARCH, edition="public")
    assert "13812345678" not in str(refused.value)
    make_report.prepare(sample_desk, MARCH)  # what is handed in is nobody else's business
    assert public_edition.pages(sample_desk, MARCH)().startswith(b"%PDF")  # it can be looked at all the same

    marked = withholding.hide(sample_desk, MARCH, task, ["narrative"])
    assert inside(sample_desk, MARCH) == [(task, NARRATIVE, MARCH)]
    whole = make_report.prepare(sample_desk, MARCH)
    said = words_of(sample_desk, tmp_path)
    assert "13812345678" not in said
    assert "李堃反映" not in said
    assert withholding.WITHHELD in said
    assert "继续推进。" in said  # the field beside it is printed
    assert whole.render().check_code in said  # the code is that of the whole report

    withholding.put_back(sample_desk, marked)
    assert inside(sample_desk, MARCH) == []
    public_edition.allow(sample_desk, MARCH, "对外服务电话，本人同意署名。")
    assert "13812345678" in words_of(sample_desk, tmp_path)
    save(sample_desk, MARCH, task, {"next_steps": "有事找李堃。"})
    with pytest.raises(ClerkError, match="1 处不宜公开"):  # what was allowed is allowed, what is new is not
        make_report.prepare(sample_desk, MARCH, edition="public")
    public_edition.forbid(sample_desk, MARCH)
    with pytest.raises(ClerkError, match="3 处不宜公开"):
        make_report.prepare(sample_desk, MARCH, edition="public")
    told = [(row.task_id, row.old, row.new) for row in journal.rows(sample_desk.book, field="public:narrative")]
    assert told == [(task, "as_before", "inside"), (task, "inside", "as_before")]


def test_what_is_allowed_is_allowed_in_one_place(sample_desk: Desk) -> None:
    first, second = (row.task.id for row in open_month(sample_desk, MARCH).rows[:2])
    for task in (first, second):
        save(sample_desk, MARCH, task, {"narrative": "仅供内部参考。", "next_steps": "暂不公布。"})
    public_edition.allow(sample_desk, MARCH, "已公开过", task=first, field="narrative")
    left = public_edition.look(sample_desk, MARCH).left
    assert {(each.task, each.field) for each in left} == {
        (first, "next_steps"), (second, "narrative"), (second, "next_steps")
    }  # fmt: skip
    save(sample_desk, FEBRUARY, second, {"narrative": "仅供内部参考。"})
    public_edition.allow(sample_desk, FEBRUARY, "那一次可以", task=second)
    assert public_edition.look(sample_desk, FEBRUARY).left == ()
    assert (
        public_edition.look(sample_desk, MARCH).left == left
    )  # what may leave in one month is asked again in the next
    with pytest.raises(ClerkError, match="没有写理由"):
        public_edition.allow(sample_desk, MARCH, "  ")
    with pytest.raises(ClerkError, match="没有可以撤回"):
        public_edition.forbid(sample_desk, MARCH, task=second)


def test_figures_go_together_and_words_that_tell_them_are_found(sample_desk: Desk, tmp_path: Path) -> None:
    row = next(row for row in open_month(sample_desk, MARCH).rows if row.target and row.target.value)
    task, unit = row.task.id, row.target.unit
    save(sample_desk, MARCH, task, {"cumulative": "1307", "this_month": "7", "narrative": f"累计1307，新增7{unit}。"})
    withholding.hide(sample_desk, MARCH, task, ["cumulative"])
    assert inside(sample_desk, MARCH) == [(task, FIGURES, MARCH)]
    found = [each.found for each in public_edition.look(sample_desk, MARCH).left]
    assert found == [f"7{unit}", f"1307{unit}"]
    hidden = withholding.withheld(sample_desk, MARCH)
    told = withholding.withhold(make_report.prepare(sample_desk, MARCH).report, hidden).entry(task)
    assert told is not None
    assert (told.this_month, told.cumulative, told.percent) == (None, None, None)  # not there at all
    save(sample_desk, MARCH, task, {"narrative": f"进展顺利，13070、17{unit}、7.5{unit}。"})
    assert public_edition.look(sample_desk, MARCH).left == ()
    said = words_of(sample_desk, tmp_path)
    assert f"1307{unit}" not in said
    assert said.count("不公开") >= 3
    withholding.hide(sample_desk, MARCH, task, ["percent"], show=True)
    assert f"1307{unit}" in words_of(sample_desk, tmp_path)


def test_the_reason_of_a_nil_report_is_its_progress(sample_desk: Desk, tmp_path: Path) -> None:
    task = open_month(sample_desk, MARCH).rows[0].task.id
    save(sample_desk, MARCH, task, {"nil": True, "nil_reason": "敏感点位尚未解除。"})
    withholding.hide(sample_desk, MARCH, task, ["narrative"])
    assert public_edition.look(sample_desk, MARCH).left == ()
    assert "敏感点位" not in words_of(sample_desk, tmp_path)


def test_a_mark_stays_until_somebody_says_otherwise(sample_desk: Desk) -> None:
    task = open_month(sample_desk, MARCH).rows[0].task.id
    withholding.hide(sample_desk, MARCH, task)
    assert inside(sample_desk, FEBRUARY) == []
    assert inside(sample_desk, APRIL) == [(task, NARRATIVE, MARCH), (task, NEXT_STEPS, MARCH)]
    withholding.hide(sample_desk, APRIL, task, ["narrative"], show=True)
    assert inside(sample_desk, APRIL) == [(task, NEXT_STEPS, MARCH)]
    assert inside(sample_desk, MARCH) == [(task, NARRATIVE, MARCH), (task, NEXT_STEPS, MARCH)]


def test_letting_one_month_out_lets_no_later_one_out(sample_desk: Desk) -> None:
    task = open_month(sample_desk, MARCH).rows[0].task.id
    withholding.hide(sample_desk, FEBRUARY, task)
    open_month(sample_desk, APRIL)
    shown = withholding.hide(sample_desk, MARCH, task, ["narrative"], show=True)
    assert inside(sample_desk, MARCH) == [(task, NEXT_STEPS, FEBRUARY)]
    assert inside(sample_desk, APRIL) == [(task, NARRATIVE, APRIL), (task, NEXT_STEPS, FEBRUARY)]
    withholding.put_back(sample_desk, shown)
    assert {each[2] for period in (MARCH, APRIL) for each in inside(sample_desk, period)} == {FEBRUARY}


def test_marks_go_with_a_task_that_moves(tmp_path: Path, table) -> None:
    desk = create(tmp_path / "book.yuebao", "朝阳区", today=date(2023, 4, 4))
    try:
        take_plan.import_plan(desk, table("first.xlsx"))
        task = next(row.task for row in open_month(desk, MARCH).rows if row.task.annex == 3 and row.task.number == "9")
        withholding.hide(desk, MARCH, task.id)
        marked = withholding.hide(desk, MARCH, task.id, ["figures"])
        take_plan.import_plan(desk, table("second.xlsx", moved_down))
        assert {each[0] for each in inside(desk, MARCH)} == {"3-10"}
        assert open_month(desk, MARCH).row("3-10").task.measure == task.measure
        again = withholding.hide(desk, MARCH, "3-10", ["narrative"], show=True)
        assert [each[1] for each in inside(desk, MARCH)] == [NEXT_STEPS, FIGURES]
        withholding.put_back(desk, again)  # what was said under the old number counts again
        withholding.put_back(desk, marked)
        assert [each[1] for each in inside(desk, MARCH)] == [NARRATIVE, NEXT_STEPS]
    finally:
        desk.close()


def test_a_mark_goes_over_into_a_year_whose_words_are_the_same(sample_desk: Desk, table) -> None:
    same, other = (row.task for row in open_month(sample_desk, MARCH).rows[:2])
    for task in (same, other):
        withholding.hide(sample_desk, MARCH, task.id, ["narrative"])

    def changed(sheets: dict) -> None:
        next_year(sheets)
        for sheet in sheets.values():
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value == other.measure:
                        cell.value += "，并向社会公布结果"  # much alike, and yet not what was marked

    take_plan.import_plan(sample_desk, table("2024.xlsx", changed))
    assert inside(sample_desk, Period(2024, 2)) == [(same.id, NARRATIVE, MARCH)]
    assert inside(sample_desk, Period(2023, 12)) == [(each.id, NARRATIVE, MARCH) for each in (same, other)]


def test_nothing_to_explain_is_said_and_a_task_must_be_one(sample_desk: Desk) -> None:
    with pytest.raises(ClerkError, match="不需要说明"):
        public_edition.allow(sample_desk, MARCH, "可以")
    with pytest.raises(ClerkError):
        withholding.hide(sample_desk, MARCH, "9-99")
    task = open_month(sample_desk, MARCH).rows[0].task.id
    with pytest.raises(ClerkError, match="不能标为公开"):
        withholding.hide(sample_desk, MARCH, task, ["problems"])
    assert withholding.withheld(sample_desk, MARCH) == ()


def test_what_is_empty_is_not_called_withheld(sample_desk: Desk) -> None:
    task = open_month(sample_desk, MARCH).rows[0].task.id
    save(sample_desk, MARCH, task, {"narrative": "有进展。", "next_steps": ""})
    report = make_report.prepare(sample_desk, MARCH).report
    told = withholding.withhold(report, [Withheld(task, each, MARCH) for each in (NARRATIVE, NEXT_STEPS)])
    entry = told.entry(task)
    assert entry is not None
    assert (entry.narrative, entry.next_steps) == (withholding.WITHHELD, "")


def test_commands(sample_desk: Desk, capsys: pytest.CaptureFixture) -> None:
    book = ["--book", str(sample_desk.book_path), "--today", "2023-04-04", "--json"]
    task = open_month(sample_desk, MARCH).rows[0].task.id
    save(sample_desk, MARCH, task, {"narrative": "联系人：赵某某。"})
    sample_desk.close()

    def run(*words: str) -> tuple[int, dict]:
        code = main([*words, *book])
        return code, json.loads(capsys.readouterr().out)

    assert run("activity", "add", "宣传", "进社区", "--on", "2023-03-05", "--task", task)[1]["number"] == 1
    assert [each["title"] for each in run("activity", "list", "2023")[1]["activities"]] == ["进社区"]
    assert run("activity", "list", "2023-04")[1]["activities"] == []
    changed = run("activity", "change", "1", "--title", "进学校", "--kind", "解读")[1]
    assert (changed["title"], changed["kind"], changed["day"], changed["task"]) == (
        "进学校", "explaining", "2023-03-05", task
    )  # fmt: skip
    assert run("activity", "undo", "1")[1]["title"] == "进社区"
    assert run("public", "check", "2023-03")[0] == 1
    assert run("public", "hide", "2023-03", task, "narrative")[1]["fields"] == [
        {"task": task, "field": "narrative", "since": "2023-03"}
    ]
    assert run("public", "hide", "2023-03", task)[1]["hidden"] == [task]
    assert run("public", "check", "2023-03")[0] == 0
    assert run("public", "show", "2023-03", task)[1]["hidden"] == []
    assert run("public", "allow", "2023-03", "已征得同意", "--task", task)[1]["leaks"][0]["found"] == "赵某某"
    assert run("public", "check", "2023-03")[1]["reasons"] == ["已征得同意"]
    assert run("public", "forbid", "2023-03")[1]["leaks"][0]["allowed"] is False
    assert run("public", "check", "2023-03")[0] == 1
    assert run("activity", "remove", "1")[1]["title"] == "进社区"
    assert run("public", "year", "2023", "--out", "x.pdf")[0] == 1
