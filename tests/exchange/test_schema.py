"""The published formats are strict, and a misfit is named in one sentence."""

import json

import pytest
from jsonschema import Draft202012Validator

from desktop_app import assets
from desktop_app.errors import ClerkError
from desktop_app.exchange import receipt_json, report_json, validate
from tests.exchange.planted import receipt, report

ENVELOPES = ["report-1", "receipt-1", "return-1", "plan-1", "calendar-pack-1"]


@pytest.mark.parametrize("name", [f"{stem}.schema.json" for stem in ENVELOPES])
def test_the_schemas_are_schemas_and_leave_nothing_open(name):
    schema = json.loads(assets.read_text("schemas", name))
    Draft202012Validator.check_schema(schema)
    for part in _parts(schema):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            later = part.get("$comment", "").removeprefix("Since 0.2, optional: ").split()
            assert sorted([*part["required"], *later]) == sorted(part["properties"])
        if part.get("type") == "array":
            assert part["maxItems"] > 0
        if part.get("type") == "string":
            assert part["maxLength"] > 0


def _parts(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _parts(part)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.pop("period"), "report.json 的「全文」缺少必需的内容 period。"),
        (lambda d: d.update(extra=1), "report.json 的「全文」有不认识的内容 extra。"),
        (lambda d: d["entries"][0].pop("percent"), "report.json 的「entries[0]」缺少必需的内容 percent。"),
        (lambda d: d["entries"][0].update(percent=4.5), "report.json 的「entries[0].percent」类型不对。"),
        (lambda d: d["entries"][0].update(percent="4.50"), "report.json 的「entries[0].percent」写法不对。"),
        (lambda d: d["entries"][0].update(percent="1e3"), "report.json 的「entries[0].percent」写法不对。"),
        (lambda d: d["entries"][0].update(percent="-0"), "report.json 的「entries[0].percent」写法不对。"),
        (lambda d: d["entries"][0].update(percent="NaN"), "report.json 的「entries[0].percent」写法不对。"),
        (lambda d: d["entries"][0].update(percent="9" * 41), "report.json 的「entries[0].percent」太长。"),
        (lambda d: d["entries"][0].update(status="fine"), "report.json 的「entries[0].status」不是允许的值。"),
        (lambda d: d["entries"][0].update(narrative="好" * 20001), "report.json 的「entries[0].narrative」太长。"),
        (lambda d: d.update(as_of="2023-3-31"), "report.json 的「as_of」写法不对。"),
        (lambda d: d.update(period="2023-13"), "report.json 的「period」写法不对。"),
        (lambda d: d.update(revision=0), "report.json 的「revision」太小。"),
        (lambda d: d.update(revision=True), "report.json 的「revision」类型不对。"),
        (lambda d: d["plan"].update(sha256="A" * 64), "report.json 的「plan.sha256」写法不对。"),
        (lambda d: d["program"].update(name="other"), "report.json 的「program.name」不是允许的值。"),
    ],
)
def test_a_misfit_is_named_with_its_place(change, said):
    data = report_json(report())
    change(data)
    with pytest.raises(ClerkError) as refusal:
        validate(data)
    assert refusal.value.title == said


def test_a_newer_version_says_so():
    with pytest.raises(ClerkError, match="由更新版本的程序生成（格式第 2 版）"):
        validate({**report_json(report()), "version": 2, "unheard_of": 1})


@pytest.mark.parametrize("data", [None, [], "x", {}, {"format": "other"}, {"format": ["yuebao.report"]}])
def test_other_data_is_neither_report_nor_receipt(data):
    with pytest.raises(ClerkError, match="不是本程序认识的任何一种"):
        validate(data)


@pytest.mark.parametrize("version", [True, "1", 0, None, 1.0])
def test_a_version_is_a_whole_number(version):
    with pytest.raises(ClerkError, match="没有写明格式版本"):
        validate({"format": "yuebao.report", "version": version})


def test_a_receipt_with_a_time_without_offset_is_refused():
    with pytest.raises(ClerkError, match="received_at"):
        validate({**receipt_json(receipt()), "received_at": "2023-04-04T09:30:00"})


def test_the_same_misfit_gives_the_same_sentence_in_any_order_of_keys():
    data = {**report_json(report()), "revision": 0, "as_of": "x"}
    said = []
    for one in (data, dict(reversed(data.items()))):
        with pytest.raises(ClerkError) as refusal:
            validate(one)
        said.append(refusal.value.title)
    assert said[0] == said[1]
