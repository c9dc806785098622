"""Laws of the runner: one complete list, in one order, the same row by row."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.checks import CATALOGUE, check, check_task
from desktop_app.model.entry import Entry, Evidence, Status
from desktop_app.model.finding import REPORT
from desktop_app.model.report import People
from tests.checks.conftest import WORDS, Month, amount, ratio, task

NUMBERS = st.none() | st.sampled_from([Decimal(text) for text in ("0", "4", "10", "-1", "101", "2000", "NaN", "1E+40")])
TEXT = st.sampled_from(["", " ", "无", "待填", WORDS, "完成3处。", "XX街道", "字\u200b", "𠮷", "13812345678", "绝密"])
TARGETS = st.sampled_from([(), (amount(),), (amount(scope=None),), (ratio(), amount(scope=None)), (amount(None),)])
DAYS = st.sampled_from([None, date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30), date(2023, 12, 31)])
IDS = ("3-1", "3-2", "3-3", "3-10")


def entries(task_id):
    return st.builds(
        Entry,
        st.just(task_id),
        st.none() | st.sampled_from(Status),
        NUMBERS,
        NUMBERS,
        NUMBERS,
        NUMBERS,
        TEXT,
        TEXT,
        TEXT,
        TEXT,
        st.booleans(),
        TEXT,
    )


@st.composite
def contexts(draw):
    """A month of four tasks, some required, some optional, in any state."""
    tasks = tuple(task(name, draw(DAYS), *draw(TARGETS), key=draw(st.booleans())) for name in IDS)
    split = draw(st.integers(0, 4))
    month = Month(today=draw(st.sampled_from([date(2023, 3, 1), date(2023, 4, 3), date(2023, 5, 1)])))
    base = month.replace(missing_glyphs="𠮷", people=draw(st.sampled_from([People(), month.people])))
    context = base.context
    return replace(
        context,
        plan=replace(context.plan, tasks=tasks),
        tasks=tasks[split:],
        optional=tasks[:split],
        entries={name: draw(entries(name)) for name in draw(st.sets(st.sampled_from(IDS)))},
        previous={name: draw(entries(name)) for name in draw(st.sets(st.sampled_from(IDS)))},
        evidence={"3-1": (Evidence("3-1", "a.pdf", "application/pdf", 1, "0" * 64),)},
    )


@given(contexts())
@settings(max_examples=300, deadline=None)
def test_row_by_row_is_exactly_the_whole(context):
    whole = check(context).findings
    parts = [finding for name in (*IDS, REPORT) for finding in check_task(context, name).findings]
    assert list(whole) == parts


@given(contexts())
@settings(max_examples=200, deadline=None)
def test_a_rule_speaks_once_of_a_task_so_that_it_can_be_explained(context):
    findings = check(context).findings
    assert len({(finding.task, finding.code) for finding in findings}) == len(findings)


@given(contexts())
@settings(max_examples=200, deadline=None)
def test_order_is_the_plans_and_then_the_codes(context):
    findings = check(context).findings
    place = {name: number for number, name in enumerate((*IDS, REPORT))}
    order = [rule.code for rule in CATALOGUE]
    keys = [(place[finding.task], order.index(finding.code)) for finding in findings]
    assert keys == sorted(keys)


@given(contexts())
@settings(max_examples=100, deadline=None)
def test_what_is_said_can_be_printed(context):
    for finding in check(context).findings:
        said = finding.message + finding.remedy + "".join(text for _name, text in finding.values)
        assert not {"\u200b", "𠮷"} & set(said)
        assert len(said) < 600


def test_rules_are_asked_in_the_order_of_their_codes():
    families = [rule.code[1:] for rule in CATALOGUE]
    assert families == sorted(families)


def test_an_unknown_task_has_no_findings(month):
    assert check_task(month.context, "9-9").findings == ()


def test_entries_of_tasks_that_are_not_asked_for_are_left_alone(month):
    stray = replace(month.context, entries={**month.context.entries, "9-9": Entry("9-9", nil=True)})
    assert check(stray).findings == ()


def test_a_task_in_both_lists_is_required(month):
    both = replace(month.replace(entry=None).context, optional=(month.the_task,))
    assert [finding.code for finding in check(both).findings] == ["C101"]


def test_a_task_outside_the_plan_comes_last(month):
    context = month.replace(entry=None).context
    stray = replace(context, tasks=(task("1-1", None), *context.tasks))
    assert [finding.task for finding in check(stray).findings] == ["3-9", "1-1"]
