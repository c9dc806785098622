"""Two plans held against each other: a measure is known by its words, not by its number."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.plan import Comparison
from desktop_app.plans import compare, same_measures

ROWS = (
    (1, "治理", "检查加油站120家", "年底前", "市水务局", "市教委", ""),
    (2, "治理", "新增污水处理能力5万立方米/日", "6月底前", "市水务局", "朝阳区政府", ""),
    (3, "绿化", "完成造林绿化1万亩", "年底前", "市园林绿化局", "各区政府", "市教委"),
)


def rows_with(number, **changes):
    names = ("number", "topic", "measure", "deadline", "lead", "owners", "supporters")
    return tuple(
        tuple(changes.get(name, value) for name, value in zip(names, row, strict=True)) if row[0] == number else row
        for row in ROWS
    )


@pytest.mark.parametrize(
    ("changes", "field", "old", "new"),
    [
        ({"deadline": "10月底前"}, ["deadline"], "6月底前", "10月底前"),
        ({"owners": "通州区政府"}, ["owners"], "朝阳区政府", "通州区政府"),
        ({"lead": "市生态环境局"}, ["lead"], "市水务局", "市生态环境局"),
        ({"supporters": "市教委"}, ["supporters"], "", "市教委"),
        ({"topic": "★治理"}, ["key"], "否", "是"),
        ({"topic": "能力建设"}, ["title"], "治理", "能力建设"),
        (
            {"measure": "新增污水处理能力8万立方米/日"},
            ["measure", "targets"],
            "新增污水处理能力5万立方米/日",
            "新增污水处理能力8万立方米/日",
        ),
        ({"measure": "新建管网，新增污水处理能力5万立方米/日"}, ["measure"], None, None),
    ],
)
def test_a_field_that_changed_is_named_with_both_readings(read, changes, field, old, new):
    found = compare(read(*ROWS).plan, read(*rows_with(2, **changes)).plan)
    assert (found.added, found.dropped) == ((), ())
    assert [change.field for change in found.changed] == field
    assert {(change.id, change.was) for change in found.changed} == {("1-2", "1-2")}
    if old is not None:
        assert (found.changed[0].old, found.changed[0].new) == (old, new)


@pytest.mark.parametrize(
    "changes",
    [
        {"deadline": " 6月底前 "},
        {"owners": "朝阳区 政府"},
        {"measure": "新增污水处理能力5万立方米／日。"},
        {"topic": "治 理"},
    ],
)
def test_blanks_and_punctuation_are_no_change(read, changes):
    assert compare(read(*ROWS).plan, read(*rows_with(2, **changes)).plan).empty


def test_a_measure_in_between_is_added_and_the_others_only_move(read):
    new = (
        ROWS[0],
        (2, "新", "清掏雨水管涵300公里", "汛前", "市水务局", "朝阳区政府", ""),
        (3, *ROWS[1][1:]),
        (4, *ROWS[2][1:]),
    )
    found = compare(read(*ROWS).plan, read(*new).plan)
    assert (found.added, found.dropped) == (("1-2",), ())
    assert [(change.was, change.id, change.field) for change in found.changed] == [
        ("1-2", "1-3", "number"),
        ("1-3", "1-4", "number"),
    ]


def test_another_measure_under_the_number_is_dropped_and_added(read):
    found = compare(read(*ROWS).plan, read(*rows_with(2, topic="监测", measure="建成空气质量监测站点20个")).plan)
    assert (found.added, found.dropped, found.changed) == (("1-2",), ("1-2",), ())


def test_two_that_changed_places(read):
    new = (ROWS[0], (2, *ROWS[2][1:]), (3, *ROWS[1][1:]))
    found = compare(read(*ROWS).plan, read(*new).plan)
    assert (found.added, found.dropped) == ((), ())
    assert {(change.was, change.id) for change in found.changed} == {("1-2", "1-3"), ("1-3", "1-2")}


def test_the_same_words_twice_are_paired_by_number(read):
    twice = (ROWS[0], (2, *ROWS[0][1:]), (3, *ROWS[0][1:]))
    tasks = read(*twice).plan.tasks
    assert same_measures(tasks, tasks) == [("1-1", "1-1"), ("1-2", "1-2"), ("1-3", "1-3")]
    assert same_measures(tasks, tasks[1:]) == [("1-2", "1-2"), ("1-3", "1-3")]
    assert same_measures(tasks[1:], tasks) == [("1-2", "1-2"), ("1-3", "1-3")]


def test_a_district_figure_that_changed(plan):
    row = next(row for row in plan.indicators if row.target_for("110105"))
    before = row.target_for("110105")
    now = replace(row, targets=tuple(replace(t, value=t.value and t.value + 1, raw=f"{t.raw}!") for t in row.targets))
    new = replace(plan, indicators=tuple(now if each.id == row.id else each for each in plan.indicators))
    found = compare(plan, new)
    assert (found.added, found.changed) == ((), ())
    change = next(change for change in found.changed_indicators if change.field == "target.110105")
    assert (change.id, change.old, change.new) == (row.id, before.raw, f"{before.raw}!")


def test_an_indicator_more_and_one_less(plan):
    fewer = replace(plan, indicators=plan.indicators[1:])
    assert compare(plan, fewer).dropped_indicators == (plan.indicators[0].id,)
    assert compare(fewer, plan).added_indicators == (plan.indicators[0].id,)


def test_the_sample_against_itself_differs_in_nothing(plan):
    assert compare(plan, plan) == Comparison(same=tuple((task.id, task.id) for task in plan.tasks))


@given(st.data())
def test_renumbered_reordered_and_thinned_measures_are_still_known(plan, data):
    kept = data.draw(st.lists(st.sampled_from(plan.tasks), min_size=1, unique=True))
    new = replace(
        plan,
        tasks=tuple(
            replace(task, id=f"{task.annex}-{100 + place}", number=str(100 + place)) for place, task in enumerate(kept)
        ),
    )
    found = compare(plan, new)
    assert dict(found.same) == {task.id: new.tasks[place].id for place, task in enumerate(kept)}
    assert found.added == ()
    assert set(found.dropped) == {task.id for task in plan.tasks} - {task.id for task in kept}


@given(st.data())
def test_a_comparison_turned_round_says_the_reverse(plan, data):
    some = data.draw(st.lists(st.sampled_from(plan.tasks), unique=True))
    part = replace(plan, tasks=tuple(some))
    there, back = compare(plan, part), compare(part, plan)
    assert (there.added, set(there.dropped)) == (back.dropped, set(back.added))


def test_two_long_tables_without_a_word_in_common_are_compared_quickly(plan):
    def many(word):
        return tuple(
            replace(plan.tasks[0], id=f"1-{n}", number=str(n), measure=f"{word}{n}" * 20, title="") for n in range(3000)
        )

    start = time.process_time()
    found = compare(replace(plan, tasks=many("甲乙丙丁")), replace(plan, tasks=many("戊己庚辛")))
    assert len(found.added) == len(found.dropped) == 3000
    assert time.process_time() - start < 60  # a guard against the square of it, not a measurement
