"""A month that is returned: published, filled, handed in, sent back, corrected, answered, accepted."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from desktop_app.desk.bureau_return import UNSAID
from tests.journeys.small import TABLE, Side, new_bureau, new_unit

MARCH = "2023-03"
pytestmark = pytest.mark.usefixtures("years_until_2026")


@pytest.fixture
def street(tmp_path: Path) -> tuple[Side, Side, Side, Path]:
    bureau = new_bureau(tmp_path, "2023-04-03")
    return bureau, new_unit(tmp_path, "朝阳区政府", bureau), new_unit(tmp_path, "通州区政府", bureau), tmp_path


def states(bureau: Side) -> dict[str, Any]:
    found = bureau("bureau", "status", MARCH)
    return {row["name"][3:5]: (row["state"], row["revision"], row["on_time"], row["late"]) for row in found["units"]}


def collated(bureau: Side, folder: Path) -> list[dict[str, str]]:
    done = bureau("bureau", "collate", MARCH, "--out", folder / "all.csv")
    with (folder / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == done["rows"]
    return rows


def test_a_month_there_and_back(street: tuple[Side, Side, Side, Path]) -> None:
    bureau, chaoyang, tongzhou, folder = street
    table, pack, stick = folder / "plan.csv", folder / "plan.pdf", folder / "stick"
    table.write_text(TABLE, encoding="utf-8")
    stick.mkdir()
    sent = bureau.signing("bureau", "publish-plan", table, "--out", pack)
    assert (sent["tasks"], sent["questions"]) == (3, [])
    assert chaoyang("verify", pack, "--trust", folder / "bureau.pem")["kind"] == "plan"

    stranger = chaoyang("receive", pack, code=1)
    assert "没有登记" in stranger["refused"][0]["reason"]
    for unit in (chaoyang, tongzhou):
        seen = unit("receive", pack, "--trust", folder / "bureau.pem", "--preview")["taken"][0]
        assert (seen["kind"], seen["assigned"], seen["comparison"]) == ("plan", 3, None)
        unit("plan", "show", code=1)
        assert unit("receive", pack)["taken"][0]["assigned"] == 3
        assert len(unit("plan", "show")["tasks"]) == 3
        assert "以前已经收过" in unit("receive", pack)["taken"][0]["effect"]
    assert set(states(bureau).values()) == {("missing", None, None, False)}
    assert states(bureau.on("2023-04-10"))["朝阳"] == ("missing", None, None, True)

    chaoyang.write_month(MARCH, 20)
    tongzhou.write_month(MARCH, 30, "=1+1 本月按计划推进，完成了既定的工作内容，现场检查同步进行。")
    first, other = [], []
    for unit, files in ((chaoyang, first), (tongzhou, other)):
        assert unit.sign(MARCH)["state"] == "signed"
        files.append(unit("hand-in", MARCH, "--to", stick)["path"])
    taken = bureau("bureau", "receive", *first, *other)
    assert len(taken["taken"]) == 2
    assert states(bureau) == {"朝阳": ("received", 1, True, False), "通州": ("received", 1, True, False)}
    found = next(row for row in bureau("bureau", "status", MARCH)["units"] if row["name"].endswith("朝阳区人民政府"))
    assert (found["findings"]["errors"], found["findings"]["unexplained"]) == (0, 0)
    rows = collated(bureau, folder)
    assert [row["累计完成"] for row in rows if row["任务"] == "1-1"] == ["20", "30"]
    assert [row["本月进展"][:5] for row in rows if row["任务"] == "1-1"][1] == "'=1+1"

    remarks = folder / "remarks.json"
    remarks.write_text(json.dumps([{"task": "9-9", "field": "cumulative", "text": "不对"}]), encoding="utf-8")
    refused = bureau.signing("bureau", "return", first[0], "--remarks", remarks, code=1)
    assert "9-9" in refused["error"]["title"]
    remarks.write_text(
        json.dumps(
            [
                {"task": "1-1", "field": "累计完成", "text": "累计数与台账不符，请核对。"},
                {"task": "report", "field": "", "text": "请补充联系人。"},
            ]
        ),
        encoding="utf-8",
    )
    back = bureau.signing("bureau", "return", first[0], "--remarks", remarks, "--out", folder)
    assert (
        bureau.signing("bureau", "return", first[0], "--remarks", remarks, "--out", folder)["sha256"] == back["sha256"]
    )
    assert states(bureau)["朝阳"] == ("returned", 1, True, False)
    assert [row["报送单位"][3:5] for row in collated(bureau, folder)] == ["通州"] * 3
    assert "已经退回" in bureau.signing("bureau", "accept", first[0], code=1)["error"]["title"]

    assert "不一致" not in chaoyang("verify", back["path"], "--trust", folder / "bureau.pem")["problems"]
    assert "发给" in tongzhou("receive", back["path"], code=1)["refused"][0]["reason"]
    assert "退回" in chaoyang("receive", back["path"])["taken"][0]["effect"]
    assert "以前已经收过" in chaoyang("receive", back["path"])["taken"][0]["effect"]
    seen = chaoyang("month", MARCH)
    assert seen["state"] == "returned"
    assert [(row["task"], row["field"], row["open"]) for row in seen["remarks"]] == [
        ("1-1", "cumulative", True), ("report", None, True)
    ]  # fmt: skip
    assert "correct" in chaoyang("answer", MARCH, "1-1", "cumulative", "已按台账更正。", code=1)["error"]["advice"]

    assert "原因" in chaoyang("correct", MARCH, "--reason", " ", code=1)["error"]["title"]
    opened = chaoyang.on("2023-04-07")("correct", MARCH, "--reason", "按退回意见更正累计数。")
    assert (opened["revision"], opened["state"], opened["late"]) == (2, "draft", True)
    assert "不用更正" in chaoyang("correct", MARCH, "--reason", "再更正一次。", code=1)["error"]["title"]
    late = chaoyang.on("2023-04-07")
    codes = {(row["code"], row["task"]) for row in late("check", MARCH, code=1)["findings"]}
    assert {("K310", "1-1"), ("P708", "report"), ("L801", "report")} <= codes
    fill = folder / "fix.json"
    fill.write_text(
        json.dumps({"entries": [{"task": "1-1", "this_month": "22", "cumulative": "22"}]}), encoding="utf-8"
    )
    late("fill", MARCH, "--from", fill)
    late("answer", MARCH, "1-1", "累计完成", "已按台账更正为22次。")
    assert late("answer", MARCH, "report", "", "联系人已补充。")["open"] == 0
    late.explain(MARCH)
    late.sign(MARCH)
    second = late("hand-in", MARCH, "--to", stick)["path"]

    data = late("read", second)
    before = late("read", first[0])
    assert data["follows"] == {
        "revision": 1,
        "data_sha256": late("verify", first[0])["data_sha256"],
        "check_code": late("verify", first[0])["check_code"],
    }
    assert "follows" not in before
    changed = {(row["task_id"], row["field"]): (row["before"], row["after"]) for row in data["changes"]}
    assert changed == {("1-1", "this_month"): ("20", "22"), ("1-1", "cumulative"): ("20", "22")}
    assert [(row["task"], row["text"]) for row in data["answers"]] == [
        ("1-1", "已按台账更正为22次。"), ("report", "联系人已补充。")
    ]  # fmt: skip
    assert [(row["period"], row["revision"], row["state"]) for row in late("history")["months"]] == [
        (MARCH, 1, "returned"), (MARCH, 2, "handed_in")
    ]  # fmt: skip

    desk = bureau.on("2023-04-07")
    assert "更正第1版" in desk("bureau", "receive", second)["taken"][0]["effect"]
    assert states(desk)["朝阳"] == ("received", 2, True, False)
    old = desk.signing("bureau", "accept", other[0], "--out", folder)
    receipt = desk.signing("bureau", "accept", second, "--out", folder)
    assert receipt["on_time"] is False
    assert "办结" in late("receive", receipt["path"])["taken"][0]["effect"]
    assert "发给" in late("receive", old["path"], code=1)["refused"][0]["reason"]
    seen = late("month", MARCH)
    assert (seen["state"], [row["open"] for row in seen["remarks"]]) == ("received", [False, False])
    assert states(desk) == {"朝阳": ("accepted", 2, True, False), "通州": ("accepted", 1, True, False)}
    assert [row["累计完成"] for row in collated(desk, folder) if row["任务"] == "1-1"] == ["22", "30"]

    desk("bureau", "collate", MARCH, "--out", folder / "all.xlsx")
    book = load_workbook(folder / "all.xlsx")
    assert book.sheetnames == ["2023-03 报送情况", "附件1", "合计"]
    (texts,) = [row for row in book["附件1"].iter_rows(min_row=2) if row[0].value == "110112" and row[5].value == "1-1"]
    assert (texts[12].value, texts[12].data_type, texts[16].data_type) == (30, "n", "s")
    assert [cell.value for cell in next(book["合计"].iter_rows(min_row=2))][4:7] == [2, 52, 52]


def test_calendars_travel_and_an_older_one_is_refused(street: tuple[Side, Side, Side, Path]) -> None:
    bureau, unit, _other, folder = street
    days = ["2027-01-01", "2027-05-01", "2027-10-01", *(f"2027-10-0{day}" for day in range(2, 8))]
    year = {"year": 2027, "notice": "国办发明电〔2026〕1号", "holidays": days, "makeup_workdays": ["2027-10-09"]}
    sent = []
    for day, change in (("2023-04-01", {}), ("2023-04-02", {"makeup_workdays": ["2027-10-10"]})):
        file = folder / f"{day}.json"
        file.write_text(json.dumps(year | change, ensure_ascii=False), encoding="utf-8")
        out = folder / f"calendar-{day}.pdf"
        sent.append(bureau.on(day).signing("bureau", "publish-calendar", file, "--out", out)["path"])
    assert unit("verify", sent[0], "--trust", folder / "bureau.pem")["kind"] == "calendar"
    assert "没有登记" in unit("receive", sent[1], code=1)["refused"][0]["reason"]
    assert "预览" in unit("receive", sent[1], "--trust", folder / "bureau.pem", "--preview")["taken"][0]["effect"]
    assert unit("due", "2027-01")["certain"] is False
    assert "2027年" in unit("receive", sent[1])["taken"][0]["effect"]
    assert unit("due", "2027-01")["certain"] is True
    assert "旧的" in unit("receive", sent[0], code=1)["refused"][0]["reason"]
    assert "以前已经收过" in unit("receive", sent[1])["taken"][0]["effect"]


def test_remarks_that_have_no_place_are_refused_and_nothing_is_written(street: tuple[Side, Side, Side, Path]) -> None:
    bureau, unit, other, folder = street
    (folder / "plan.csv").write_text(TABLE, encoding="utf-8")
    unit("plan", "import", folder / "plan.csv")
    unit.write_month(MARCH, 20)
    unit.sign(MARCH)
    report = unit("hand-in", MARCH, "--to", folder)["path"]
    bureau("bureau", "receive", report)
    file, out = folder / "remarks.xlsx", folder / "answers"
    words = ("bureau", "return", report, "--remarks", file, "--out", out)
    for rows in ([], [["9-9", "", "不对"]], [["1-1", "没有的栏", "不对"]], [["1-1", "累计完成", ""]]):
        _sheet(file, rows)
        assert bureau.signing(*words, code=1)["error"]["title"]
        assert not out.exists()
        assert states(bureau)["朝阳"][0] == "received"
    _sheet(file, [["1-1", "累计完成", "请核对。"]])
    assert len(bureau.signing(*words)["remarks"]) == 1
    assert states(bureau)["朝阳"][0] == "returned"

    other("plan", "import", folder / "plan.csv")
    other.write_month(MARCH, 30)
    other.sign(MARCH)
    without = bureau.signing("bureau", "return", other("hand-in", MARCH, "--to", folder)["path"], "--out", out)
    assert [(row["task"], row["text"]) for row in without["remarks"]] == [("report", UNSAID)]
    assert "有 1 条意见" in other("receive", without["path"], "--trust", without["path"])["taken"][0]["effect"]


def _sheet(file: Path, rows: list[list[str]]) -> None:
    book = Workbook()
    for row in [["任务", "字段", "意见"], *rows]:
        book.worksheets[0].append(row)
    book.save(file)
