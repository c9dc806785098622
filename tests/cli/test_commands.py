"""Every command by its contract: documents, exit codes, and one sentence for every refusal."""

import json
from pathlib import Path

import pytest

TODAY = ("--today", "2023-04-04", "--json")


def test_due_needs_no_book(run) -> None:
    said = run("due", "2023-02", "--json")
    assert said.code == 0
    assert said.document["due"] == "2023-03-03"
    assert said.document["safe"] == "2023-03-02"
    assert said.document["certain"] is True
    assert run("due", "2023-03", "--json").document["due"] == "2023-04-06"
    assert run("--json", "due", "2026-12").document["certain"] is False


def test_new_names_the_unit(run, book: Path) -> None:
    said = run("--book", book, "new", "--unit", "朝阳区", "--json")
    assert said.document["unit"] == {
        "code": "110105",
        "name": "北京市朝阳区人民政府",
        "kind": "district_government",
        "short_name": "朝阳区",
    }
    assert Path(said.document["book"]) == book
    again = run("--book", book, "new", "--unit", "海淀区", "--json")
    assert again.code != 0
    assert run("--book", book, "plan", "show").code == 1  # still 朝阳区's, and without a plan


def test_plan_comes_in_whole(run, book: Path, samples: Path) -> None:
    run("new", "--unit", "朝阳区政府", "--book", book)
    said = run("plan", "import", samples / "plan-2023-sample.xlsx", "--book", book, "--json")
    assert said.code == 0
    document = said.document
    assert [sheet["measures"] for sheet in document["sheets"]] == [18, 34, 24, 14, 14, 0]
    assert document["sheets"][5]["indicators"] == 12
    assert document["assigned"] == 55
    assert {question["kind"] for question in document["questions"]} <= {
        "owners", "deadline", "target", "header", "duplicate", "unknown_unit"
    }  # fmt: skip
    shown = run("plan", "show", "--all", "--book", book, "--json").document
    assert len(shown["tasks"]) == 104
    by_id = {task["id"]: task for task in shown["tasks"]}
    assert by_id["2-12"]["number"] == "12"
    assert by_id["1-8"]["deadline"] == {
        "raw": "2023年11月15日前", "kind": "date", "date": "2023-11-15", "confirmed": False
    }  # fmt: skip
    own = [target for target in by_id["1-9"]["targets"] if target["scope"] == "110105"]
    assert [(target["value"], target["unit"]) for target in own] == [("36", "万平方米")]
    mine = run("plan", "show", "--book", book, "--json").document
    assert len(mine["tasks"]) == 55
    assert len(mine["indicators"]) == 12


def test_an_answer_assigns_a_task(run, planned: Path) -> None:
    before = run("plan", "show", "--book", planned, "--json").document
    question = next(row for row in before["questions"] if row["task"] == "1-16")
    said = run("plan", "answer", question["id"], "朝阳区、海淀区", "--book", planned, "--json")
    assert said.code == 0
    assert said.document["task"]["owners"] == ["110105", "110108"]
    assert said.document["assigned"] == 56
    samples = Path(__file__).resolve().parents[2] / "resources" / "samples"
    again = run("plan", "import", samples / "plan-2023-sample.xlsx", "--book", planned, "--json").document
    assert again["assigned"] == 56  # the same table again keeps what was answered
    assert run("plan", "answer", "9-99-owners", "朝阳区", "--book", planned).code == 1
    assert run("plan", "answer", question["id"], "火星区", "--book", planned).code == 1


def test_answers_file_settles_at_import(run, book: Path, samples: Path, tmp_path: Path) -> None:
    run("new", "--unit", "朝阳区政府", "--book", book)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"answers": [{"id": "1-16-owners", "choice": ["110105"]}]}), "utf-8")
    said = run("plan", "import", samples / "plan-2023-sample.xlsx", "--answers", answers, "--book", book, "--json")
    assert said.document["assigned"] == 56
    assert "1-16-owners" not in {question["id"] for question in said.document["questions"]}


def test_month_opens_with_its_due_date(run, planned: Path) -> None:
    said = run("month", "2023-02", "--book", planned, "--today", "2023-03-01", "--json")
    assert said.document["due"] == "2023-03-03"
    assert said.document["tasks"] == 55
    assert said.document["filled"] == 0
    assert said.document["state"] == "draft"
    assert said.document["revision"] == 1
    assert run("month", "2023-03", "--book", planned, *TODAY).document["due"] == "2023-04-06"
    late = run("month", "2023-03", "--book", planned, "--today", "2023-04-10", "--json")
    assert late.document["standing"] == "late"


def test_fill_takes_rows_whole_and_names_what_it_refused(run, planned: Path, samples: Path, tmp_path: Path) -> None:
    said = run("fill", "2023-02", "--from", samples / "progress-chaoyang-2023-02.json", "--book", planned, *TODAY)
    assert said.code == 0
    assert said.document == {"filled": 55, "refused": []}
    bad = tmp_path / "bad.json"
    entries = [
        {"annex": 1, "seq": 1, "status": "正常推进", "narrative": "甲", "this_month": "很多"},
        {"annex": 1, "seq": 2, "status": "正常推进", "narrative": "乙"},
        {"annex": 1, "seq": 4, "status": "飞快", "narrative": "丙"},
        {"annex": 1, "seq": 9, "status": "正常推进", "narrative": "丁", "this_month": "１,２３４.5"},
        {"annex": 1, "seq": 12, "mood": "好"},
        "不是记录",
    ]
    bad.write_text(json.dumps({"period": "2023-03", "entries": entries}), "utf-8")
    said = run("fill", "2023-03", "--from", bad, "--book", planned, *TODAY)
    assert said.code == 1
    assert said.document["filled"] == 1
    assert {(row["task"], row["field"]) for row in said.document["refused"]} == {
        ("1-1", "this_month"), ("1-2", None), ("1-4", "status"), ("1-12", "mood"), ("第 6 条", None)
    }  # fmt: skip
    assert run("month", "2023-03", "--book", planned, *TODAY).document["filled"] == 1


