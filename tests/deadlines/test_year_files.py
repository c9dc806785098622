"""A year file from outside: taken as it is written, or refused in a sentence that names what is wrong."""

import copy
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from desktop_app import assets
from desktop_app.deadlines import load
from desktop_app.deadlines.calendars import from_data, same
from desktop_app.deadlines.year_file import LARGEST, doubts, read_year, year_data
from desktop_app.errors import ClerkError

SCHEMA = Draft202012Validator(json.loads(assets.read_text("schemas", "calendar-1.schema.json")))


def year_2027() -> dict:
    """A plausible 2027, made up: the days of the law with the weekends around them."""
    spans = ((1, 1, 3), (2, 5, 8), (4, 3, 3), (5, 1, 5), (6, 9, 1), (9, 15, 3), (10, 1, 7))
    days = [date(2027, month, day) + timedelta(step) for month, day, length in spans for step in range(length)]
    return {
        "year": 2027,
        "notice": "国办发明电〔2026〕9号",
        "title": "国务院办公厅关于2027年部分节假日安排的通知",
        "holidays": [day.isoformat() for day in days],
        "makeup_workdays": ["2027-02-20", "2027-10-09"],
    }


def read(data: object) -> object:
    return read_year(json.dumps(data).encode(), "2027.json")


@pytest.mark.parametrize("year", sorted(load()))
def test_the_shipped_years_are_years_as_they_are_asked_for(year):
    body = assets.read_bytes("calendars", f"{year}.json")
    assert read_year(body, "x") == load()[year]
    SCHEMA.validate(json.loads(body))
    assert doubts(load()[year]) == ()


def test_a_year_comes_back_as_it_was():
    found = read(year_2027())
    assert (found.year, found.notice, len(found.holidays), len(found.makeup)) == (2027, "国办发明电〔2026〕9号", 30, 2)
    assert read(year_data(found)) == found
    assert from_data(year_data(found)) == found


def test_small_liberties_are_taken():
    data = year_2027() | {"comment": "抄自公开文本"}
    del data["title"]
    marked = b"\xef\xbb\xbf" + json.dumps(data, ensure_ascii=False).encode()
    assert read_year(marked, "2027.json") == read(year_2027())


def _put(**values):
    return lambda data: data.update(values)


def _drop(name):
    return lambda data: data.pop(name)


def _add(name, *days):
    return lambda data: data[name].extend(days)


def _only(count):
    return lambda data: data.update(holidays=data["holidays"][:count])


BAD = [
    (_drop("year"), "年份（year）不对：没有写"),
    (_put(year="2027"), "年份（year）不对：2027"),
    (_put(year=True), "年份（year）不对：true"),
    (_put(year=20277), "年份（year）不对：20277"),
    (_put(year=[2027]), "年份（year）不对：…"),
    (_put(year=2026), "放假日里的 2027-01-01 不在2026年"),
    (_drop("notice"), "没有写通知文号"),
    (_put(notice="  "), "没有写通知文号"),
    (_put(notice=9), "通知文号（notice）不是一行普通文字"),
    (_put(notice="国办\u202e发"), "通知文号（notice）不是一行普通文字"),
    (_put(notice="\ud800"), "通知文号（notice）不是一行普通文字"),
    (_put(notice="号" * 101), "通知文号（notice）不是一行普通文字"),
    (_put(title="一\n二"), "通知标题（title）不是一行普通文字"),
    (_put(title=None), "通知标题（title）不是一行普通文字"),
    (_drop("holidays"), "缺少放假日的列表（holidays）"),
    (_put(holidays="2027-01-01"), "缺少放假日的列表（holidays）"),
    (_drop("makeup_workdays"), "缺少调休上班日的列表（makeup_workdays）"),
    (_put(makeup_workdays={}), "缺少调休上班日的列表（makeup_workdays）"),
    (_add("holidays", "2028-01-01"), "放假日里的 2028-01-01 不在2027年"),
    (_add("makeup_workdays", "2026-12-26"), "调休上班日里的 2026-12-26 不在2027年"),
    (_add("holidays", "2027-02-30"), "放假日里的「2027-02-30」不是日期"),
    (_add("holidays", "20270601"), "放假日里的「20270601」不是日期"),
    (_add("holidays", "2027-6-1"), "放假日里的「2027-6-1」不是日期"),
    (_add("holidays", "２０２７-06-01"), "放假日里的「２０２７-06-01」不是日期"),
    (_add("holidays", 20270601), "放假日里的「20270601」不是日期"),
    (_add("holidays", None), "放假日里的「null」不是日期"),
    (_add("holidays", "\u202e" * 99), "放假日里的「" + "?" * 30),
    (_add("holidays", "2027-01-01"), "放假日里 2027-01-01 写了两次"),
    (_add("makeup_workdays", "2027-10-02"), "2027-10-02 既写在放假日里，又写在调休上班日里"),
    (_add("makeup_workdays", "2027-06-07"), "2027-06-07 本来就是周一至周五"),
    (_add("makeup_workdays", "2027-06-11"), "2027-06-11 本来就是周一至周五"),
    (_add("holidays", *((date(2027, 7, 1) + timedelta(day)).isoformat() for day in range(31))), "有 61 天，不合常理"),
    (
        _put(makeup_workdays=[(date(2027, 5, 8) + timedelta(7 * n)).isoformat() for n in range(21)]),
        "有 21 天，不合常理",
    ),
]


