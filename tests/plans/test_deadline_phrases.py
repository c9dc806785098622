"""Deadline phrases of a plan for 2023."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.plans.deadline import read_deadline

PHRASES = {
    "年底前": ("year_end", "2023-12-31"),
    "2023年底前": ("year_end", "2023-12-31"),
    "2025年底前": ("year_end", "2025-12-31"),
    "年内": ("year_end", "2023-12-31"),
    "本年度": ("year_end", "2023-12-31"),
    "2023年": ("year_end", "2023-12-31"),
    "2023-2025年": ("year_end", "2025-12-31"),
    "上半年": ("half_year_end", "2023-06-30"),
    "下半年": ("half_year_end", "2023-12-31"),
    "第三季度": ("quarter_end", "2023-09-30"),
    "2023年二季度末前": ("quarter_end", "2023-06-30"),
    "1季度": ("quarter_end", "2023-03-31"),
    "6月底前": ("month_end", "2023-06-30"),
    "2月底前": ("month_end", "2023-02-28"),
    "12月底前": ("month_end", "2023-12-31"),
    "十一月底前": ("month_end", "2023-11-30"),
    "２０２３年６月底前": ("month_end", "2023-06-30"),
    "2024年3月底前": ("month_end", "2024-03-31"),
    "次年3月底前": ("month_end", "2024-03-31"),
    "4-10月": ("month_end", "2023-10-31"),
    "4月至10月": ("month_end", "2023-10-31"),
    "6月下旬": ("month_end", "2023-06-30"),
    "2023年11月15日前": ("date", "2023-11-15"),
    "11月15日前": ("date", "2023-11-15"),
    "2023年 11月\n15日前": ("date", "2023-11-15"),
    "二〇二三年十一月十五日前": ("date", "2023-11-15"),
    "2023-11-15": ("date", "2023-11-15"),
    "2023.6.30": ("date", "2023-06-30"),
    "12月31日前": ("date", "2023-12-31"),
    "6月中旬": ("date", "2023-06-20"),
    "11月15日至次年3月15日": ("date", "2024-03-15"),
    "汛前（6月1日前）": ("date", "2023-06-01"),
    "汛前": ("event", "None"),
    "主汛期前": ("event", "None"),
    "采暖季前": ("event", "None"),
    "冬季供暖前": ("event", "None"),
    "国庆节前": ("event", "None"),
    "长期实施": ("ongoing", "None"),
    "持续推进 ": ("ongoing", "None"),
    "全年": ("ongoing", "None"),
    "每季度": ("ongoing", "None"),
    "6月底前启动，年底前完成": ("staged", "2023-12-31"),
    "6月底前完成50%，11月底前全部完成": ("staged", "2023-11-30"),
    "年底前完成并长期坚持": ("staged", "2023-12-31"),
    "汛前完成排查，年底前完成整治": ("staged", "2023-12-31"),
}
UNCLEAR = ["按国家统一部署", "2月30日前", "2月29日前", "13月底前", "0月底前", "待定", "尽快", "", "第五季度"]


@pytest.mark.parametrize("phrase", PHRASES)
def test_meaning(phrase):
    deadline, doubt = read_deadline(phrase, 2023)
    assert (deadline.kind.value, str(deadline.day)) == PHRASES[phrase]
    assert doubt is None
    assert not deadline.confirmed


@pytest.mark.parametrize("phrase", UNCLEAR)
def test_what_cannot_be_told_is_a_doubt_and_never_a_crash(phrase):
    deadline, doubt = read_deadline(phrase, 2023)
    assert (deadline.kind.value, deadline.day) == ("unknown", None)
    assert doubt


def test_a_leap_day_exists_in_a_leap_year():
    assert read_deadline("2月29日前", 2024)[0].day == date(2024, 2, 29)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_every_day_is_read_back(day):
    full = f"{day.year}年{day.month}月{day.day}日前"
    assert read_deadline(full, 2023)[0].day == day
    assert read_deadline(f"{day.month}月{day.day}日前", day.year)[0].day == day


@given(st.text(max_size=40), st.integers(2000, 2100))
def test_no_text_breaks_it(text, year):
    deadline, doubt = read_deadline(text, year)
    assert deadline.raw == text
    assert deadline.kind.value != "unknown" or doubt


@given(st.text(alphabet="12年月日底前季度第三上下半至-、，（）汛长期每次", max_size=20))
def test_no_near_phrase_breaks_it(text):
    deadline, doubt = read_deadline(text, 2023)
    assert deadline.raw == text
    assert deadline.kind.value != "unknown" or doubt
    assert deadline.day is None or deadline.kind.value not in ("unknown", "ongoing", "event")
