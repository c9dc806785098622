"""Work that is shared: tasks handed to a town and drawn back, a draft carried to another machine and merged."""

import errno
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.small import TABLE, TEXT, TOWN, Side, new_bureau, new_town, new_unit

MARCH = "2023-03"


@pytest.fixture
def district(tmp_path: Path) -> Side:
    bureau = new_bureau(tmp_path, "2023-03-26")
    made = new_unit(tmp_path, "通州区政府", bureau)
    table = tmp_path / "plan.csv"
    table.write_text(TABLE, encoding="utf-8")
    made("plan", "import", table)
    return made


def broken_disk(*_given: object) -> None:
    raise OSError(errno.EIO, "Input/output error")


def entry(side: Side, task: str) -> dict[str, Any]:
    """What a book holds on a task, as its report would carry it."""
    side("report", MARCH, "--out", side.book.with_suffix(".pdf"))
    data = side("read", side.book.with_suffix(".pdf"), "--untrusted")
    return next(row for row in data["entries"] if row["task_id"] == task)


def test_a_town_is_handed_tasks_and_its_figures_flow_back(district: Side, tmp_path: Path) -> None:
    out, town = tmp_path / "split.pdf", new_town(tmp_path, district)
    Side(tmp_path / "other.yuebao", district.secret, district.day)("new", "--unit", TOWN, code=1)
    refused = district.signing("plan", "split", "--to", TOWN, "--task", "9-9", "--out", out, code=1)
    assert "9-9" in refused["error"]["title"]
    done = district.signing("plan", "split", "--to", TOWN, "--task", "1-1", "--task", "1-2", "--out", out)
    assert (done["tasks"], done["unit"]["added"], done["questions"]) == (["1-1", "1-2"], True, [])
    district("key", "export", "--out", tmp_path / "district.pem")
    assert "没有登记" in town("receive", out, code=1)["refused"][0]["reason"]
    assert town("receive", out, "--trust", tmp_path / "district.pem")["taken"][0]["assigned"] == 2
    assert [task["id"] for task in town("plan", "show")["tasks"]] == ["1-1", "1-2"]
    assert "发给" in district("receive", out, "--trust", tmp_path / "district.pem", code=1)["refused"][0]["reason"]

    file = tmp_path / "rows.json"
    rows = [
        {"task": f"1-{n}", "status": "on_track", "narrative": TEXT, "this_month": "7", "cumulative": "7"}
        for n in (1, 2)
    ]
    file.write_text(json.dumps({"entries": rows}), encoding="utf-8")
    town("fill", MARCH, "--from", file)
    town.explain(MARCH)
    town.sign(MARCH)
    report = town("hand-in", MARCH, "--to", tmp_path)["path"]

    assert "登记" in district("merge", report, code=1)["error"]["title"]
    assert "不是发给填报单位的" in district("receive", report, code=1)["refused"][0]["reason"]
    own = "区级层面已开展督导检查。"
    file.write_text(json.dumps({"entries": [{"task": "1-1", "narrative": own, "this_month": "9"}]}), encoding="utf-8")
    district("fill", MARCH, "--from", file)
    with pytest.MonkeyPatch.context() as patch:  # what was drawn and from whom are one transaction
        patch.setattr("desktop_app.store.merges.mark", broken_disk)
        district("merge", report, "--trust", tmp_path / "town.pem", code=3)
    assert entry(district, "1-1")["cumulative"] is None
    said = district("merge", report, "--trust", tmp_path / "town.pem", code=1)
    drawn = {(row["task"], row["field"]): (row["new"], row["source"]) for row in said["merged"]}
    assert drawn == {
        ("1-1", "cumulative"): ("7", f"{TOWN} 7"),
        ("1-2", "this_month"): ("7", f"{TOWN} 7"),
        ("1-2", "cumulative"): ("7", f"{TOWN} 7"),
    }
    left = {(row["task"], row["field"]): (row["ours"], row["theirs"]) for row in said["conflicts"]}
    assert left[("1-1", "this_month")] == ("9", "7")
    assert left[("1-1", "narrative")] == (own, f"{TOWN}：{TEXT}")
    held = entry(district, "1-1")
    assert (held["this_month"], held["cumulative"], held["narrative"]) == ("9", "7", own)

    said = district("merge", report, "--take", f"{MARCH}/1-1/narrative=theirs", "--take", "ours")
    assert said["conflicts"] == []
    assert entry(district, "1-1")["narrative"] == f"{own}\n{TOWN}：{TEXT}"
    assert entry(district, "1-1")["this_month"] == "9"
    again = district("merge", report, "--take", "ours")
    assert again["merged"] == []
    assert "没有变化" in district("receive", report)["taken"][0]["effect"]
    assert entry(district, "1-1")["narrative"] == f"{own}\n{TOWN}：{TEXT}"


def test_a_draft_is_carried_away_and_merged_back(district: Side, tmp_path: Path) -> None:
    def write(side: Side, **rows: dict[str, str]) -> None:
        file = tmp_path / "rows.json"
        entries = [{"task": task.replace("_", "-"), **fields} for task, fields in rows.items()]
        file.write_text(json.dumps({"entries": entries}), encoding="utf-8")
        side("fill", MARCH, "--from", file)

    write(district, **{"1_1": {"narrative": "原来的话。", "problems": "旧问题。"}})
    carried = tmp_path / "carried.yuebao"
    district("draft", "export", "--out", carried)
    other = Side(carried, district.secret, district.day)
    write(
        other, **{"1_1": {"narrative": "同事的话。", "problems": "同事写的问题。"}, "1_2": {"narrative": "同事填的。"}}
    )
    write(district, **{"1_1": {"problems": "我写的问题。"}, "1_3": {"narrative": "我填的。"}})
    said = district("merge", carried, code=1)
    assert {(row["task"], row["field"], row["new"]) for row in said["merged"]} == {
        ("1-1", "narrative", "同事的话。"), ("1-2", "narrative", "同事填的。")
    }  # fmt: skip
    assert [(row["id"], row["ours"], row["theirs"]) for row in said["conflicts"]] == [
        (f"{MARCH}/1-1/problems", "我写的问题。", "同事写的问题。")
    ]
    assert entry(district, "1-1")["problems"] == "我写的问题。"
    assert entry(district, "1-3")["narrative"] == "我填的。"
    again = district("merge", carried, code=1)
    assert (again["merged"], len(again["conflicts"])) == ([], 1)
    district("merge", carried, "--take", "sideways", code=2)
    assert len(district("merge", carried, "--take", f"{MARCH}/1-1/problems=theirs")["merged"]) == 1
    assert entry(district, "1-1")["problems"] == "同事写的问题。"
    assert district("merge", carried)["again"] is True
    stranger = tmp_path / "stranger.yuebao"
    shutil.copy(tmp_path / "desk.yuebao", stranger)
    assert "填报簿" in district("merge", stranger, code=1)["error"]["title"]