@pytest.mark.parametrize(("spoil", "said"), BAD)
def test_what_is_wrong_is_said(spoil, said):
    data = copy.deepcopy(year_2027())
    spoil(data)
    with pytest.raises(ClerkError) as refusal:
        read(data)
    assert said in refusal.value.title
    assert refusal.value.advice


def _twice(name: str) -> bytes:
    return json.dumps(year_2027())[:-1].encode() + f', "{name}": 1}}'.encode()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "不是有效的 JSON 文件（第 1 行附近）"),
        (b'{"year": 2027,\n "notice"', "不是有效的 JSON 文件（第 2 行附近）"),
        (b"PK\x03\x04", "不是有效的 JSON 文件"),
        ('{"year": 2027, "notice": "国办"}'.encode("gb18030"), "不是 UTF-8 编码的文本"),
        (b"[]", "里不是一年的日历"),
        (b"2027", "里不是一年的日历"),
        (b'{"year": 2027.0}', "有不该有的数「2027.0」"),
        (b'{"year": NaN}', "有不该有的数「NaN」"),
        (b'{"year": ' + b"9" * 5000 + b"}", "不是有效的 JSON 文件"),
        (_twice("year"), "「year」写了两次"),
        (b'{"a": {"b": 1, "b": 2}}', "「b」写了两次"),
        (b'{"a": ' + b"[" * 2000 + b"]" * 2000 + b"}", "层次深得不正常"),
        (b'{"a": ' * 2000 + b"1" + b"}" * 2000, "层次深得不正常"),
        (b" " * (LARGEST + 1), "有 256 KB，不像一年的日历"),
    ],
)
def test_what_is_no_year_file_is_said(body, said):
    with pytest.raises(ClerkError) as refusal:
        read_year(body, "文件.json")
    assert said in refusal.value.title


def test_a_slip_in_number_or_title_is_doubted_and_not_refused():
    data = year_2027() | {"notice": "国办发明电〔2025〕7号", "title": "国务院办公厅关于2026年部分节假日安排的通知"}
    found = doubts(read(data))
    assert ["〔2025〕7号" in found[0], "2026年" in found[1]] == [True, True]
    assert doubts(read(year_2027() | {"notice": "国办发明电〔2027〕1号"})) == ()


def test_a_short_list_of_holidays_is_doubted_and_not_refused():
    few = read(year_2027() | {"holidays": ["2027-02-06", "2027-10-01"], "makeup_workdays": []})
    assert [said for said in doubts(few) if "只有 2 天" in said]
    assert [said for said in doubts(few) if "2027-01-01、2027-05-01，" in said]


def test_how_a_title_is_spelled_makes_no_difference():
    first, second = read(year_2027()), read(year_2027() | {"title": "关于2027年放假安排的通知"})
    assert first != second
    assert same(first, second)
    assert not same(first, read(year_2027() | {"notice": "国办发明电〔2026〕10号"}))


@given(st.sampled_from([spoil for spoil, _said in BAD]), st.sampled_from([spoil for spoil, _said in BAD]))
def test_what_the_reader_takes_the_schema_takes(first, second):
    data = copy.deepcopy(year_2027())
    for spoil in (first, second):
        try:
            spoil(data)
        except (KeyError, AttributeError, TypeError):
            return
    if not SCHEMA.is_valid(data):
        with pytest.raises(ClerkError):
            read(data)
