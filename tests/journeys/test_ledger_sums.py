"""What the ledgers of a year say is what anybody can reckon from the signed PDFs alone."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from desktop_app.desk import ledger
from desktop_app.desk.desk import Desk
from desktop_app.model.ledger import LedgerKind
from tests import sample_year
from tests.ledger_files import Table, every_revision, table_of

SHEETS = {
    LedgerKind.PERFORMANCE: ("绩效台账", "任务编号"),
    LedgerKind.INSPECTION: ("督察台账", "编号"),
    LedgerKind.PROBLEMS: ("问题台账", "编号"),
    LedgerKind.TIMELINESS: ("报送时效", "报告期"),
}
FIELDS = (("problems", "存在问题", "P"), ("coordination", "需市级协调事项", "C"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = sample_year.year_desk(tmp_path_factory.mktemp("year"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def files(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[LedgerKind, Path]:
    folder = tmp_path_factory.mktemp("ledgers")
    found = {kind: folder / f"{kind}.xlsx" for kind in LedgerKind}
    for kind, file in found.items():
        ledger.write(desk, sample_year.YEAR, kind, file)
    return found


@pytest.fixture(scope="module")
def signed(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    return every_revision(sample_year.handed_in())


@pytest.fixture(scope="module")
def newest(signed: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [revisions[-1] for revisions in signed.values()]


def read(files: dict[LedgerKind, Path], kind: LedgerKind) -> Table:
    return table_of(files[kind], *SHEETS[kind])


def entry(data: dict[str, Any], task: str) -> dict[str, Any]:
    return next(each for each in data["entries"] if each["task_id"] == task)


def tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def number(value: object) -> Decimal:
    """What a cell holds, without the dust of binary fractions."""
    return Decimal(str(value)).quantize(Decimal("0.000001"), ROUND_HALF_UP).normalize()


def test_every_month_s_amount_and_their_sum(files: dict[LedgerKind, Path], newest: list[dict[str, Any]]) -> None:
    rows = table_of(files[LedgerKind.PERFORMANCE], "逐月完成", "任务编号").rows
    assert [row["任务编号"] for row in rows] == ["1-11", "2-4", "2-9"]
    for row in rows:
        amounts = [Decimal(entry(data, row["任务编号"])["this_month"]) for data in newest]
        assert [number(row[f"{month}月"]) for month in range(1, 13)] == [number(amount) for amount in amounts]
        cumulative = Decimal(entry(newest[-1], row["任务编号"])["cumulative"])
        assert number(row["各月合计"]) == number(sum(amounts))
        assert number(row["累计完成"]) == number(cumulative)
        assert number(row["累计减合计"]) == number(cumulative - sum(amounts))


def test_scores_are_the_weighed_mean_of_what_the_reports_say(
    files: dict[LedgerKind, Path], signed: dict[str, list[dict[str, Any]]], newest: list[dict[str, Any]]
) -> None:
    table = read(files, LedgerKind.PERFORMANCE)
    keys = [item["task"]["id"] for item in newest[-1]["tasks"] if item["required"] and item["task"]["key"]]
    assert [row["任务编号"] for row in table.rows] == keys == ["1-11", "1-12", "2-4", "2-9"]
    timely = sum(revisions[0]["prepared_on"] <= revisions[0]["due"]["due"] for revisions in signed.values())
    assert timely == 11
    scores = []
    for row in table.rows:
        said = entry(newest[-1], row["任务编号"])
        # every key task of the sample ends with the year, so that all of it was to be done; 1-12 has no amount
        progress = min(Decimal(100), Decimal(said["percent"])) if said["cumulative"] else Decimal(100)
        back = sum(
            any(each["task"] == row["任务编号"] for each in data["answers"]) for data in newest if "answers" in data
        )
        on_time, passed = (tenth(Decimal(100 * part) / 12) for part in (timely, 12 - back))
        assert [number(row[head]) for head in ("完成情况", "按时报送", "一次通过")] == [
            number(each) for each in (progress, on_time, passed)
        ]
        scores.append(tenth((60 * progress + 20 * on_time + 20 * passed) / 100))
        assert number(row["得分"]) == number(scores[-1])
        assert number(row["完成率"]) == number(Decimal(said["percent"]) / 100)
        assert (row["来源月报"], row["版次"]) == ("2023-12", 1)
    assert sorted(scores) != [scores[0]] * 4, "all alike would show nothing"
    assert table.totals["任务编号"] == 4
    assert number(table.totals["得分"]) == number(sum(scores) / 4)


def test_listed_items_are_those_that_the_reports_state(
    files: dict[LedgerKind, Path], newest: list[dict[str, Any]]
) -> None:
    wanted: dict[str, tuple[str, str, int]] = {}
    for field, word, letter in FIELDS:
        for task in (item["task"]["id"] for item in newest[0]["tasks"]):
            months = [n for n, data in enumerate(newest, 1) if entry(data, task)[field] not in ("", "无")]
            if months:
                state = "挂账中" if months[-1] == 12 else "待销号"
                wanted[f"{letter}-2023-{months[0]:02}-{task}"] = (word, state, months[-1] - months[0] + 1)
    table = read(files, LedgerKind.INSPECTION)
    assert {row["编号"]: (row["事项类别"], row["状态"], row["反映月数"]) for row in table.rows} == wanted
    assert len(wanted) == 6
    assert (table.totals["编号"], table.totals["反映月数"]) == (6, sum(each[2] for each in wanted.values()))
    assert table.counts == {"挂账中": 2, "待销号": 4}
    problems = read(files, LedgerKind.PROBLEMS)
    assert {row["编号"] for row in problems.rows} == wanted.keys()
    assert problems.totals["反映月数"] == table.totals["反映月数"]
    assert [row["反映月数"] for row in problems.rows] == sorted((each[2] for each in wanted.values()), reverse=True)


def test_what_a_corrected_revision_takes_back_is_not_listed(
    files: dict[LedgerKind, Path], signed: dict[str, list[dict[str, Any]]]
) -> None:
    first, second = signed["2023-03"]
    assert entry(first, "2-16")["problems"] != "无"
    assert entry(second, "2-16")["problems"] == "无"
    assert not any(row["编号"].endswith("-2-16") for row in read(files, LedgerKind.INSPECTION).rows)


def test_every_row_leads_to_a_report(
    files: dict[LedgerKind, Path], signed: dict[str, list[dict[str, Any]]], newest: list[dict[str, Any]]
) -> None:
    names = {file.name.split("_")[1]: file.stem.split("_")[3] for file in sample_year.handed_in()}
    assert len(names) == 12
    for kind, file in files.items():
        sources = table_of(file, "依据", "报告期").rows
        assert {row["报告期"]: row["校验码"] for row in sources} == names
        assert [row["版次"] for row in sources] == [data["revision"] for data in newest]
        for row in read(files, kind).rows:
            period = row.get("来源月报") or row.get("最近来源月报")
            assert names[period] == (row.get("校验码") or row.get("最近月报校验码"))
            assert row["版次"] == signed[period][-1]["revision"]
    for row in read(files, LedgerKind.INSPECTION).rows:
        assert row["挂账月报校验码"] == names[row["挂账月份"]]


def test_the_record_of_days(files: dict[LedgerKind, Path], signed: dict[str, list[dict[str, Any]]]) -> None:
    table = read(files, LedgerKind.TIMELINESS)
    late = {}
    for row, (period, revisions) in zip(table.rows, signed.items(), strict=True):
        handed, last = (date.fromisoformat(revisions[0][name]) for name in ("prepared_on", "as_of"))
        due = date.fromisoformat(revisions[0]["due"]["due"])
        assert last < due
        assert (row["报告期"], row["首次报送"].date(), row["最迟报送日"].date()) == (period, handed, due)
        late[period] = max(0, (handed - due).days)
        assert (row["逾期天数"], row["签署版数"]) == (late[period], len(revisions))
        assert row["是否按时"] == ("逾期" if late[period] else "按时")
    assert late["2023-04"] == 2
    assert (table.totals["逾期天数"], table.totals["签署版数"], table.totals["退回次数"]) == (2, 14, 1)
    assert table.counts == {"按时": 11, "逾期": 1}
    assert [row["收文方认定"] for row in table.rows if row["收文方认定"]] == [
        "按时",
        "按时",
        "逾期",
        "按时",
        "按时",
        "按时",
    ]


def test_formulas_reach_over_what_they_stand_for(files: dict[LedgerKind, Path]) -> None:
    """Their values are right above; here that a spreadsheet that reckons anew reckons over the same cells."""
    file = files[LedgerKind.PERFORMANCE]
    heads = [cell.value for cell in next(row for row in load_workbook(file)["逐月完成"] if row[0].value == "任务编号")]
    first, last = (get_column_letter(heads.index(head) + 1) for head in ("1月", "12月"))
    for row in table_of(file, "逐月完成", "任务编号", values=False).rows:
        assert re.fullmatch(rf"=SUM\({first}(\d+):{last}\1\)", row["各月合计"])
    sheet = load_workbook(file)["绩效台账"]
    head = next(row for row in sheet if row[0].value == "任务编号")
    places = {cell.value: cell.column_letter for cell in head}
    weights = head[0].row - 1
    assert [sheet[f"{places[name]}{weights}"].value for name in ("完成情况", "按时报送", "一次通过")] == [60, 20, 20]
    for row in table_of(file, "绩效台账", "任务编号", values=False).rows:
        ranges = re.findall(r"([A-Z]+)(\$?\d+):([A-Z]+)(\$?\d+)", row["得分"])
        assert {(each[0], each[2]) for each in ranges} == {(places["完成情况"], places["一次通过"])}
        assert {each[1] for each in ranges if "$" in each[1]} == {f"${weights}"}