def test_another_units_or_months_file_is_refused_whole(run, planned: Path, samples: Path) -> None:
    said = run("fill", "2023-03", "--from", samples / "progress-tongzhou-2023-03.json", "--book", planned, *TODAY)
    assert said.code == 1
    assert "通州区" in said.err
    said = run("fill", "2023-03", "--from", samples / "progress-chaoyang-2023-02.json", "--book", planned, *TODAY)
    assert said.code == 1
    assert run("month", "2023-03", "--book", planned, *TODAY).document["filled"] == 0


def test_checks_find_the_two_slips_and_no_false_error(run, planned: Path, samples: Path) -> None:
    for period in ("2023-02", "2023-03"):
        run("fill", period, "--from", samples / f"progress-chaoyang-{period}.json", "--book", planned, *TODAY)
    said = run("check", "2023-03", "--book", planned, *TODAY)
    assert said.code == 1
    assert said.document["errors"] == 0
    warned = {row["task"] for row in said.document["findings"] if row["field"] == "cumulative"}
    assert {"3-9", "2-14"} <= warned
    fall = next(row for row in said.document["findings"] if row["task"] == "3-9" and row["field"] == "cumulative")
    assert {"21", "17"} <= set(fall["values"].values())


def test_an_explanation_counts_until_its_values_change(run, planned: Path, samples: Path, tmp_path: Path) -> None:
    for period in ("2023-02", "2023-03"):
        run("fill", period, "--from", samples / f"progress-chaoyang-{period}.json", "--book", planned, *TODAY)
    before = run("check", "2023-03", "--book", planned, *TODAY).document
    slip = next(row for row in before["findings"] if row["task"] == "3-9" and row["field"] == "cumulative")
    said = run("explain", "2023-03", "3-9", slip["code"], "核减重复统计的9处。", "--book", planned, *TODAY)
    assert said.document == {"task": "3-9", "code": slip["code"]}
    after = run("check", "2023-03", "--book", planned, *TODAY).document
    assert after["unexplained"] == before["unexplained"] - 1
    change = tmp_path / "change.json"
    change.write_text(json.dumps({"entries": [{"task": "3-9", "cumulative": 16}]}), "utf-8")
    assert run("fill", "2023-03", "--from", change, "--book", planned, *TODAY).code == 0
    assert run("check", "2023-03", "--book", planned, *TODAY).document["unexplained"] == before["unexplained"]
    assert run("explain", "2023-03", "3-9", "NO-SUCH", "文字", "--book", planned).code == 1


def test_rules_need_no_book(run) -> None:
    rules = run("rules", "--json").document["rules"]
    assert len(rules) >= 8
    assert all(
        set(rule) >= {"code", "severity", "title", "meaning", "remedy", "source"} and all(rule.values())
        for rule in rules
    )
    assert len({rule["code"] for rule in rules}) == len(rules)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["due", "2023-13"], 2),
        (["due", "三月"], 2),
        (["nonsense"], 2),
        (["plan"], 2),
        (["month"], 2),
        (["--today", "yesterday", "due", "2023-02"], 2),
        (["month", "2023-03", "--book", "/nowhere/at/all.yuebao"], 1),
        (["new", "--unit", "火星区政府", "--book", "{tmp}/a.yuebao"], 1),
        (["verify", "{tmp}/none.pdf"], 1),
        (["verify", "{tmp}"], 1),
        (["--json"], 2),
    ],
)
def test_wrong_use_is_one_sentence(run, tmp_path: Path, words: list[str], code: int) -> None:
    said = run(*(word.format(tmp=tmp_path) for word in words))
    assert said.code == code
    assert 1 <= len(said.err.strip().splitlines()) <= 2


def test_a_place_that_cannot_be_written_is_the_worlds_fault(run, planned: Path, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("here", "utf-8")
    for out in (file / "below.pdf", tmp_path):
        said = run("report", "2023-03", "--out", out, "--book", planned)
        assert said.code == 3, out
    assert file.read_text("utf-8") == "here"
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"%PDF-1.7 nothing", b"\x00" * 100, "中文".encode()])
def test_bad_files_are_refused_with_a_sentence(run, planned: Path, tmp_path: Path, content: bytes) -> None:
    for name, words in (
        ("plan.xlsx", ["plan", "import"]),
        ("report.pdf", ["receive"]),
        ("report2.pdf", ["verify"]),
        ("report3.pdf", ["read"]),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        said = run(*words, file, "--book", planned, "--json")
        assert said.code == 1, (name, content)
    file = tmp_path / "progress.json"
    file.write_bytes(content)
    assert run("fill", "2023-03", "--from", file, "--book", planned).code == 1
    assert run("plan", "show", "--book", planned, "--json").document["plan"]["year"] == 2023


def test_english_is_spoken_when_asked(run) -> None:
    said = run("due", "2023-02", "--lang", "en")
    assert "2023-03-03" in said.out
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in said.out.splitlines()[0])
