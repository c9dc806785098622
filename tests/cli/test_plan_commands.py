"""The task table by command: compared, revised, confirmed, corrected, dated."""

import json
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
