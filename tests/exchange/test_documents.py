"""Reports and receipts survive the way out and home, whole and in one spelling."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from desktop_app.errors import ClerkError
from desktop_app.exchange import canonical, check_code, digest, receipt_json, report_json, to_receipt, to_report
from desktop_app.exchange.strict_json import read_json
from tests.exchange.planted import receipt, report
from tests.strategies import receipts, reports

RELAXED = settings(
    max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)


@RELAXED
@given(reports())
def test_a_report_comes_back_as_it_went(original):
    there = canonical(report_json(original))
    data = read_json(there, "report.json")
    back = to_report(data)
    assert back == original
    assert canonical(report_json(back)) == there


@RELAXED
@given(receipts)
def test_a_receipt_comes_back_as_it_went(original):
    assert to_receipt(read_json(canonical(receipt_json(original)), "receipt.json")) == original


def test_numbers_are_text_and_nothing_is_null():
    entry = report_json(report())["entries"][0]
    assert (entry["cumulative"], entry["this_month"]) == ("4.5", None)


def test_the_sample_plan_is_marked_in_the_data():
    assert report_json(report())["notice"] == "示例任务集（非官方文本）"
    assert [signer["role"] for signer in report_json(report())["signers"]] == ["preparer", "approver"]


def test_the_check_code_is_the_head_of_the_digest():
    assert check_code("3f2a9c0177ab0d4e" + "0" * 48) == "3F2A-9C01-77AB-0D4E"
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_canonical_is_rfc_8785():
    assert canonical({"b": 1, "a": ["€", "\n"], "\u20ac": None}) == '{"a":["€","\\n"],"b":1,"€":null}'.encode()
    with pytest.raises(ClerkError):
        canonical({"a": "\ud800"})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d["tasks"].append(d["tasks"][0]), "同一个任务出现了两次"),
        (lambda d: d["entries"].append(d["entries"][0]), "同一个任务填报了两次"),
        (lambda d: d["entries"][0].update(task_id="9-9"), "提到了任务 9-9"),
        (lambda d: d["findings"][0].update(task="9-9"), "提到了任务 9-9"),
        (lambda d: d["evidence"][0].update(task_id="9-9"), "提到了任务 9-9"),
        (lambda d: d["due"].update(period="2023-04"), "报送期限不属于"),
        (lambda d: d["signers"].pop(), "「signers」自相矛盾"),
        (lambda d: d.update(notice=""), "「notice」自相矛盾"),
        (lambda d: d["entries"][0].update(cumulative="4.5\n"), "「entries」自相矛盾"),
        (lambda d: d.update(as_of="2023-02-30"), "不存在的日期"),
    ],
)
def test_data_that_contradicts_itself_is_refused(change, sentence):
    data = report_json(report())
    change(data)
    with pytest.raises(ClerkError, match=sentence):
        to_report(data)


def test_an_older_catalogue_of_checks_is_no_contradiction():
    data = report_json(report())
    data["checks"]["catalogue"] += 1
    assert replace(to_report(data), checks=report().checks) == report()


def test_a_number_beyond_the_format_is_refused_on_the_way_out():
    too_long = report(cumulative=Decimal("1e50"))
    with pytest.raises(ClerkError, match=r"entries\[0\]\.cumulative"):
        report_json(too_long)


def test_dates_are_iso():
    assert receipt_json(receipt())["received_at"] == "2023-04-04T09:30:00+08:00"
    assert receipt().due == date(2023, 4, 6)
