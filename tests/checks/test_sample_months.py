"""The sample months over the sample plan: the two planted mistakes are found, nothing sound is called an error."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from desktop_app.checks import CheckContext, check
from desktop_app.model.entry import STATUS_WORDS, Entry
from desktop_app.model.finding import Finding, Severity
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.report import DueDate, People
from desktop_app.plans import import_plan, shipped_directory

MONTHS = ("chaoyang-2023-02", "chaoyang-2023-03", "tongzhou-2023-03", "jtw-2023-03")
SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"


@cache
def plan() -> Plan:
    name = "plan-2023-sample.xlsx"
    return import_plan((SAMPLES / name).read_bytes(), name, shipped_directory()).plan


def entries(name: str) -> tuple[str, Period, dict[str, Entry]]:
    """The unit's code, the period and the entries of one sample file, numbers as decimals."""
    text = (SAMPLES / f"progress-{name}.json").read_text(encoding="utf-8")
    data = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    rows = (
        Entry(
            f"{row['annex']}-{row['seq']}",
            STATUS_WORDS[row["status"]],
            row["this_month"],
            row["cumulative"],
            row["percent"],
            None,
            row["narrative"],
            row["problems"],
            row["next_steps"],
        )
        for row in data["entries"]
    )
    return data["unit_code"], Period.parse(data["period"]), {row.task_id: row for row in rows}


@cache
def findings(name: str) -> tuple[Finding, ...]:
    code, period, filled = entries(name)
    unit = shipped_directory().find(code)
    previous = entries("chaoyang-2023-02")[2] if name == "chaoyang-2023-03" else {}
    month = period.next
    context = CheckContext(
        unit,
        period,
        plan(),
        tuple(task for task in plan().tasks if task.id in filled),
        (),
        filled,
        previous,
        {},
        People("李四", "王五", "张三", "010-65090000"),
        DueDate(period, date(month.year, month.month, 6), date(month.year, month.month, 5), True, ""),
        date(month.year, month.month, 3),
    )
    assert len(context.tasks) == len(filled)
    return check(context).findings


@pytest.mark.parametrize("name", MONTHS)
def test_a_sound_month_has_no_error(name):
    assert [finding.message for finding in findings(name) if finding.severity is Severity.ERROR] == []


def test_the_two_planted_mistakes_are_found_once_each():
    found = {code: [item for item in findings("chaoyang-2023-03") if item.code == code] for code in ("K301", "K302")}
    assert [(item.task, item.values) for item in found["K301"]] == [
        ("3-9", (("cumulative", "17"), ("last_cumulative", "21")))
    ]
    assert [(item.task, item.values) for item in found["K302"]] == [
        ("2-14", (("cumulative", "118"), ("last_cumulative", "85"), ("this_month", "96")))
    ]


@pytest.mark.parametrize("name", MONTHS)
def test_only_lags_are_left_to_explain_beside_them(name):
    warned = Counter(item.code for item in findings(name) if item.severity is Severity.WARNING)
    assert set(warned) <= {"S401", "S402", "K301", "K302"}


@pytest.mark.parametrize("name", MONTHS)
def test_a_state_of_the_city_and_texts_give_nothing(name):
    quiet = {"3-1", "2-33", "4-5", "2-19", "5-1"}
    assert not [item for item in findings(name) if item.task in quiet]
