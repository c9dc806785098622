"""check, explain and rules by command: the contract, the third answer, lists, stale explanations."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

MARCH = ("--today", "2023-04-04")


@pytest.fixture
def filled(run, planned: Path, samples: Path) -> Path:
    for month in ("2023-02", "2023-03"):
        run("fill", month, "--from", samples / f"progress-chaoyang-{month}.json", "--book", planned, *MARCH)
    return planned


def test_what_was_not_checked_is_counted_and_listed(run, filled: Path) -> None:
    said = run("check", "2023-03", "--book", filled, *MARCH, "--json").document
    listed = said["not_checked_list"]
    assert said["not_checked"] == len(listed) > 0
    assert all(set(row) == {"code", "title", "task", "lacks", "message"} for row in listed)
    (deadline,) = [row for row in listed if (row["code"], row["task"]) == ("S406", "2-23")]
    assert deadline["lacks"] == ["deadline"]
    assert deadline["message"] == "「时限已过而未完成」没有校验：缺少完成时限的具体日期。"


def test_without_last_month_the_sum_is_not_checked(run, planned: Path, samples: Path) -> None:
    run("fill", "2023-03", "--from", samples / "progress-chaoyang-2023-03.json", "--book", planned, *MARCH)
    listed = run("check", "2023-03", "--book", planned, *MARCH, "--json").document["not_checked_list"]
    assert ("K302", "3-9", ["last_cumulative"]) in [(row["code"], row["task"], row["lacks"]) for row in listed]


def test_the_two_anomalies_of_the_sample(run, filled: Path) -> None:
    said = run("check", "2023-03", "--book", filled, *MARCH, "--json")
    assert said.code == 1
    found = {(row["code"], row["task"]) for row in said.document["findings"]}
    assert {("K301", "3-9"), ("K302", "2-14")} <= found
    assert said.document["errors"] == 0


def test_a_stale_explanation_is_shown_with_its_words(run, filled: Path, tmp_path: Path) -> None:
    run("explain", "2023-03", "3-9", "K301", "示例说明：重复登记。", "--book", filled, *MARCH)
    progress = tmp_path / "more.json"
    entry = {"annex": 3, "seq": 9, "status": "正常推进", "this_month": 5, "cumulative": 18}
    progress.write_text(json.dumps({"period": "2023-03", "entries": [entry]}), encoding="utf-8")
    run("fill", "2023-03", "--from", progress, "--book", filled, *MARCH)
    said = run("check", "2023-03", "--book", filled, *MARCH, "--json")
    (row,) = [row for row in said.document["findings"] if row["code"] == "K301"]
    assert (row["explanation"], row["stale_explanation"]) == (None, "示例说明：重复登记。")
    plain = run("check", "2023-03", "--book", filled, *MARCH)
    assert "原来的情况说明是为别的数字写的，要重新写：示例说明：重复登记。" in plain.out


def test_the_list_is_written_beside_the_answer(run, filled: Path, tmp_path: Path) -> None:
    said = run("check", "2023-03", "--out", tmp_path / "list.xlsx", "--book", filled, *MARCH, "--json")
    assert said.document["path"] == str(tmp_path / "list.xlsx")
    rows = load_workbook(tmp_path / "list.xlsx").worksheets[0].max_row - 3
    assert rows == len(said.document["findings"]) + said.document["not_checked"]
    run("check", "2023-03", "--out", tmp_path / "list.pdf", "--book", filled, *MARCH)
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF-1.7")
    refused = run("check", "2023-03", "--out", tmp_path / "list.txt", "--book", filled, *MARCH)
    assert refused.code == 2
    assert "Traceback" not in refused.err


def test_rules_are_a_catalogue_and_a_page(run, tmp_path: Path) -> None:
    said = run("rules", "--json").document["rules"]
    assert len(said) >= 70
    assert all(set(row) == {"code", "severity", "title", "meaning", "remedy", "source"} for row in said)
    run("rules", "--out", tmp_path / "rules.md")
    assert (tmp_path / "rules.md").read_text("utf-8").startswith("# 校验规则目录")


def test_bounds_come_in_by_a_file(run, filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "bounds.json"
    curve = [0, 0, 0, 10, 20, 30, 40, 50, 60, 70, 85, 100]
    file.write_text(json.dumps({"thresholds": {"behind": 15}, "curves": {"4-3": curve}}), encoding="utf-8")
    said = run("settings", "import", file, "--book", filled, "--json").document
    assert said == {"thresholds": ["behind"], "curves": ["4-3"]}
    file.write_text(json.dumps({"curves": {"4-3": curve[1:]}}), encoding="utf-8")
    refused = run("settings", "import", file, "--book", filled)
    assert refused.code == 2
    assert "不是 12 个数" in refused.err
