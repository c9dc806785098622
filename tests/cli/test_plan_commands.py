"""The task table by command: compared, revised, confirmed, corrected, dated."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.desk.conftest import sheet_row, table  # noqa: F401 - a fixture

TODAY = ("--today", "2023-04-04", "--json")


@pytest.fixture
def planned(run, book: Path, samples: Path) -> Path:
    run("new", "--unit", "朝阳区政府", "--book", book)
    run("plan", "import", samples / "plan-2023-sample.xlsx", "--book", book)
    return book


def revise(sheets):
    water = sheets["水污染防治"]
    water.cell(sheet_row(water, 9), 4).value = "10月底前"
    water.delete_rows(sheet_row(water, 12))


def test_a_revision_is_compared_and_then_taken(run, planned, table):  # noqa: F811
    new = table("new.xlsx", revise)
    said = run("plan", "compare", new, "--book", planned, "--json").document
    assert (said["added"], said["dropped"]) == ([], ["3-12"])
    assert said["changed"] == [
        {"id": "3-9", "field": "deadline", "old": said["changed"][0]["old"], "new": "10月底前", "was": "3-9"}
    ]
    assert said["indicators"] == {"added": [], "dropped": [], "changed": []}
    assert run("plan", "list", "--book", planned, "--json").document["plans"][0]["revision"] == 1
    text = run("plan", "compare", new, "--book", planned).out
    assert "取消 3-12" in text
    assert "10月底前" in text
    taken = run("plan", "import", new, "--book", planned, "--json").document
    assert taken["plan"]["revision"] == 2
    assert taken["comparison"]["dropped"] == ["3-12"]
    rows = run("plan", "list", "--book", planned, "--json").document["plans"]
    assert [(row["revision"], row["superseded"]) for row in rows] == [(1, True), (2, False)]
    assert run("plan", "compare", new, "--book", planned, "--json").document["changed"] == []


def test_a_reading_is_corrected_confirmed_and_taken_back(run, planned):
    said = run("plan", "confirm", "3-9", "--field", "deadline", "--value", "11月15日前", "--book", planned, "--json")
    assert said.document["task"]["deadline"]["date"] == "2023-11-15"
    assert said.document["task"]["confirmed"] == ["deadline"]
    assert said.document["at"]
    assert run("plan", "confirm", "3-9", "--field", "deadline", "--value", "2月30日", "--book", planned).code == 1
    assert run("plan", "confirm", "3-9", "--book", planned, "--json").document["confirmed"] == 1
    said = run("plan", "confirm", "3-9", "--field", "deadline", "--withdraw", "--book", planned, "--json")
    assert said.code == 0
    shown = run("plan", "show", "--book", planned, "--json").document["tasks"]
    assert next(row for row in shown if row["id"] == "3-9")["deadline"]["date"] == "2023-09-30"
    everything = run("plan", "confirm", "--all", "--book", planned, "--json").document
    assert everything["confirmed"] == len([row for row in shown if not row["questions"]])
    assert run("plan", "confirm", "--book", planned).code == 2
    assert run("plan", "confirm", "3-7", "--book", planned).code == 1


def test_answers_by_file_may_correct_as_well(run, planned, samples, tmp_path):
    file = tmp_path / "answers.json"
    rows = [{"id": "3-7-owners", "choice": ["朝阳区"]}, {"id": "3-9.deadline", "choice": "11月15日前"}]
    file.write_text(json.dumps({"answers": rows}), "utf-8")
    sample = samples / "plan-2023-sample.xlsx"
    said = run("plan", "import", sample, "--answers", file, "--book", planned, "--json").document
    assert "3-7-owners" not in {row["id"] for row in said["questions"]}
    shown = run("plan", "show", "--all", "--book", planned, "--json").document["tasks"]
    assert next(row for row in shown if row["id"] == "3-9")["deadline"]["date"] == "2023-11-15"


def test_dates_say_which_plan_rules(run, planned):
    said = run(
        "plan", "dates", "--issued", "2023-02-23", "--number", "京政办发〔2023〕4号",
        "--repeals", "京政办发〔2020〕8号", "--book", planned, "--json",
    ).document["plan"]  # fmt: skip
    assert (said["issued"], said["document_number"], said["repeals"]) == (
        "2023-02-23", "京政办发〔2023〕4号", ["京政办发〔2020〕8号"]
    )  # fmt: skip
    assert run("month", "2023-02", "--book", planned, *TODAY).code == 0
    assert run("plan", "dates", "--repealed", "2023-01-01", "--book", planned).code == 1
    assert run("plan", "dates", "--issued", "gestern", "--book", planned).code == 2
    assert run("plan", "show", "--plan", "no-such", "--book", planned).code == 1


def test_offers_and_their_wrong_use(run, planned):
    assert run("plan", "answer", "--offered", "--book", planned, "--json").document["taken"] == 0
    assert run("plan", "answer", "--offered", "3-7-owners", "--book", planned).code == 2
    assert run("plan", "answer", "3-7-owners", "--book", planned).code == 2


def test_one_annex_against_the_whole_plan(run, planned, samples):
    water = samples / "plan-2023-water.docx"
    said = run("plan", "compare", water, "--book", planned, "--json").document
    assert (said["absent"], said["dropped"], said["indicators"]["dropped"]) == ([1, 2, 4, 5, 6], [], [])
    text = run("plan", "compare", water, "--book", planned).out
    assert "附件1、2、4、5、6不在文件里，照旧不变" in text
    assert run("plan", "import", water, "--book", planned, "--json").document["absent"] == [1, 2, 4, 5, 6]
    shown = run("plan", "show", "--all", "--book", planned, "--json").document
    assert {task["annex"] for task in shown["tasks"]} == {1, 2, 3, 4, 5}
    assert len(shown["indicators"]) == 12


def test_the_same_file_and_another_year(run, planned, samples, table):  # noqa: F811
    same = run("plan", "compare", samples / "plan-2023-sample.xlsx", "--book", planned, "--json").document
    assert [same[name] for name in ("added", "dropped", "changed", "absent")] == [[], [], [], []]
    assert "没有不同" in run("plan", "compare", samples / "plan-2023-sample.xlsx", "--book", planned).out

    def next_year(sheets):
        for sheet in sheets.values():
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace("2023", "2024")

    text = run("plan", "compare", table("next.xlsx", next_year), "--book", planned).out
    assert text.startswith("文件是2024年的计划，填报簿里的是2023年的")


def test_confirmations_are_taken_back_all_or_none(run, planned):
    assert run("plan", "confirm", "--all", "--book", planned).code == 0
    assert run("plan", "confirm", "3-9", "--all", "--book", planned).code == 2
    assert run("plan", "confirm", "--withdraw", "--book", planned).code == 2
    assert run("plan", "confirm", "3-9", "3-7", "--withdraw", "--book", planned).code == 1
    shown = run("plan", "show", "--book", planned, "--json").document["tasks"]
    assert next(row for row in shown if row["id"] == "3-9")["confirmed"]
    assert run("plan", "confirm", "3-9", "3-9", "--withdraw", "--book", planned).code == 0
    assert run("plan", "confirm", "--all", "--withdraw", "--book", planned, "--json").document["confirmed"] == 0


def test_a_district_figure_is_answered_and_taken_back(run, planned):
    assert run("plan", "answer", "6-1.110105", "≤31", "--book", planned).code == 0
    for wrong in ("6-1.999999", "6-1.BJ-JTW", "6-99.110105"):
        assert run("plan", "answer", wrong, "≤31", "--book", planned).code == 1
    assert run("plan", "confirm", "6-1.110105", "--withdraw", "--book", planned).code == 0
    rows = run("plan", "show", "--book", planned, "--json").document["indicators"]
    assert next(row for row in rows if row["id"] == "6-1")["targets"][0]["value"] == "32"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([("3-8-owners", "朝阳区"), ("3-8-owners", "海淀区")], "两条不同的答复"),
        ([("3-8-owners", "朝阳区"), ("5-3-deadline", "尽快")], "5-3：「尽快」看不出时限"),
        ([("3-8-owners", "")], "3-8-owners"),
        ([("3-8-owners", "市甲局")], "认不出的单位"),
    ],
)
def test_a_wrong_answers_file_is_refused_whole(run, planned, samples, tmp_path, answers, words):
    before = run("plan", "list", "--book", planned, "--json").document
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"answers": [{"id": key, "choice": choice} for key, choice in answers]}), "utf-8")
    said = run("plan", "import", samples / "plan-2023-sample.xlsx", "--answers", file, "--book", planned)
    assert said.code == 1
    assert words in said.err
    assert run("plan", "list", "--book", planned, "--json").document == before


def test_answers_given_twice_alike_and_answers_to_nothing(run, planned, samples, tmp_path):
    file = tmp_path / "answers.json"
    rows = [("3-8-owners", "朝阳区"), ("3-8-owners", "朝阳区"), ("9-9-owners", "朝阳区"), ("6-1.999999", "1")]
    file.write_text(json.dumps({"answers": [{"id": key, "choice": choice} for key, choice in rows]}), "utf-8")
    said = run("plan", "import", samples / "plan-2023-sample.xlsx", "--answers", file, "--book", planned, "--json")
    assert said.code == 0
    assert any("9-9-owners" in text and "6-1.999999" in text for text in said.document["warnings"])
    assert "3-8-owners" not in {row["id"] for row in said.document["questions"]}


def test_what_is_shown_follows_the_language_asked_for(run, planned):
    chinese = run("plan", "show", "--all", "--book", planned, "--json").document["questions"]
    english = run("plan", "show", "--all", "--book", planned, "--json", "--lang", "en").document["questions"]
    assert [row["id"] for row in chinese] == [row["id"] for row in english]
    assert [row["choices"] for row in chinese] == [row["choices"] for row in english]  # data, to be given back
    assert all(isinstance(row["text"], str) for row in english)
    owners = next(row["text"] for row in english if row["kind"] == "owners")
    assert owners.startswith("Which units")
    assert run("plan", "show", "--all", "--book", planned, "--json").document["questions"] == chinese


def test_what_plan_show_promises(run, planned):
    """Keys, kinds, days and decimals as scripts rely on them."""
    shown = run("plan", "show", "--all", "--book", planned, "--json").document["tasks"]
    promised = {
        "id",
        "annex",
        "number",
        "key",
        "title",
        "measure",
        "deadline",
        "lead",
        "owners",
        "supporters",
        "targets",
    }
    for task in shown:
        assert promised <= set(task)
        assert {"raw", "kind", "date"} <= set(task["deadline"])
        assert task["deadline"]["kind"] in {
            "year_end", "half_year_end", "quarter_end", "month_end", "date", "event", "ongoing", "staged", "unknown"
        }  # fmt: skip
        day = task["deadline"]["date"]
        assert day is None or str(date.fromisoformat(day)) == day
        for target in task["targets"]:
            assert {"indicator", "kind", "direction", "value", "unit", "scope"} <= set(target)
            assert target["kind"] in {"quantity", "ceiling", "ratio", "trend", "qualitative"}
            assert target["direction"] in {
                "at_least", "at_most", "increase", "decrease", "improve", "stable", "none"
            }  # fmt: skip
            assert target["value"] is None or str(Decimal(target["value"])) == target["value"]


def test_each_month_opens_with_the_plan_in_force(run, book, table):  # noqa: F811
    """Plans of three years and a revision, taken early and late; drafts go over, other months stay."""

    def of(year, old="50家重点", new="50家重点"):
        def change(sheets):
            for sheet in sheets.values():
                for row in sheet.iter_rows():
                    for cell in row:
                        if isinstance(cell.value, str):
                            cell.value = cell.value.replace("2023", str(year)).replace(old, new)

        return change

    def ruling(period):
        said = run("month", period, "--book", book, *TODAY)
        plan = said.document["plan"] if said.code == 0 else None
        return (plan["year"], plan["revision"]) if plan else None

    def dated(plan, *days):
        assert run("plan", "dates", "--plan", plan, *days, "--book", book).code == 0

    run("new", "--unit", "朝阳区政府", "--book", book)
    assert run("plan", "import", table("2022.xlsx", of(2022)), "--book", book).code == 0
    assert (ruling("2023-03"), ruling("2023-04")) == ((2022, 1), None)  # carried into the first quarter, no further
    taken = run("plan", "import", table("2023.xlsx", of(2023)), "--book", book, "--json").document
    assert taken["moved"] == ["2023-03"]  # opened before the newer plan was there
    first = taken["plan"]["id"]
    dated(first, "--issued", "2023-02-23")
    assert [ruling(period) for period in ("2023-01", "2023-02", "2023-03")] == [(2022, 1), (2023, 1), (2023, 1)]
    later = table("second.xlsx", of(2023, "50家重点", "60家重点"))
    taken = run("plan", "import", later, "--effective", "2023-07-01", "--book", book, "--json").document
    assert taken["moved"] == []
    assert [ruling(period) for period in ("2023-06", "2023-07")] == [(2023, 1), (2023, 2)]
    dated(taken["plan"]["id"], "--repealed", "2023-11-01")
    assert [ruling(period) for period in ("2023-10", "2023-11")] == [(2023, 2), (2023, 1)]
    used = {row["id"]: row["months"] for row in run("plan", "list", "--book", book, "--json").document["plans"]}
    assert used[first] == ["2023-02", "2023-03", "2023-06", "2023-11"]
    assert used[taken["plan"]["id"]] == ["2023-07", "2023-10"]
    assert "（用于 2023-07、2023-10）" in run("plan", "list", "--book", book).out
