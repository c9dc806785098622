"""What a target or a deadline is in words, and that the words say the same when read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.plan import Deadline, DeadlineKind, Direction, Target, TargetKind
from desktop_app.plans import shipped_directory
from desktop_app.plans.deadline import read_deadline
from desktop_app.plans.target import read_targets
from desktop_app.plans.wording import deadline_words, target_words

DIRECTORY = shipped_directory()
A, M = Direction.AT_LEAST, Direction.AT_MOST
Q, C, R = TargetKind.QUANTITY, TargetKind.CEILING, TargetKind.RATIO


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target("x", Q, A, Decimal(300), "个村"), "300个村"),
        (Target("x", Q, A, Decimal("1.34"), "万户"), "1.34万户"),
        (Target("x", Q, A, Decimal(36), "万平方米", "110105"), "朝阳区36万平方米"),
        (Target("x", Q, A, Decimal(286), "天"), "不少于286天"),
        (Target("x", Q, A, Decimal(120)), "120"),
        (Target("x", R, A, Decimal(95), "%"), "不低于95%"),
        (Target("x", R, A, Decimal("1.3")), "不低于1.3"),
        (Target("x", C, M, Decimal(32), "微克/立方米"), "不超过32微克/立方米"),
        (Target("x", R, Direction.DECREASE, Decimal(5), "%"), "下降5%"),
        (Target("x", R, Direction.INCREASE, Decimal(2), "个百分点"), "提高2个百分点"),
        (Target("x", TargetKind.TREND, Direction.DECREASE), "持续下降"),
        (Target("x", TargetKind.TREND, Direction.DECREASE, Decimal(3), "微克/立方米"), "下降3微克/立方米"),
        (Target("x", TargetKind.TREND, Direction.STABLE), "保持稳定"),
        (Target("x", TargetKind.QUALITATIVE, Direction.NONE, raw="动态清零"), "动态清零"),
    ],
)
def test_a_target_in_words(target, words):
    assert target_words(target, DIRECTORY) == words


values = st.decimals(0, 10**7, places=2, allow_nan=False).map(lambda value: value.normalize() + 0) | st.integers(
    0, 10**7
).map(Decimal)
COUNTED = """家|户|个|个村|万户|蒸吨|公里|万平方米|万吨标准煤|立方米/日|天|个断面|家次|台|辆|万辆|公顷|亿千瓦时"""
things = st.sampled_from(COUNTED.split("|"))
amounts = st.builds(Target, st.just("x"), st.just(Q), st.just(A), values, things)
shares = st.builds(Target, st.just("x"), st.just(R), st.just(A), values, st.sampled_from(["%", "‰", ""]))
bounds = st.builds(
    Target, st.just("x"), st.just(C), st.just(M), values, things | st.sampled_from(["%", "微克/立方米", ""])
)
changes = st.builds(
    Target,
    st.just("x"),
    st.just(R),
    st.sampled_from([Direction.INCREASE, Direction.DECREASE]),
    values,
    st.sampled_from(["%", "个百分点"]),
)
scopes = st.none() | st.sampled_from([unit.code for unit in DIRECTORY.units if unit.sort_order <= 150])


@given(amounts | shares | bounds | changes, scopes)
def test_the_words_of_a_figure_are_read_back(target, scope):
    given_target = replace(target, scope=scope)
    (found,) = read_targets(target_words(given_target, DIRECTORY), DIRECTORY)
    assert (found.kind, found.direction, found.value, found.unit, found.scope) == (
        given_target.kind,
        given_target.direction,
        given_target.value,
        given_target.unit,
        given_target.scope,
    )


@pytest.mark.parametrize("way", [Direction.INCREASE, Direction.DECREASE, Direction.IMPROVE, Direction.STABLE])
def test_the_words_of_a_trend_are_read_back(way):
    target = Target("x", TargetKind.TREND, way)
    (found,) = read_targets(target_words(target), DIRECTORY)
    assert (found.kind, found.direction) == (target.kind, way)


days = st.dates(date(2013, 1, 1), date(2026, 12, 31))


DUE = """年底前|6月底前|第三季度|上半年|下半年|9月15日前|汛前|长期实施|6月底前启动，年底前完成"""


@given(days, st.sampled_from(DUE.split("|")))
def test_the_words_of_a_deadline_are_read_back(day, phrase):
    deadline = read_deadline(phrase, day.year)[0]
    again = read_deadline(deadline_words(deadline), day.year)[0]
    assert (again.kind, again.day) == (deadline.kind, deadline.day)


@given(days, st.sampled_from([DeadlineKind.STAGED, DeadlineKind.DATE]))
def test_a_decision_against_the_tables_words_is_what_the_words_say(day, kind):
    again = read_deadline(deadline_words(Deadline("按国家统一部署", kind, day, confirmed=True)), day.year)[0]
    assert (again.kind, again.day) == (kind, day)


@pytest.mark.parametrize("kind", [DeadlineKind.ONGOING, DeadlineKind.EVENT, DeadlineKind.STAGED])
def test_a_decision_without_a_day(kind):
    again = read_deadline(deadline_words(Deadline("待定", kind, confirmed=True)), 2023)[0]
    assert again.day is None
    assert again.kind in (kind, DeadlineKind.ONGOING)


def test_the_tables_own_words_stay_where_only_they_say_it():
    for staged in ("6月底前启动，年底前完成", "年底前完成，次年6月底前验收"):
        assert deadline_words(read_deadline(staged, 2023)[0]) == staged
    assert deadline_words(Deadline("汛前", DeadlineKind.EVENT)) == "汛前"
    assert deadline_words(Deadline("待下达", DeadlineKind.UNKNOWN)) == "待下达"
