"""A town, its district and the bureau: tasks go down, reports come up, receipts come home, each by its own desk."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.small import TABLE, TEXT, TOWN, Side, new_bureau, new_town, new_unit

MARCH = "2023-03"


@pytest.fixture
def three(tmp_path: Path) -> tuple[Side, Side, Side]:
    """The town holds its two tasks, received with the certificate that the table itself brought along."""
    bureau = new_bureau(tmp_path, "2023-03-26")
    district = new_unit(tmp_path, "通州区政府", bureau)
    (tmp_path / "plan.csv").write_text(TABLE, encoding="utf-8")
    pack = tmp_path / "plan.pdf"
    bureau.signing("bureau", "publish-plan", tmp_path / "plan.csv", "--out", pack)
    district("receive", pack, "--trust", tmp_path / "bureau.pem")
    town, out = new_town(tmp_path, district), tmp_path / "split.pdf"
    district.signing("plan", "split", "--to", TOWN, "--task", "1-1", "--task", "1-2", "--out", out)
    mark = district("key", "export", "--out", tmp_path / "district.pem")["fingerprints"][0]
    refused = town("receive", out, code=1)["refused"][0]["reason"]
    assert "没有登记" in refused
    assert mark in refused, "what has to be compared"
    said = town("receive", out, "--trust", out)
    assert (said["enrolled"], said["taken"][0]["assigned"]) == ([mark], 2)
    return town, district, bureau


def fill(side: Side, folder: Path, this_month: str, text: str = TEXT) -> None:
    rows = [
        {"task": f"1-{n}", "status": "on_track", "narrative": text, "next_steps": "继续推进。",
         "this_month": this_month, "cumulative": this_month}
        for n in (1, 2)
    ]  # fmt: skip
    (folder / "rows.json").write_text(json.dumps({"entries": rows}), encoding="utf-8")
    assert side("fill", MARCH, "--from", folder / "rows.json")["refused"] == []
    side.explain(MARCH)


def standing(desk: Side) -> list[tuple[Any, ...]]:
    return [(row["name"], row["state"], row["revision"]) for row in desk("bureau", "status", MARCH)["units"]]


def entry(side: Side, task: str) -> dict[str, Any]:
    side("report", MARCH, "--out", side.book.with_suffix(".pdf"))
    data = side("read", side.book.with_suffix(".pdf"), "--untrusted")
    found: dict[str, Any] = next(row for row in data["entries"] if row["task_id"] == task)
    return found


def test_a_town_reports_to_its_district_and_the_district_to_the_bureau(
    three: tuple[Side, Side, Side], tmp_path: Path
) -> None:
    town, district, bureau = three
    assert standing(district) == [(TOWN, "missing", None)], "who was handed tasks is to report; the bureau is not"
    box, answers = tmp_path / "box", tmp_path / "answers"
    box.mkdir()
    fill(town, tmp_path, "7")
    town.sign(MARCH)
    first = town("hand-in", MARCH, "--to", box)["path"]
    assert "登记" in district("bureau", "receive", box, code=1)["refused"][0]["reason"]
    assert district("receive", "--from", box)["taken"] == [], "an unknown sender's report is passed over"
    district("bureau", "enrol", tmp_path / "town.pem")

    taken = district("receive", "--from", box)
    assert [(row["kind"], Path(row["file"]).name) for row in taken["taken"]] == [("report", Path(first).name)]
    assert "以前已经收过" in district("receive", "--from", box)["passed_over"][0]["reason"]
    assert "没有变化" in district("bureau", "receive", box)["taken"][0]["effect"]
    assert standing(district) == [(TOWN, "received", 1)]

    remarks = tmp_path / "remarks.json"
    remarks.write_text(json.dumps([{"task": "1-1", "field": "累计完成", "text": "与台账不符。"}]), encoding="utf-8")
    words = ("bureau", "return", first, "--remarks", remarks, "--out", answers)
    assert "不是单位负责人" in district.signing(*words, "--key", "张漷", code=1)["error"]["title"]
    back = district.signing(*words)
    assert standing(district) == [(TOWN, "returned", 1)]
    assert "已经退回" in district("merge", first, code=1)["error"]["title"]
    assert "退回" in town("receive", back["path"])["taken"][0]["effect"]
    town("correct", MARCH, "--reason", "按退回意见更正。")
    fill(town, tmp_path, "9", f"更正：{TEXT}")
    town("answer", MARCH, "1-1", "累计完成", "已按台账更正。")
    town.explain(MARCH)
    town.sign(MARCH)
    second = town("hand-in", MARCH, "--to", box)["path"]
    district("receive", "--from", box)
    assert standing(district) == [(TOWN, "received", 2)]

    own = "区级层面已开展督导检查。"
    (tmp_path / "own.json").write_text(json.dumps({"entries": [{"task": "1-1", "narrative": own}]}), encoding="utf-8")
    district("fill", MARCH, "--from", tmp_path / "own.json")
    done = district.signing("bureau", "accept", second, "--out", answers)
    drawn = {(row["task"], row["field"]): (row["new"], row["source"]) for row in done["merged"]}
    assert drawn == {
        (task, field): ("9", f"{TOWN} 9") for task in ("1-1", "1-2") for field in ("this_month", "cumulative")
    }
    assert ("1-1", "narrative") in {(row["task"], row["field"]) for row in done["conflicts"]}
    assert entry(district, "1-1")["narrative"] == own, "a person's words are never written over"
    again = district.signing("bureau", "accept", second, "--out", answers)
    assert (again["sha256"], again["merged"]) == (done["sha256"], [])
    assert standing(district) == [(TOWN, "accepted", 2)]
    assert "办结" in town("receive", done["path"])["taken"][0]["effect"]
    assert town("month", MARCH)["state"] == "received"

    district("merge", done["check_code"], "--take", "theirs")
    assert entry(district, "1-1")["narrative"] == f"{own}\n{TOWN}：更正：{TEXT}"
    collated = district("bureau", "collate", MARCH, "--out", tmp_path / "towns.csv")
    assert (collated["units"], collated["rows"], collated["missing"]) == (1, 2, [])
    rows = [{"task": "1-3", "status": "ongoing", "narrative": TEXT, "next_steps": "继续推进。"}]
    rows += [{"task": f"1-{n}", "status": "on_track"} for n in (1, 2)]
    (tmp_path / "own.json").write_text(json.dumps({"entries": rows}), encoding="utf-8")
    district("fill", MARCH, "--from", tmp_path / "own.json")
    district.explain(MARCH)
    district.sign(MARCH)
    report = district("hand-in", MARCH, "--to", tmp_path / "box")["path"]
    bureau("bureau", "receive", report)
    data = bureau("read", report)
    said = {row["task_id"]: row for row in data["entries"]}
    assert f"{TOWN}：更正：{TEXT}" in said["1-1"]["narrative"]
    assert (said["1-1"]["cumulative"], said["1-2"]["cumulative"]) == ("9", "9")
    assert [row[1] for row in standing(bureau)] == ["received"]

    late = district.signing("bureau", "accept", second, "--out", answers)
    assert "没有并入" in late["note"], "the district has signed: its report does not change any more"


def test_who_reports_here_hands_out_nothing(three: tuple[Side, Side, Side], tmp_path: Path) -> None:
    """A town's certificate vouches for its own report, not for tables and receipts to the office above it."""
    town, district, _bureau = three
    district("bureau", "enrol", tmp_path / "town.pem")
    pack = tmp_path / "turned.pdf"
    town.signing("plan", "split", "--to", "北京市通州区人民政府", "--task", "1-1", "--out", pack)
    assert "向本单位报送" in district("receive", pack, code=1)["refused"][0]["reason"]
    fill(district, tmp_path, "3")
    district("fill", MARCH, "--from", _nil(tmp_path))
    district.explain(MARCH)
    district.sign(MARCH)
    report = district("hand-in", MARCH, "--to", tmp_path)["path"]
    town("bureau", "enrol", tmp_path / "district.pem")
    receipt = town.signing("bureau", "accept", report, "--out", tmp_path / "answers")
    assert "向本单位报送" in district("receive", receipt["path"], code=1)["refused"][0]["reason"]
    assert district("month", MARCH)["state"] == "handed_in"


def _nil(folder: Path) -> Path:
    file = folder / "third.json"
    rows = [{"task": "1-3", "status": "ongoing", "narrative": TEXT, "next_steps": "继续推进。"}]
    file.write_text(json.dumps({"entries": rows}), encoding="utf-8")
    return file


def test_a_file_brings_no_trust_of_its_own(three: tuple[Side, Side, Side], tmp_path: Path) -> None:
    _town, district, _bureau = three
    whole = (tmp_path / "split.pdf").read_bytes()
    (tmp_path / "broken.pdf").write_bytes(whole[:-600] + b"0" * 600)
    other = Side(tmp_path / "other.yuebao", district.secret, district.day)
    other("new", "--unit", TOWN, "--unlisted")
    assert (
        "核验" in other("receive", tmp_path / "split.pdf", "--trust", tmp_path / "broken.pdf", code=1)["error"]["title"]
    )
    assert "没有登记" in other("receive", tmp_path / "split.pdf", code=1)["refused"][0]["reason"]
    shutil.copy(tmp_path / "plan.csv", tmp_path / "not.pdf")
    assert "证书" in other("receive", tmp_path / "split.pdf", "--trust", tmp_path / "not.pdf", code=1)["error"]["title"]
